"""SQLite, in two shapes: tables as one would design them, and masks under covering indexes."""

import sqlite3
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from rivals import FACETS, Table, box, masked
from synthetic import Question


class Normalised:
    """A table for each facet, an R-tree for places, FTS5 for words."""

    name = "SQLite, normalised"

    def __init__(self, table: Table, home: Path) -> None:
        self.table = table
        self.wire = wire = connected(home / "normalised.db")
        wire.execute(
            "CREATE TABLE l (id INTEGER PRIMARY KEY, state INTEGER, fee INTEGER, accepting INTEGER,"
            " fresh INTEGER, rank INTEGER)"
        )
        rows = table.rows(table.state, table.fee, table.accepting, table.fresh, table.rank)
        wire.executemany("INSERT INTO l VALUES (?, ?, ?, ?, ?, ?)", rows)
        for facet in FACETS:
            self._hold(facet)
        wire.execute("CREATE VIRTUAL TABLE place USING rtree (id, a, b, c, d)")
        rows = table.rows(table.lat, table.lat, table.lon, table.lon)
        wire.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?)", rows)
        filled(wire, table, home)

    def _hold(self, facet: str) -> None:
        """Whole numbers by declaration: an index on a column without a type is no use to a join."""
        run = self.wire.execute
        run(f"CREATE TABLE {facet} (code INTEGER, id INTEGER, PRIMARY KEY (code, id)) WITHOUT ROWID")
        for n, code in enumerate(self.table.codes(facet)):
            ids = self.table.given.sets[facet, code].tolist()
            self.wire.executemany(f"INSERT INTO {facet} VALUES (?, ?)", ((n, row) for row in ids))
        run(f"CREATE INDEX {facet}_id ON {facet} (id, code)")

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        run = self.wire.execute
        run("DELETE FROM temp.found")
        run(f"INSERT INTO temp.found {self._found(asked)}")
        total = run("SELECT count(*) FROM temp.found").fetchone()[0]
        page = [row[0] for row in run("SELECT id FROM temp.found ORDER BY rank LIMIT 20")]
        counts: dict[str, int] = {}
        for facet in FACETS:
            each = run(f"SELECT code, count(*) FROM temp.found CROSS JOIN {facet} USING (id) GROUP BY code")
            counts |= {f"{facet}:{code}": n for code, n in each}
        return total, page, counts

    def total(self, asked: Question) -> int:
        return int(self.wire.execute(f"SELECT count(*) FROM ({self._found(asked)})").fetchone()[0])

    def concerns(self, asked: Question) -> dict[str, int]:
        found = f"({self._found(asked)}) AS f CROSS JOIN concerns ON concerns.id = f.id"
        each = self.wire.execute(f"SELECT code, count(*) FROM {found} GROUP BY code")
        return {f"concerns:{code}": n for code, n in each}

    def _found(self, asked: Question) -> str:
        if asked.kind == "words":
            return f"SELECT l.id, l.rank FROM {beginning(asked)} AND fresh = 1"
        codes = ",".join(map(str, self.table.concerns(asked)))
        rest = "fresh = 1" + " AND accepting = 1" * asked.accepting
        if asked.near is None:
            having = f"id IN (SELECT id FROM concerns WHERE code IN ({codes}))" if codes else "1"
            return f"SELECT id, rank FROM l WHERE {having} AND {rest}"
        having = f"EXISTS (SELECT 1 FROM concerns WHERE concerns.id = l.id AND code IN ({codes}))"
        south, north, west, east = box(asked.near)
        return (
            f"SELECT l.id, l.rank FROM place CROSS JOIN l ON l.id = place.id WHERE a >= {south} "
            f"AND b <= {north} AND c >= {west} AND d <= {east} AND state = {asked.state} "
            f"AND fee <= {asked.ceiling} AND {rest} AND {having if codes else 1}"
        )


