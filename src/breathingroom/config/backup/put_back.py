"""Putting a backup back: everything is read and compared first, and only then is anything changed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from tqdm import tqdm

from breathingroom.audit import actions as audit
from breathingroom.config import turns
from breathingroom.config.backup import archive, databases, manifest, sealing
from breathingroom.config.backup.take import WORD, workroom
from breathingroom.config.environment import read
from breathingroom.config.house import Refusal
from breathingroom.notify import actions as notify

POSITIONS = ("licensure", "directory")


def restore(source: Path, key: sealing.Key, *, replace: bool) -> manifest.Manifest:
    """Put the backup in the file `source` back; returns what was in it.

    Raises Refusal, having changed nothing, for a file that is damaged or cannot be opened, that comes from
    newer code or the other kind of database, or when this house is not empty and `replace` is false.
    """
    with workroom() as room, _nobody_works():
        said = _unpacked(source, key, room)
        _refuse(said, room, replace=replace)
        databases.put(room / archive.DATABASE)
        _put_files(room)
        _compare(said)
        call_command("migrate", interactive=False, verbosity=0)
        _note(source)
    return said


def _unpacked(source: Path, key: sealing.Key, room: Path) -> manifest.Manifest:
    try:
        file = source.open("rb")
    except OSError as error:
        raise Refusal(f"{source} cannot be read: {error.strerror}.") from None
    size = source.stat().st_size
    with (
        file,
        sealing.opened(file, key) as stream,
        tqdm(desc="Reading", total=size, unit="B", delay=2) as bar,
    ):
        return archive.unpack(stream, room, bar.update)


@contextmanager
def _nobody_works() -> Iterator[None]:
    """The turn to work, taken at once or not at all: a worker must not write into a house being replaced."""
    with turns.taken(lambda: True) as still_mine:
        if not still_mine():
            raise Refusal("a worker is running. Stop the house first, web pages too. Nothing was changed.")
        yield


def _refuse(said: manifest.Manifest, room: Path, *, replace: bool) -> None:
    if said.database != databases.kind():
        raise Refusal(f"the backup is of {said.database}, and this house runs on {databases.kind()}.")
    newer = databases.unknown(said.migrations)
    if newer:
        raise Refusal(
            f"the backup was made by newer code, version {said.version}. This code does not know: "
            f"{', '.join(newer)}. Update Breathing Room first. Nothing was changed."
        )
    if not replace and not databases.is_empty():
        raise Refusal(
            "this house is not empty. With --replace, all that is in it is lost. Nothing was changed."
        )
    _refuse_other_keys(said, room)


def _refuse_other_keys(said: manifest.Manifest, room: Path) -> None:
    """FIELD_KEYS in the environment win over the files: they must open what the backup holds."""
    own: list[str] = read(dict(os.environ))["FIELD_KEYS"]
    keys = own or (room / "keys" / "field_keys").read_text().split()
    try:
        opened = MultiFernet([Fernet(key) for key in keys]).decrypt(said.sealed.encode()) == WORD.encode()
    except (InvalidToken, ValueError):
        opened = False
    if not opened:
        raise Refusal("FIELD_KEYS does not hold the key of this backup; add it. Nothing was changed.")


def _put_files(room: Path) -> None:
    """Put keys and media in place; the old ones go only when the new ones stand."""
    for name, target in (("keys", Path(settings.HOME) / "keys"), ("media", Path(settings.MEDIA_ROOT))):
        aside = target.with_name(f"{target.name}.before")
        shutil.rmtree(aside, ignore_errors=True)
        if target.exists():
            target.rename(aside)
        if (room / name).exists():
            shutil.move(room / name, target)
        shutil.rmtree(aside, ignore_errors=True)


def _compare(said: manifest.Manifest) -> None:
    now = databases.counts()
    different = sorted(t for t in {*now, *said.rows} if now.get(t) != said.rows.get(t))
    if different:
        raise Refusal(f"after the restore these tables differ from the backup: {', '.join(different)}.")


def _note(source: Path) -> None:
    """Nobody is signed in, no mail goes twice, who derives from the tables looks again; one line says so."""
    with transaction.atomic():
        Session.objects.all().delete()
        UserSession.objects.all().delete()
        notify.give_up(why="Restored")
        audit.record(by=None, did="house.restored", on=source.name)
        for name in POSITIONS:
            audit.advance(name)
