"""Write docs/reference/configuration.md from the variables that the code reads; `check` only compares."""

import sys
from pathlib import Path

from breathingroom.config.environment import VARIABLES, Variable

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "configuration.md"
HEAD = """# Configuration

Every setting is an environment variable, and every one has a default that works on one's own machine.
All are read when a command starts; `breathingroom check` names each one that is wrong, and why.

This page is written by `python tools/configuration.py` from `src/breathingroom/config/environment.py`.

| variable | default | what it is for |
| --- | --- | --- |
"""
FOOT = """
Values marked *secret* are never printed. Keep them out of shells' histories: in an environment file that only
the service's user can read, as in [running it for real](../how-to/run-it-for-real.md).
"""


def page() -> str:
    """The whole page as it should be."""
    return HEAD + "".join(_row(variable) for variable in VARIABLES) + FOOT


def _row(variable: Variable) -> str:
    default = f"`{variable.default}`" if variable.default else "(empty)"
    secret = " *Secret.*" if variable.secret else ""
    return f"| `{variable.name}` | {default} | {variable.help}{secret} |\n"


def main() -> int:
    """Returns 1 when the page is out of step."""
    if sys.argv[1:] != ["check"]:
        PAGE.write_text(page())
        return 0
    if PAGE.read_text() == page():
        return 0
    print(f"{PAGE.name} is out of step. Say: python tools/configuration.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
