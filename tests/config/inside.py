"""Players in a house: its operator at the command line, and those who make it fit to live in."""

import contextlib
import io

from django.core.management import call_command

from breathingroom.config import cli


def command(_ready: object, *words: str) -> tuple[int, str, str]:
    """`breathingroom` with these words: its status, and what it said on either output."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        return cli.main(words), out.getvalue(), err.getvalue()


def migrate(_ready: object) -> None:
    """Tables and nothing in them."""
    call_command("migrate", verbosity=0)


def settle(_ready: object, listings: int) -> None:
    """What a house needs beside its tables, and so many clinicians."""
    from breathingroom.config import schema
    from breathingroom.config.demo import community

    schema.update(verbosity=0)
    community.settle(listings)