class Masked:
    """Bits of all facets in columns, everything a search reads in one covering index."""

    name = "SQLite, masked"

    def __init__(self, table: Table, home: Path) -> None:
        self.table = table
        self.wire = wire = connected(home / "masked.db")
        names = ["state", "accepting", "fresh", "lat", "lon", "fee", "rank", *table.masks]
        wire.execute(f"CREATE TABLE l (id INTEGER PRIMARY KEY, {', '.join(names)})")
        sorts = (table.state, table.accepting, table.fresh, table.lat, table.lon, table.fee, table.rank)
        places = ", ".join("?" * (len(names) + 1))
        wire.executemany(f"INSERT INTO l VALUES ({places})", table.rows(*sorts, *table.masks.values()))
        wire.execute(f"CREATE INDEX near ON l ({', '.join(names)})")
        wire.execute(f"CREATE INDEX wide ON l (accepting, fresh, {', '.join(table.masks)}, rank)")
        filled(wire, table, home)

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        """The bits are counted here, outside: SQLite would take longer over each than to hand it out."""
        masks = list(self.table.masks)
        rows = self.wire.execute(
            f"SELECT l.id, l.rank, {', '.join(masks)} FROM {self._found(asked)}"
        ).fetchall()
        found = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2 + len(masks))
        page = found[np.argsort(found[:, 1])[:20], 0].tolist()
        return len(rows), page, counted(masks, found[:, 2:])

    def total(self, asked: Question) -> int:
        return int(self.wire.execute(f"SELECT count(*) FROM {self._found(asked)}").fetchone()[0])

    def concerns(self, asked: Question) -> dict[str, int]:
        masks = [name for name in self.table.masks if name.startswith("concerns")]
        rows = self.wire.execute(f"SELECT {', '.join(masks)} FROM {self._found(asked)}").fetchall()
        return counted(masks, np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, len(masks)))

    def _found(self, asked: Question) -> str:
        if asked.kind == "words":
            return f"{beginning(asked)} AND fresh = 1"
        bits = masked(self.table.concerns(asked))
        having = " OR ".join(f"{column} & {mask}" for column, mask in bits.items()) or "1"
        taking = "accepting = 1" if asked.accepting else "accepting IN (0, 1)"
        if asked.near is None:
            return f"l INDEXED BY wide WHERE {taking} AND fresh = 1 AND ({having})"
        south, north, west, east = box(asked.near)
        return (
            f"l INDEXED BY near WHERE state = {asked.state} AND {taking} AND fresh = 1 "
            f"AND lat BETWEEN {south} AND {north} AND lon BETWEEN {west} AND {east} "
            f"AND fee <= {asked.ceiling} AND ({having})"
        )


def counted(names: list[str], masks: Any) -> dict[str, int]:
    """How many rows have each bit."""
    found: dict[str, int] = {}
    for name, column in zip(names, masks.T, strict=True):
        bits = np.unpackbits(
            np.ascontiguousarray(column).view(np.uint8).reshape(-1, 8), axis=1, bitorder="little"
        )
        found |= {f"{name}:{bit}": n for bit, n in enumerate(np.count_nonzero(bits, axis=0).tolist()) if n}
    return found


def connected(path: Path) -> sqlite3.Connection:
    """All in memory that may be, and one transaction begun to fill it."""
    wire = sqlite3.connect(path, isolation_level=None)
    for setting in (
        "journal_mode = OFF",
        "cache_size = -1000000",
        "mmap_size = 4000000000",
        "temp_store = MEMORY",
    ):
        wire.execute(f"PRAGMA {setting}")
    wire.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, rank INTEGER)")
    wire.execute("BEGIN")
    return wire


def filled(wire: sqlite3.Connection, table: Table, home: Path) -> None:
    """The words are in a file of their own, which both shapes read."""
    wire.execute("COMMIT")
    wire.execute("ANALYZE")
    made = (home / "words.db").exists()
    wire.execute("ATTACH ? AS other", [str(home / "words.db")])
    wire.execute("PRAGMA other.cache_size = -1000000")
    if not made:
        spell(wire, table)


def spell(wire: sqlite3.Connection, table: Table) -> None:
    """With an index for beginnings of just the lengths that will be asked for."""
    wire.execute("PRAGMA other.journal_mode = OFF")
    wire.execute("BEGIN")
    wire.execute("CREATE VIRTUAL TABLE other.words USING fts5 (text, content='', detail=none, prefix='4 5')")
    wire.executemany("INSERT INTO other.words (rowid, text) VALUES (?, ?)", enumerate(table.words))
    wire.execute("INSERT INTO other.words (words) VALUES ('optimize')")
    wire.execute("COMMIT")


def beginning(asked: Question) -> str:
    """CROSS JOIN, or else the planner would go through every listing."""
    match = " ".join(f'"{word}"*' for word in asked.words)
    return f"words CROSS JOIN l ON l.id = words.rowid WHERE words MATCH '{match}'"
