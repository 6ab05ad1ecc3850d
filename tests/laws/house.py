"""The house seen from outside: its rooms, models, constraints, addresses, templates and source files."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

PACKAGE = Path(settings.PACKAGE)
ROOT = PACKAGE.parent.parent
ROOMS: tuple[str, ...] = tuple(settings.ROOMS)


@dataclass(frozen=True)
class Route:
    """One address: its name with namespaces, its pattern, and the parameters it takes."""

    name: str
    pattern: str
    view: Callable[..., Any]
    takes: tuple[str, ...]


def routes() -> list[Route]:
    """Every address that the resolver knows, namespaces included."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            deeper = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, pattern, deeper)
        else:
            yield _route(entry, pattern, spaces)


def _route(entry: URLPattern, pattern: str, spaces: tuple[str, ...]) -> Route:
    name = ":".join((*spaces, entry.name or f"({pattern})"))
    takes = re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", pattern)
    return Route(name, pattern, entry.callback, tuple(a or b for a, b in takes))


def room_of(model: type[models.Model]) -> str | None:
    """The room a model lives in; None for a model of a library."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "breathingroom" else None


def all_models() -> list[type[models.Model]]:
    """Every model that has a table, tables between two others included."""
    found = apps.get_models(include_auto_created=True)
    return sorted((m for m in found if m._meta.managed and not m._meta.proxy), key=lambda m: m._meta.label)


def own_models() -> list[type[models.Model]]:
    return [model for model in all_models() if room_of(model)]


def source_files(*suffixes: str, tests: bool = False) -> list[Path]:
    """Files of the package with these suffixes; migrations never, tests only when asked for."""
    skipped = {"migrations", "__pycache__"} | (set() if tests else {"tests"})
    found = (path for path in PACKAGE.rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not skipped & set(path.relative_to(PACKAGE).parts))


def test_files() -> list[Path]:
    """Every Python file that holds tests: beside the code and under `tests/`."""
    beside = (path for path in PACKAGE.rglob("tests/*.py") if path.name != "__init__.py")
    return sorted([*beside, *(ROOT / "tests").rglob("*.py")])


def templates() -> list[Path]:
    """Every template of ours: pages, fragments and mails."""
    return sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file())


def named(path: Path) -> str:
    """A file as its path from the root of the repository."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
