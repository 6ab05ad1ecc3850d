"""Bring the house up to date: tables, the cache table, the facts if there are none, and static files."""

import argparse

from breathingroom.config import house

HELP = "Bring database and static files up to date with this code."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print only what goes wrong")


def run(options: argparse.Namespace) -> int:
    house.enter()
    from breathingroom.config import schema, static

    schema.update(verbosity=0 if options.quiet else 1)
    static.collect()
    return 0
