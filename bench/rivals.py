"""The engines that the index is measured against: the same listings, the same questions.

Each answers an exact total, twenty ids and the counts of its facets among those found: less than the index
does, which counts every choice under the other filters. None of them answers who may see whom: a state here
is a column.
"""

import math
import sqlite3
import time
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import synthetic
from synthetic import CONCERNS, TODAY, Question

from breathingroom.directory.index.columns import Columns

FRESH = TODAY.toordinal() - 30
FACETS = ("concerns", "approaches", "identities", "languages")


class Rival(Protocol):
    """Made once from the listings, then asked; an answer is (total, ids, counts)."""

    name: str

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]: ...


class Table:
    """The listings as rows of plain values, made once for all of them."""

    def __init__(self, given: Columns) -> None:
        self.count = len(given.ids)
        self.given = given
        self.state = given.columns["place"]
        self.fee, self.confirmed = given.columns["fee"], given.columns["confirmed"]
        spots = np.array([*given.spots, (0.0, 0.0)])
        self.place = spots[given.columns["spot"]]
        self.accepting = self._flag("accepting", "yes")
        self.masks = {facet: self._mask(facet) for facet in FACETS}
        self.rank = np.random.default_rng(5).permutation(self.count)

    def _flag(self, facet: str, choice: str) -> Any:
        flag = np.zeros(self.count, np.int64)
        flag[self.given.sets[facet, choice]] = 1
        return flag

    def codes(self, facet: str) -> list[str]:
        return sorted(choice for its, choice in self.given.sets if its == facet)

    def _mask(self, facet: str) -> Any:
        """One bit for each code, 62 to a column."""
        codes = self.codes(facet)
        masks = np.zeros((self.count, -(-len(codes) // 62)), np.int64)
        for n, code in enumerate(codes):
            masks[self.given.sets[facet, code], n // 62] |= 1 << (n % 62)
        return masks

    def words(self) -> list[str]:
        """The words of each listing, as one text."""
        found: list[list[str]] = [[] for _ in range(self.count)]
        for pair in self.given.words.tolist():
            found[pair & 0xFFFFFFFF].append(self.given.tokens[pair >> 32])
        return [" ".join(tokens) for tokens in found]


def box(near: tuple[float, float]) -> tuple[float, float, float, float]:
    """Latitudes and longitudes about 50 km around."""
    up, along = 0.45, 0.45 / math.cos(math.radians(near[0]))
    return near[0] - up, near[0] + up, near[1] - along, near[1] + along


class SQLiteNormalised:
    """Tables as one would design them, an R-tree for places, FTS5 for words."""

    name = "SQLite, normalised"

    def __init__(self, table: Table, home: Path) -> None:
        self.wire = wire = sqlite3.connect(home / "normalised.db", isolation_level=None)
        wire.execute("PRAGMA journal_mode = OFF")
        wire.execute("BEGIN")
        wire.execute("CREATE TABLE l (id INTEGER PRIMARY KEY, state, fee, accepting, confirmed, rank)")
        values = (range(table.count), table.state, table.fee, table.accepting, table.confirmed, table.rank)
        rows = zip(*(list(map(int, column)) for column in values), strict=True)
        wire.executemany("INSERT INTO l VALUES (?, ?, ?, ?, ?, ?)", rows)
        wire.execute("CREATE INDEX l_state ON l (state, accepting, fee)")
        for facet in FACETS:
            wire.execute(f"CREATE TABLE {facet} (code, id, PRIMARY KEY (code, id)) WITHOUT ROWID")
            for n, code in enumerate(table.codes(facet)):
                ids = table.given.sets[facet, code].tolist()
                wire.executemany(f"INSERT INTO {facet} VALUES (?, ?)", ((n, row) for row in ids))
            wire.execute(f"CREATE INDEX {facet}_id ON {facet} (id, code)")
        wire.execute("CREATE VIRTUAL TABLE place USING rtree (id, a, b, c, d)")
        points = enumerate(table.place.tolist())
        wire.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?)", ((n, lat, lat, lon, lon) for n, (lat, lon) in points)
        )
        wire.execute("CREATE VIRTUAL TABLE words USING fts5 (text, content='', prefix='2 3 4')")
        wire.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(table.words()))
        wire.execute("COMMIT")
        wire.execute("ANALYZE")
        self.number = {code: n for n, code in enumerate(table.codes("concerns"))}

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        run = self.wire.execute
        run("DROP TABLE IF EXISTS temp.found")
        run(f"CREATE TEMP TABLE found AS {self._found(asked)}")
        total = run("SELECT count(*) FROM found").fetchone()[0]
        page = [row[0] for row in run("SELECT id FROM found ORDER BY rank LIMIT 20")]
        counts: dict[str, int] = {}
        for facet in FACETS:
            each = run(f"SELECT code, count(*) FROM found CROSS JOIN {facet} USING (id) GROUP BY code")
            counts |= {f"{facet}:{code}": n for code, n in each}
        return total, page, counts

    def _found(self, asked: Question) -> str:
        if asked.kind == "words":
            match = " ".join(f'"{word}"*' for word in asked.words)
            return (
                f"SELECT l.id, l.rank FROM words CROSS JOIN l ON l.id = words.rowid "
                f"WHERE words MATCH '{match}' AND confirmed >= {FRESH}"
            )
        codes = ",".join(str(self.number[CONCERNS[n]]) for n in asked.concerns)
        having = f"id IN (SELECT id FROM concerns WHERE code IN ({codes}))"
        if asked.near is None:
            return f"SELECT id, rank FROM l WHERE {having} AND accepting = 1 AND confirmed >= {FRESH}"
        south, north, west, east = box(asked.near)
        return (
            f"SELECT l.id, l.rank FROM place CROSS JOIN l ON l.id = place.id WHERE a >= {south} "
            f"AND b <= {north} AND c >= {west} AND d <= {east} AND state = {asked.state} AND accepting = 1 "
            f"AND fee <= {asked.ceiling} AND confirmed >= {FRESH} AND l.{having}"
        )


class SQLiteMasked:
    """Bits of all facets in columns, everything a search reads in one covering index."""

    name = "SQLite, masked"

    def __init__(self, table: Table, home: Path) -> None:
        self.wire = wire = sqlite3.connect(home / "masked.db", isolation_level=None)
        wire.execute("PRAGMA journal_mode = OFF")
        wire.execute("BEGIN")
        self.columns = [f"{facet}{n}" for facet in FACETS for n in range(table.masks[facet].shape[1])]
        self.codes = {facet: table.codes(facet) for facet in FACETS}
        names = ["state", "accepting", "fresh", "fee", "lat", "lon", "rank", *self.columns]
        wire.execute(f"CREATE TABLE l (id INTEGER PRIMARY KEY, {', '.join(names)})")
        masks = [table.masks[facet][:, n] for facet in FACETS for n in range(table.masks[facet].shape[1])]
        fresh = (table.confirmed >= FRESH).astype(int)
        place = (table.place[:, 0], table.place[:, 1])
        columns = (table.state, table.accepting, fresh, table.fee, *place, table.rank, *masks)
        rows = zip(range(table.count), *(column.tolist() for column in columns), strict=True)
        wire.executemany(f"INSERT INTO l VALUES ({', '.join('?' * (len(names) + 1))})", rows)
        wire.execute(f"CREATE INDEX cover ON l ({', '.join(names)})")
        wire.execute(f"CREATE INDEX wide ON l (accepting, fresh, {', '.join(self.columns)}, rank)")
        wire.execute("CREATE VIRTUAL TABLE words USING fts5 (text, content='', prefix='2 3 4')")
        wire.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(table.words()))
        wire.execute("COMMIT")
        wire.execute("ANALYZE")

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        names = ", ".join(self.columns)
        rows = self.wire.execute(f"SELECT id, rank, {names} FROM {self._found(asked)}").fetchall()
        page = [row[0] for row in sorted(rows, key=lambda row: row[1])[:20]]
        counts: dict[str, int] = {}
        if rows:
            masks = np.array([row[2:] for row in rows], np.int64)
            for n, column in enumerate(self.columns):
                for bit in range(62):
                    counts[f"{column}:{bit}"] = int(np.count_nonzero(masks[:, n] >> bit & 1))
        return len(rows), page, counts

    def _found(self, asked: Question) -> str:
        if asked.kind == "words":
            match = " ".join(f'"{word}"*' for word in asked.words)
            return f"words CROSS JOIN l ON l.id = words.rowid WHERE words MATCH '{match}' AND fresh = 1"
        having = " OR ".join(self._bit(CONCERNS[n]) for n in asked.concerns)
        if asked.near is None:
            return f"l INDEXED BY wide WHERE accepting = 1 AND fresh = 1 AND ({having})"
        south, north, west, east = box(asked.near)
        return (
            f"l INDEXED BY cover WHERE state = {asked.state} AND accepting = 1 AND fresh = 1 "
            f"AND fee <= {asked.ceiling} AND lat BETWEEN {south} AND {north} "
            f"AND lon BETWEEN {west} AND {east} AND ({having})"
        )

    def _bit(self, code: str) -> str:
        n = self.codes["concerns"].index(code)
        return f"concerns{n // 62} & {1 << (n % 62)}"


