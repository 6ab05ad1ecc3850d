"""Is this house ready to be lived in?"""

import argparse

from breathingroom.config import house

HELP = "Check configuration, database, mail and folders, and name what is wrong."


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(_: argparse.Namespace) -> int:
    house.enter()
    from breathingroom.config import inspection

    return inspection.report()
