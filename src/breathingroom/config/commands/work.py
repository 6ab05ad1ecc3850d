"""The worker: mail, expiries and clean-up, one after the other."""

import argparse

from breathingroom.config import house

HELP = "Run the periodic jobs: mail, expiries, clean-up."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="run every job once, then stop")


def run(options: argparse.Namespace) -> int:
    house.enter()
    from breathingroom.config import worker

    return worker.run_once() if options.once else worker.run_until_stopped()
