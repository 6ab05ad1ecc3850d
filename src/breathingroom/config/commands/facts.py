"""Bring in facts: professions, jurisdictions, compacts, crisis lines."""

import argparse
from pathlib import Path

from breathingroom.config import house

HELP = "Bring in facts about licences and crisis lines; a second time changes nothing."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["facts"], help="what to bring in")
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where newer files are; without it, those packaged"
    )


def run(options: argparse.Namespace) -> int:
    if options.folder and not options.folder.is_dir():
        raise house.Refusal(f"there is no folder {options.folder}. Nothing was changed.")
    house.enter()
    from breathingroom.config import schema

    for room, tally in schema.load_facts(options.folder).items():
        print(f"{room}: {tally}")
    return 0
