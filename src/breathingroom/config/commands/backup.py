"""A whole house in one file."""

import argparse
from pathlib import Path

from breathingroom.config import house

HELP = "Write database, media and keys into one file, sealed, while the house is in use."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="FILE", type=Path, required=True, help="the file to write; it must be new"
    )
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--recipient", metavar="age1…", default="", help="seal to this age key (best: kept elsewhere)"
    )
    how.add_argument("--passphrase-file", metavar="FILE", type=Path, help="seal with the words in this file")
    how.add_argument("--plain", action="store_true", help="do not seal: whoever has the file has everything")


def run(options: argparse.Namespace) -> int:
    house.enter()
    from breathingroom.config.backup import sealing, take

    passphrase = house.first_line(options.passphrase_file)
    said = take.backup(options.to, sealing.Lock(options.recipient, passphrase))
    print(f"{options.to}: {sum(said.rows.values())} rows, {len(said.files)} files, version {said.version}.")
    return 0
