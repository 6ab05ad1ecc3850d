"""PostgreSQL, in two shapes: arrays under GIN, and masks under one covering index."""

import os
from collections.abc import Iterable
from typing import Any

import psycopg
from rivals import FACETS, FRESH, Table, box
from synthetic import CONCERNS, Question


class Gin:
    """Codes in an array, words in a tsvector, both under GIN; a B-tree for the rest."""

    name = "PostgreSQL, GIN"

    def __init__(self, table: Table, schema: str) -> None:
        self.wire = connected(schema)
        self.wire.execute(
            "CREATE TABLE l (id int PRIMARY KEY, state int, fee int, accepting bool, confirmed int, rank int,"
            " lat float8, lon float8, codes text[], words tsvector)"
        )
        held: list[list[str]] = [[] for _ in range(table.count)]
        for facet in FACETS:
            for code in table.codes(facet):
                for row in table.given.sets[facet, code].tolist():
                    held[row].append(f"{facet}:{code}")
        texts = table.words()
        copy(
            self.wire,
            "COPY l FROM STDIN",
            (
                (
                    row,
                    int(table.state[row]),
                    int(table.fee[row]),
                    bool(table.accepting[row]),
                    int(table.confirmed[row]),
                    int(table.rank[row]),
                    float(table.place[row, 0]),
                    float(table.place[row, 1]),
                    held[row],
                    texts[row],
                )
                for row in range(table.count)
            ),
        )
        self.wire.execute("CREATE INDEX ON l USING gin (codes)")
        self.wire.execute("CREATE INDEX ON l USING gin (words)")
        self.wire.execute("CREATE INDEX ON l (state, lat, lon)")
        self.wire.execute("ANALYZE l")

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        wire = self.wire
        wire.execute("DROP TABLE IF EXISTS found")
        wire.execute(f"CREATE TEMP TABLE found AS SELECT id, rank, codes FROM l WHERE {self._found(asked)}")
        row = wire.execute("SELECT count(*) FROM found").fetchone()
        page = [each[0] for each in wire.execute("SELECT id FROM found ORDER BY rank LIMIT 20")]
        counts = dict(wire.execute("SELECT code, count(*) FROM found, unnest(codes) AS code GROUP BY code"))
        return (row or (0,))[0], page, counts

    def _found(self, asked: Question) -> str:
        if asked.kind == "words":
            match = " & ".join(f"{word}:*" for word in asked.words)
            return f"confirmed >= {FRESH} AND words @@ to_tsquery('simple', '{match}')"
        codes = ",".join(f"'concerns:{CONCERNS[n]}'" for n in asked.concerns)
        having = f"codes && ARRAY[{codes}] AND accepting AND confirmed >= {FRESH}"
        if asked.near is None:
            return having
        south, north, west, east = box(asked.near)
        return (
            f"{having} AND state = {asked.state} AND fee <= {asked.ceiling} "
            f"AND lat BETWEEN {south} AND {north} AND lon BETWEEN {west} AND {east}"
        )


class Masked:
    """Bits of all facets in columns, everything a search reads in one covering index."""

    name = "PostgreSQL, masked"

    def __init__(self, table: Table, schema: str) -> None:
        self.wire = connected(schema)
        self.columns = [f"{facet}{n}" for facet in FACETS for n in range(table.masks[facet].shape[1])]
        self.codes = {facet: table.codes(facet) for facet in FACETS}
        masks = ", ".join(f"{column} int8" for column in self.columns)
        self.wire.execute(
            f"CREATE TABLE l (id int, state int, open bool, fee int, lat float8, lon float8, rank int,"
            f" {masks}, words tsvector)"
        )
        columns = [table.masks[facet][:, n] for facet in FACETS for n in range(table.masks[facet].shape[1])]
        texts, is_open = table.words(), (table.accepting == 1) & (table.confirmed >= FRESH)
        copy(
            self.wire,
            "COPY l FROM STDIN",
            (
                (
                    row,
                    int(table.state[row]),
                    bool(is_open[row]),
                    int(table.fee[row]),
                    float(table.place[row, 0]),
                    float(table.place[row, 1]),
                    int(table.rank[row]),
                    *(int(column[row]) for column in columns),
                    texts[row],
                )
                for row in range(table.count)
            ),
        )
        names = ", ".join(["id", "rank", *self.columns])
        self.wire.execute(f"CREATE INDEX ON l (open, state, lat) INCLUDE (lon, fee, {names})")
        self.wire.execute("CREATE INDEX ON l USING gin (words)")
        self.wire.execute("VACUUM ANALYZE l")

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        wire = self.wire
        wire.execute("DROP TABLE IF EXISTS found")
        names = ", ".join(["id", "rank", *self.columns])
        wire.execute(f"CREATE TEMP TABLE found AS SELECT {names} FROM l WHERE {self._found(asked)}")
        page = [each[0] for each in wire.execute("SELECT id FROM found ORDER BY rank LIMIT 20")]
        bits = ", ".join(
            f"count(*) FILTER (WHERE {facet}{n // 62} & {1 << (n % 62)} <> 0)"
            for facet in FACETS
            for n in range(len(self.codes[facet]))
        )
        row: Any = wire.execute(f"SELECT count(*), {bits} FROM found").fetchone()
        return row[0], page, {str(n): count for n, count in enumerate(row[1:])}

    def _found(self, asked: Question) -> str:
        if asked.kind == "words":
            match = " & ".join(f"{word}:*" for word in asked.words)
            return f"words @@ to_tsquery('simple', '{match}')"
        having = " OR ".join(
            f"concerns{n // 62} & {1 << (n % 62)} <> 0"
            for n in (self.codes["concerns"].index(CONCERNS[code]) for code in asked.concerns)
        )
        if asked.near is None:
            return f"open AND ({having})"
        south, north, west, east = box(asked.near)
        return (
            f"open AND ({having}) AND state = {asked.state} AND fee <= {asked.ceiling} "
            f"AND lat BETWEEN {south} AND {north} AND lon BETWEEN {west} AND {east}"
        )


def connected(schema: str) -> "psycopg.Connection[Any]":
    wire = psycopg.connect(os.environ["BENCH_POSTGRES"], autocommit=True)
    wire.execute(
        f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}"
    )
    wire.execute("SET max_parallel_workers_per_gather = 0")
    return wire


def copy(wire: "psycopg.Connection[Any]", statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with wire.cursor() as cursor, cursor.copy(statement) as sink:
        for row in rows:
            sink.write_row(row)
