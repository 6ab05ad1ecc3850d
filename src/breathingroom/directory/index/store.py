"""The index of a large house: a file in the home of each host, made by a process of its own."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from breathingroom.audit.queries import Standing, positions
from breathingroom.directory.index import entries, image
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather

ROOMS = ("directory", "licensure")
WORTH_A_FILE = 5000  # listings; for fewer each process makes its own in less time than one would wait
MANY = 2000  # changes, after which the file is made anew
Mark = tuple[int, int]

_ordered: "subprocess.Popen[bytes] | None" = None


def path() -> Path:
    return Path(settings.HOME) / "index" / "find"


def mark() -> Mark | None:
    """Another file, another mark; None while there is none."""
    try:
        found = path().stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def read() -> tuple[image.Image, Mapping[str, Standing], Mark | None] | None:
    """The image in the file, how far the tables were when it was made, and its mark."""
    its = mark()
    found = image.read(path()) if its else None
    if found is None:
        return None
    at = {room: Standing(UUID(epoch), value) for room, (epoch, value) in found.meta["at"].items()}
    return found, at, its


def make() -> bool:
    """Make the file anew; False when somebody else is making it. The position is read before the rows."""
    with _alone() as mine:
        if mine:
            at = {room: (str(its.epoch), its.value) for room, its in positions(*ROOMS).items()}
            arrays, meta = arrange(gather(entries.read()))
            image.write(path(), image.Image(arrays, meta | {"at": at}))
        return mine


def order() -> None:
    """Have the file made by another process, which takes no time from this one's answers."""
    global _ordered  # noqa: PLW0603
    if _ordered is None or _ordered.poll() is not None:
        _ordered = subprocess.Popen(
            ["nice", sys.executable, "-m", "django", "find_index"],  # noqa: S607
            env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def forget() -> None:
    """Remove the file."""
    path().unlink(missing_ok=True)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else on this host is making the file; what a dead one left is swept up."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path().with_name("making").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        for draft in path().parent.glob("*.draft"):
            draft.unlink(missing_ok=True)
        yield True
