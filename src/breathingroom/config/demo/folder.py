"""The demo's folder, made ready once and then recognised: a stamp says which code and community it holds."""

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from breathingroom.config import house

PACKAGE = Path(__file__).resolve().parents[2]
STAMP = "demo.json"
DATABASE = "breathingroom.sqlite3"
LASTING = 7  # days until “confirmed yesterday” has grown stale
Stamp = dict[str, str]


def make_ready(home: Path, listings: int, *, fresh: bool) -> None:
    """Bring `home` up to this code and this week. Raises Refusal when it holds a house that is no demo."""
    _refuse_what_is_no_demo(home)
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    now, then = _stamp_for(listings), _stamp(home)
    behind = _days_between(then.get("day", now["day"]), now["day"])
    same = {**then, "day": ""} == {**now, "day": ""} and (home / DATABASE).exists()
    if same and behind < LASTING:
        return
    _write(home, {})  # claim the folder first of all, so that a broken start can be repeated
    house.enter()
    _prepare(listings, behind)
    _write(home, now)


def _prepare(listings: int, behind: int) -> None:
    from breathingroom.config import schema, static
    from breathingroom.config.demo import community

    schema.update(verbosity=0)
    static.collect()
    community.settle(listings)
    community.move_on(behind)


def fingerprint() -> str:
    """The files of this package, by size and time."""
    found = hashlib.sha256()
    for path, size, moment in sorted(_files(str(PACKAGE))):
        found.update(f"{path}|{size}|{moment}\n".encode())
    return found.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.name in {"__pycache__", "tests"}:
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            state = entry.stat()
            yield entry.path, state.st_size, state.st_mtime_ns


def _stamp_for(listings: int) -> Stamp:
    today = dt.datetime.now(dt.UTC).date()
    return {"code": fingerprint(), "listings": str(listings), "day": today.isoformat()}


def _stamp(home: Path) -> Stamp:
    try:
        found: Stamp = json.loads((home / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return found


def _write(home: Path, stamp: Stamp) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / STAMP).write_text(json.dumps(stamp))


def _days_between(earlier: str, later: str) -> int:
    return max(0, (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days)


def _refuse_what_is_no_demo(home: Path) -> None:
    """A demo takes, and throws away, only a folder that is absent, empty, or a demo already."""
    if home.exists() and any(home.iterdir()) and not (home / STAMP).exists():
        raise house.Refusal(f"{home} holds something that is no demo. Choose another folder with --home.")