class Tantivy:
    """A search library in Rust: facets counted by its own aggregations."""

    name = "tantivy"

    def __init__(self, table: Table, home: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        for name in ("state", "accepting", "fresh", "fee", "id"):
            builder.add_integer_field(name, stored=name == "id", indexed=True, fast=True)
        for name in ("lat", "lon"):
            builder.add_float_field(name, indexed=True, fast=True)
        for facet in FACETS:
            builder.add_text_field(facet, tokenizer_name="raw", fast=True)
        builder.add_text_field("words", tokenizer_name="default", index_option="basic")
        self.index = tantivy.Index(builder.build())
        writer = self.index.writer(300_000_000, 1)
        held = {facet: [[] for _ in range(table.count)] for facet in FACETS}  # type: ignore[var-annotated]
        for facet in FACETS:
            for code in table.codes(facet):
                for row in table.given.sets[facet, code].tolist():
                    held[facet][row].append(code)
        for row, words in enumerate(table.words()):
            document = tantivy.Document()
            for name, value in (
                ("state", table.state[row]),
                ("accepting", table.accepting[row]),
                ("fresh", table.confirmed[row] >= FRESH),
                ("fee", table.fee[row]),
                ("id", row),
            ):
                document.add_integer(name, int(value))
            document.add_float("lat", float(table.place[row, 0]))
            document.add_float("lon", float(table.place[row, 1]))
            for facet in FACETS:
                for code in held[facet][row]:
                    document.add_text(facet, code)
            document.add_text("words", words)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.counting = {facet: {"terms": {"field": facet, "size": 100}} for facet in FACETS}

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        query = self.index.parse_query(self._query(asked))
        found = self.searcher.search(query, 20, count=True)
        page = [self.searcher.doc(address)["id"][0] for _score, address in found.hits]
        counted = self.searcher.aggregate(query, self.counting)
        counts = {
            f"{facet}:{bucket['key']}": int(bucket["doc_count"])
            for facet in FACETS
            for bucket in counted[facet]["buckets"]
        }
        return found.count, page, counts

    def _query(self, asked: Question) -> str:
        if asked.kind == "words":
            terms = " AND ".join(f"words:{word}" for word in asked.words)  # whole words: it has no other
            return f"fresh:1 AND {terms}"
        having = " OR ".join(f'concerns:"{CONCERNS[n]}"' for n in asked.concerns)
        query = f"accepting:1 AND fresh:1 AND ({having})"
        if asked.near is None:
            return query
        south, north, west, east = box(asked.near)
        return (
            f"state:{asked.state} AND fee:[0 TO {asked.ceiling}] AND lat:[{south} TO {north}] "
            f"AND lon:[{west} TO {east}] AND {query}"
        )


def built(kind: Any, table: Table, home: Path) -> tuple[Any, float]:
    began = time.perf_counter()
    return kind(table, home), time.perf_counter() - began


__all__ = ["Rival", "SQLiteMasked", "SQLiteNormalised", "Table", "Tantivy", "built", "synthetic"]
