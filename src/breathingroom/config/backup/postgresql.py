"""A consistent dump of a live PostgreSQL database, and one put in its place, by PostgreSQL's own tools."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from breathingroom.config.house import Refusal

KIND = "postgresql"
PASSING = ("cache",)  # tables whose rows are nobody's to keep
ASIDE = "before_restore"
Rows = dict[str, int]
Address = dict[str, Any]


def snapshot(address: Address, target: Path) -> Rows:
    """Dump to `target` while others write; returns the rows of each table, of the same moment as the dump."""
    with psycopg.connect(**address) as wire:
        wire.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = wire.execute("SELECT pg_export_snapshot()").fetchone()
        passing = [f"--exclude-table-data=public.{table}" for table in PASSING]
        shared = f"--snapshot={row[0] if row else ''}"
        _tool("pg_dump", address, "-Fc", "--no-owner", "--no-acl", shared, *passing, "-f", str(target))
        return counts(wire)


def put(dump: Path, address: Address) -> None:
    """Put a dump in the place of all that is there. If it fails, what was there stays.

    Numbers that the database has given out, and that the dump does not know of, stay used.
    """
    with psycopg.connect(**address, autocommit=True) as wire:
        used = _sequences(wire)
        wire.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
        with wire.transaction():
            wire.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
            wire.execute("CREATE SCHEMA public")
        try:
            _tool(
                "pg_restore", address, "--no-owner", "--no-acl", "--single-transaction", "-d", "", str(dump)
            )
        except Refusal:
            with wire.transaction():
                wire.execute("DROP SCHEMA public CASCADE")
                wire.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")
            raise
        wire.execute(f"DROP SCHEMA {ASIDE} CASCADE")
        _raise_sequences(wire, used)


def is_empty(address: Address) -> bool:
    """Whether no member is in the database."""
    with psycopg.connect(**address) as wire:
        return not counts(wire).get("people_member")


def counts(wire: "psycopg.Connection[Any]") -> Rows:
    """Rows of each table, those that pass left out."""
    tables = wire.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    found: Rows = {}
    for (table,) in tables:
        if table not in PASSING:
            query = sql.SQL("SELECT COUNT(*) FROM {}").format(sql.Identifier("public", table))
            row = wire.execute(query).fetchone()
            found[table] = row[0] if row else 0
    return found


def _sequences(wire: "psycopg.Connection[Any]") -> dict[str, int]:
    query = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
    return {name: last for name, last in wire.execute(query).fetchall() if last}


def _raise_sequences(wire: "psycopg.Connection[Any]", used: dict[str, int]) -> None:
    now = _sequences(wire)
    known = wire.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall()
    for (name,) in known:
        if used.get(name, 0) > now.get(name, 0):
            wire.execute("SELECT setval(%s::regclass, %s)", [f'public."{name}"', used[name]])


def _tool(name: str, address: Address, *words: str) -> None:
    """Run one of PostgreSQL's tools. The password goes by the environment: all may read command lines."""
    names = {
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "host": "PGHOST",
        "port": "PGPORT",
    }
    wire = {names[key]: str(value) for key, value in address.items() if key in names}
    command: Sequence[str] = [name, *(word or address["dbname"] for word in words)]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, env={**os.environ, **wire}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise Refusal(f"{name} is not installed; it comes with PostgreSQL's client programs.") from None
    if done.returncode:
        raise Refusal(f"{name} failed: {done.stderr.strip()}")
