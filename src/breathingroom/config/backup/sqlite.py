"""A consistent copy of a live SQLite database, and such a copy put in its place."""

import sqlite3
from contextlib import closing
from pathlib import Path

KIND = "sqlite"
PASSING = ("cache",)  # tables whose rows are nobody's to keep
Rows = dict[str, int]


def snapshot(source: str, target: Path) -> Rows:
    """Copy the database at `source` to `target` while others write; returns the copy's rows by table."""
    with closing(sqlite3.connect(source, timeout=20)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in PASSING:
            if table in _tables(copy):
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of ours
        copy.commit()
        copy.execute("VACUUM")
        return counts(copy)


def put(copy: Path, target: str) -> None:
    """Put a copy into the database at `target`, which other processes may have open: all of it or nothing.

    Numbers that `target` has given out, and that the copy does not know of, stay used.
    """
    with closing(sqlite3.connect(copy)) as new, closing(sqlite3.connect(target, timeout=20)) as live:
        used = _sequences(live)
        for table, last in used.items():
            new.execute(
                "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?",
                (last, table),
            )
        new.commit()
        new.backup(live)


def is_empty(target: str) -> bool:
    """Whether no member is in the database at `target` (which may not exist)."""
    if not Path(target).exists():
        return True
    with closing(sqlite3.connect(target, timeout=20)) as live:
        return not counts(live).get("people_member")


def counts(database: sqlite3.Connection) -> Rows:
    """Rows of each table, those that pass left out."""
    return {
        table: database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - from the schema
        for table in _tables(database)
        if table not in PASSING
    }


def _tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found if not name.startswith("sqlite_")]


def _sequences(database: sqlite3.Connection) -> dict[str, int]:
    known = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone()
    return dict(database.execute("SELECT name, seq FROM sqlite_sequence")) if known else {}
