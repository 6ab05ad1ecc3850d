"""A backup put back."""

import argparse
from pathlib import Path

from breathingroom.config import house

HELP = "Put a backup back into an empty house, or in the place of one."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="what `breathingroom backup` wrote")
    parser.add_argument("--identity", metavar="FILE", type=Path, help="file with the age secret key")
    parser.add_argument("--passphrase-file", metavar="FILE", type=Path, help="file with the words")
    parser.add_argument("--replace", action="store_true", help="lose all that is in this house now")


def run(options: argparse.Namespace) -> int:
    house.enter()
    from breathingroom.config.backup import put_back, sealing

    key = sealing.Key(options.identity, house.first_line(options.passphrase_file))
    said = put_back.restore(options.file, key, replace=options.replace)
    print(f"Restored {sum(said.rows.values())} rows and {len(said.files)} files of {said.made_at}.")
    return 0
