"""`breathingroom check`: what is wrong with this house, and what to do about each thing."""

import datetime as dt
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.checks import ERROR, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from breathingroom.config.turns import address
from breathingroom.core import clock

SHOWN = 4
SOUND_SQLITE = (3, 51, 3)  # before it, several processes on one WAL file could lose a write


class Weight(StrEnum):
    WRONG = "wrong"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing found: what it is and what to do, in one or two sentences."""

    weight: Weight
    words: str


Look = Callable[[], Iterator[Finding]]


def report() -> int:
    """Print every finding; returns 1 when something is wrong, warnings aside."""
    found = findings()
    for finding in found:
        print(f"{finding.weight:8} {finding.words}")
    wrong = sum(finding.weight is Weight.WRONG for finding in found)
    print(f"{wrong} wrong, {len(found) - wrong} to think about." if found else "All is well.")
    return 1 if wrong else 0


def findings() -> list[Finding]:
    """All findings, the wrong ones first. A database that cannot be reached is one finding, not many."""
    looks: list[Look] = [_settings, _folders, _static, _mail, _shared_cache]
    found = [finding for look in looks for finding in look()]
    try:
        _reach_database()
        found += [finding for look in (_schema, _engine) for finding in look()]
    except (DatabaseError, psycopg.Error) as error:
        found.append(_wrong(f"The database cannot be reached: {str(error).strip()} Look at DATABASE_URL."))
    return sorted(found, key=lambda finding: finding.weight is not Weight.WRONG)


def _reach_database() -> None:
    """Past the pool, which would try for long and log every attempt."""
    if connection.vendor == "postgresql":
        psycopg.connect(**address(), connect_timeout=5).close()
    connection.ensure_connection()


def _wrong(words: str) -> Finding:
    return Finding(Weight.WRONG, words)


def _warning(words: str) -> Finding:
    return Finding(Weight.WARNING, words)


def _settings() -> Iterator[Finding]:
    for message in run_checks(include_deployment_checks=True, databases=["default"]):
        if not message.is_silenced():
            words = " ".join(filter(None, (str(message.msg), message.hint)))
            yield _wrong(words) if message.level >= ERROR else _warning(words)
    if not settings.SECURE:
        yield _warning(f"BASE_URL is {settings.BASE_URL}: without https, sign-ins can be read on the way.")


def _folders() -> Iterator[Finding]:
    for folder in (Path(settings.HOME), Path(settings.MEDIA_ROOT)):
        if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield _wrong(f"{folder} cannot be written by this user.")
    for path in (*(Path(settings.HOME) / "keys").glob("*"), *Path(settings.HOME).glob("*.sqlite3*")):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield _wrong(f"{path} can be read by other users. Say: chmod 600 {path}")


def _static() -> Iterator[Finding]:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield _wrong("Static files were not gathered yet. Say: breathingroom migrate")


def _mail() -> Iterator[Finding]:
    from breathingroom.notify import transport

    backend = settings.MAIL_TRANSPORT["EMAIL_BACKEND"].rpartition(".")[0].rpartition(".")[2]
    if backend != "smtp":
        if not settings.DEMO:
            yield _warning(f"Mail goes to {backend}, so nobody gets a sign-in code. Set MAIL_URL.")
        return
    mail = transport.connect(settings.MAIL_TRANSPORT)
    try:
        mail.open()
        mail.close()
    except OSError as error:  # smtplib's errors are OSErrors
        yield _wrong(f"The mail server does not take us: {error}. Look at MAIL_URL.")


def _shared_cache() -> Iterator[Finding]:
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        try:
            cache.set("check", "1", 5)
        except Exception as error:  # whatever the client library raises
            yield _wrong(f"Redis does not answer: {error}. Look at REDIS_URL.")


def _schema() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = [f"{migration.app_label}.{migration.name}" for migration, _ in waiting]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        yield _wrong(
            f"The database is behind this code: {', '.join(names[:SHOWN])}{more}. Say: breathingroom migrate"
        )
        return
    yield from _facts()
    yield from _demo_accounts()


def _facts() -> Iterator[Finding]:
    from breathingroom.licensure.models import CompactMember

    newest = CompactMember.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    limit = dt.timedelta(days=settings.FACTS_LIMIT_DAYS)
    if newest is None:
        yield _wrong("There are no facts about licences. Say: breathingroom import facts")
    elif clock.today() - newest > limit:
        yield _warning(f"The newest fact about a compact is of {newest}: those answers are all “ask” now.")


def _demo_accounts() -> Iterator[Finding]:
    from breathingroom.people.choices import DEMO_DOMAIN
    from breathingroom.people.models import Member

    if not settings.DEMO and Member.objects.filter(email__endswith=DEMO_DOMAIN).exists():
        yield _wrong(
            "The demo’s sign-ins are in this house, and everybody knows them. Start with an empty one."
        )


def _engine() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    if sqlite3.sqlite_version_info < SOUND_SQLITE and settings.WORKERS > 1 and not settings.DEMO:
        sound = ".".join(map(str, SOUND_SQLITE))
        yield _warning(
            f"SQLite {sqlite3.sqlite_version} is older than {sound}, which mended a rare loss of writes "
            "with several processes. Set WORKERS=1, or use PostgreSQL for a busy house."
        )
