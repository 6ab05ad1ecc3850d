"""A demo community, from nothing to a page in the browser."""

import argparse
from pathlib import Path

HELP = "A demo community on this machine: web pages and worker, with well-known sign-ins."
LISTINGS = 1200


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    parser.add_argument("--home", type=Path, default=Path("var"), help="folder for what it keeps (var)")
    parser.add_argument("--listings", type=int, default=LISTINGS, help=f"how many clinicians ({LISTINGS})")
    parser.add_argument("--fresh", action="store_true", help="throw the demo in that folder away first")


def run(options: argparse.Namespace) -> int:
    from breathingroom.config.demo import stage

    return stage.run(options.home.resolve(), options.port, options.listings, fresh=options.fresh)
