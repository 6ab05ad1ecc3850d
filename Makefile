# Needs python3 (3.11 or later), make, and a package index. `make help` lists what there is.
PYTHON ?= python3
RUN := .venv/bin/python -m

# Tools need settings, and settings make keys: never in the home of a house.
check messages: export BREATHINGROOM_HOME := $(CURDIR)/.venv/home

# A run starts many processes: what one has compiled serves the next.
test: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test check bench messages format
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s%s\n", $$1, $$2}' Makefile

demo: .venv/.synced ## a demo community on http://127.0.0.1:8000 (ARGS="--port 8001")
	@exec .venv/bin/breathingroom demo $(ARGS)

test: .venv/.synced ## the whole suite; DATABASE_URL chooses another database
	@exec $(RUN) pytest -n 2 -q $(ARGS)

check: .venv/.synced ## format, lint, types, import order, migrations, catalogue, docs
	@exec .venv/bin/python tools/check.py

bench: .venv/.synced ## the search beside other engines; ARGS="100000" for one size (docs/reference/benchmarks.md)
	@exec .venv/bin/python bench/compare.py $(ARGS)

format: .venv/.synced ## put the code into its form
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix --quiet .

messages: .venv/.synced ## renew the catalogues of translated words
	@exec .venv/bin/python tools/messages.py extract
	@exec .venv/bin/python tools/messages.py compile

.venv/.synced: pyproject.toml uv.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py
