"""The command line: `breathingroom COMMAND`. Each command is a module of `config/commands/`.

A command module has HELP (one line), `arguments(parser)` and `run(options) -> int`, the exit status.
At its top it imports the standard library alone: Django is loaded by `house.enter()`, when it is needed.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from breathingroom.config.house import Refusal

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "work": "work",
    "migrate": "migrate",
    "check": "check",
    "import": "facts",
    "backup": "backup",
    "restore": "restore",
}
ABOUT = "Breathing Room: a place where mental-health professionals look after themselves."
MORE = "Settings come from the environment; `breathingroom check` names each one that is wrong."


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 found wanting, 2 refused, 130 interrupted."""
    os.umask(0o077)  # what a house keeps is for its own user alone
    options = _parser().parse_args(words)
    try:
        return int(_module(options.command).run(options))
    except Refusal as refusal:
        print(f"breathingroom {options.command}: {refusal}", file=sys.stderr)
        return 2
    except Exception as error:
        if not _is_about_the_database(error):
            raise
        print(f"breathingroom {options.command}: the database refuses: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("breathingroom", description=ABOUT, epilog=MORE)
    chosen = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        command = _module(name)
        command.arguments(chosen.add_parser(name, help=command.HELP, description=command.HELP))
    return parser


def _is_about_the_database(error: Exception) -> bool:
    """Whether it cannot be reached or is locked; without loading Django, for commands that did not."""
    loaded = sys.modules.get("django.db.utils")
    return loaded is not None and isinstance(error, loaded.OperationalError)


def _module(command: str) -> ModuleType:
    return importlib.import_module(f"breathingroom.config.commands.{COMMANDS[command]}")


if __name__ == "__main__":
    sys.exit(main())
