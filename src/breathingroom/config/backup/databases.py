"""The database of the settings, whichever it is, as backup and restore see it."""

from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from breathingroom.config.backup import postgresql, sqlite
from breathingroom.config.turns import address

Rows = dict[str, int]


def kind() -> str:
    """`sqlite` or `postgresql`."""
    return sqlite.KIND if connection.vendor == "sqlite" else postgresql.KIND


def snapshot(target: Path) -> Rows:
    """Write the whole database to `target`; returns rows by table."""
    return (
        sqlite.snapshot(_file(), target) if kind() == sqlite.KIND else postgresql.snapshot(address(), target)
    )


def put(copy: Path) -> None:
    """Put what `snapshot` wrote in the place of the database, all or nothing."""
    connections.close_all()
    _close_pool()
    sqlite.put(copy, _file()) if kind() == sqlite.KIND else postgresql.put(copy, address())


def is_empty() -> bool:
    """Whether no member is in the database."""
    return sqlite.is_empty(_file()) if kind() == sqlite.KIND else postgresql.is_empty(address())


def counts() -> Rows:
    """Rows by table, now."""
    with connection.cursor() as cursor:
        names = [t for t in connection.introspection.table_names(cursor) if t not in sqlite.PASSING]
        found = {}
        for name in sorted(names):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - the schema's
            found[name] = cursor.fetchone()[0]
        return found


def applied() -> list[str]:
    """The migrations that stand in the database, as `room.name`."""
    return sorted(f"{room}.{name}" for room, name in MigrationLoader(connection).applied_migrations)


def unknown(migrations: list[str]) -> list[str]:
    """Those of `migrations` that this code does not have."""
    loader: Any = MigrationLoader(None)
    here = {f"{room}.{name}" for room, name in loader.disk_migrations}
    replaced = {f"{room}.{name}" for m in loader.disk_migrations.values() for room, name in m.replaces}
    return sorted(set(migrations) - here - replaced)


def _file() -> str:
    return str(connection.settings_dict["NAME"])


def _close_pool() -> None:
    close = getattr(connection, "close_pool", None)
    if close is not None and kind() == postgresql.KIND:
        close()
