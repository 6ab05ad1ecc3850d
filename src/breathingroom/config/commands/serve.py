"""The web pages, by granian: as many processes as WORKERS says."""

import argparse
import os

from breathingroom.config import house

HELP = "Serve the web pages on the address in BIND."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", metavar="ADDRESS:PORT", help="instead of the one in BIND")


def run(options: argparse.Namespace) -> int:
    if options.bind:
        os.environ["BIND"] = options.bind
    house.settle()
    from breathingroom.config import server

    server.serve()
    return 0
