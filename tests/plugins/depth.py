"""How deep a run goes: every promise is tested in every run, with more examples where THOROUGH=1 says so."""

import os

THOROUGH = os.environ.get("THOROUGH", "") not in {"", "0"}


def examples(quick: int, thorough: int) -> int:
    """How many examples, forms or rounds to try in this run."""
    return thorough if THOROUGH else quick
