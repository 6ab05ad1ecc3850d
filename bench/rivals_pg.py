"""PostgreSQL, in two shapes: arrays under GIN, and masks under one covering index."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from rivals import BITS, FACETS, Table, box, masked
from synthetic import CONCERNS, Question

SETTINGS = {
    "max_parallel_workers_per_gather": "0",  # one core, as the others have
    "jit": "off",  # it would compile for longer than most questions take
    "random_page_cost": "1.1",
    "work_mem": "'256MB'",
    "maintenance_work_mem": "'1GB'",
}


class Postgres:
    """What both shapes do alike; `_found` is the condition of a question, and its values."""

    wire: "psycopg.Connection[Any]"

    def _found(self, asked: Question) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def total(self, asked: Question) -> int:
        where, values = self._found(asked)
        row: Any = self.wire.execute(f"SELECT count(*) FROM l WHERE {where}", values).fetchone()
        return int(row[0])


class Gin(Postgres):
    """Codes in an array, words in a tsvector, both under GIN; a B-tree for the rest."""

    name = "PostgreSQL, GIN"

    def __init__(self, table: Table, home: Path) -> None:
        self.wire = connected("bench_gin")
        self.server = self.wire.info.backend_pid
        self.number = {f"{facet}:{code}": n for n, (facet, code) in enumerate(table.choices())}
        self.wire.execute(
            "CREATE UNLOGGED TABLE l (id int PRIMARY KEY, state int, fee int, accepting bool, fresh bool,"
            " rank int, lat float8, lon float8, codes int[], words tsvector)"
        )
        columns = (table.state, table.fee, table.accepting, table.fresh, table.rank, table.lat, table.lon)
        held = ([self.number[each] for each in its] for its in table.held)
        rows = zip(table.rows(*columns), held, table.words, strict=True)
        copy(self.wire, ((*row, codes, words) for row, codes, words in rows))
        self.wire.execute("CREATE INDEX ON l USING gin (codes)")
        self.wire.execute("CREATE INDEX ON l USING gin (words)")
        self.wire.execute("CREATE INDEX ON l (state, lat, lon)")
        self.wire.execute("VACUUM ANALYZE l")

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        where, values = self._found(asked)
        row: Any = self.wire.execute(
            f"WITH found AS MATERIALIZED (SELECT id, rank, codes FROM l WHERE {where}) "
            "SELECT (SELECT count(*) FROM found), ARRAY(SELECT id FROM found ORDER BY rank LIMIT 20), "
            "(SELECT json_object_agg(code, n) FROM "
            "(SELECT code, count(*) AS n FROM found, unnest(codes) AS code GROUP BY code) AS counted)",
            values,
        ).fetchone()
        return row[0], row[1], row[2] or {}

    def concerns(self, asked: Question) -> dict[str, int]:
        where, values = self._found(asked)
        found = f"SELECT code, count(*) FROM l, unnest(codes) AS code WHERE {where} GROUP BY code"
        return {str(code): n for code, n in self.wire.execute(found, values).fetchall()}

    def _found(self, asked: Question) -> tuple[str, list[Any]]:
        if asked.kind == "words":
            return f"fresh AND {BEGINNING}", [beginning(asked)]
        where = (
            "fresh" + " AND accepting" * asked.accepting + " AND codes && %s::int[]" * bool(asked.concerns)
        )
        codes = [self.number[f"concerns:{CONCERNS[n]}"] for n in asked.concerns]
        values: list[Any] = [codes] if codes else []
        return (where, values) if asked.near is None else (f"{where} AND {NEAR}", [*values, *near(asked)])


class Masked(Postgres):
    """Bits of all facets in columns, everything a search reads in one covering index."""

    name = "PostgreSQL, masked"

    def __init__(self, table: Table, home: Path) -> None:
        self.table = table
        self.wire = wire = connected("bench_masked")
        self.server = wire.info.backend_pid
        self.names = ", ".join(["id", "rank", *table.masks])
        self.bits = [f"{facet}{n // BITS} & {1 << (n % BITS)} <> 0" for facet, n in bits(table)]
        masks = ", ".join(f"{column} int8" for column in table.masks)
        wire.execute(
            "CREATE UNLOGGED TABLE l (id int PRIMARY KEY, accepting bool, fresh bool, state int, lat float8,"
            f" lon float8, fee int, rank int, {masks}, words tsvector)"
        )
        sorts = (table.accepting, table.fresh, table.state, table.lat, table.lon, table.fee, table.rank)
        rows = zip(table.rows(*sorts, *table.masks.values()), table.words, strict=True)
        copy(wire, ((*row, words) for row, words in rows))
        wire.execute(f"CREATE INDEX ON l (accepting, fresh, state, lat) INCLUDE (lon, fee, {self.names})")
        wire.execute("CREATE INDEX ON l USING gin (words)")
        wire.execute("VACUUM ANALYZE l")

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        where, values = self._found(asked)
        counting = ", ".join(f"count(*) FILTER (WHERE {bit})" for bit in self.bits)
        row: Any = self.wire.execute(
            f"WITH found AS MATERIALIZED (SELECT {self.names} FROM l WHERE {where}) "
            f"SELECT ARRAY(SELECT id FROM found ORDER BY rank LIMIT 20), count(*), {counting} FROM found",
            values,
        ).fetchone()
        return row[1], row[0], dict(zip(self.bits, row[2:], strict=True))

    def concerns(self, asked: Question) -> dict[str, int]:
        where, values = self._found(asked)
        bits = [bit for bit in self.bits if bit.startswith("concerns")]
        counting = ", ".join(f"count(*) FILTER (WHERE {bit})" for bit in bits)
        row: Any = self.wire.execute(f"SELECT {counting} FROM l WHERE {where}", values).fetchone()
        return dict(zip(bits, row, strict=True))

    def _found(self, asked: Question) -> tuple[str, list[Any]]:
        if asked.kind == "words":
            return f"fresh AND {BEGINNING}", [beginning(asked)]
        wanted = masked(self.table.concerns(asked))
        having = " OR ".join(f"{column} & %s::int8 <> 0" for column in wanted) or "true"
        taking = "accepting" if asked.accepting else "accepting IN (true, false)"
        where, values = f"{taking} AND fresh AND ({having})", list(wanted.values())
        return (where, values) if asked.near is None else (f"{where} AND {NEAR}", [*values, *near(asked)])


BEGINNING = "words @@ to_tsquery('simple', %s)"
NEAR = "state = %s AND fee <= %s AND lat BETWEEN %s AND %s AND lon BETWEEN %s AND %s"


def beginning(asked: Question) -> str:
    return " & ".join(f"{word}:*" for word in asked.words)


def near(asked: Question) -> list[Any]:
    assert asked.near is not None
    return [asked.state, asked.ceiling, *box(asked.near)]


def bits(table: Table) -> list[tuple[str, int]]:
    return [(facet, n) for facet in FACETS for n in range(len(table.codes(facet)))]


def connected(schema: str) -> "psycopg.Connection[Any]":
    wire = psycopg.connect(os.environ["BENCH_POSTGRES"], autocommit=True)
    wire.execute(
        f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}"
    )
    for name, value in SETTINGS.items():
        wire.execute(f"SET {name} = {value}")
    return wire


def copy(wire: "psycopg.Connection[Any]", rows: Iterable[tuple[Any, ...]]) -> None:
    with wire.cursor() as cursor, cursor.copy("COPY l FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)
