"""Taking a backup: a snapshot of the database, then everything into one file, in one pass."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Never

from django.conf import settings
from django.db import transaction
from tqdm import tqdm

from breathingroom.audit import actions as audit
from breathingroom.config.backup import archive, databases, manifest, sealing
from breathingroom.config.house import Refusal
from breathingroom.core.fields import seal

WORD = "breathing room"


def backup(target: Path, lock: sealing.Lock) -> manifest.Manifest:
    """Write the whole house to the file `target`, readable by its owner alone; returns what is in it.

    The house may be in use meanwhile. Raises Refusal when the file exists or cannot be written.
    """
    if target.exists():
        raise Refusal(f"{target} exists already. Nothing was written.")
    with workroom() as room, _whole_or_none(target) as draft:
        rows = databases.snapshot(room / archive.DATABASE)
        applied = databases.applied()
        members = [(archive.DATABASE, room / archive.DATABASE), *_media()]
        size = sum(path.stat().st_size for _, path in members)
        with draft.open("wb") as file, sealing.sealed(file, lock) as stream, _bar("Backup", size) as bar:
            writer = archive.Writer(stream, bar.update)
            for name, path in members:
                writer.add(name, path)
            _add_keys(writer)
            said = _manifest(rows, applied, writer.files)
            writer.add_text(manifest.NAME, said.to_json())
            writer.close()
    with transaction.atomic():
        audit.record(by=None, did="house.backed_up", on=target.name)
    return said


def _manifest(rows: dict[str, int], applied: list[str], files: dict[str, str]) -> manifest.Manifest:
    return manifest.Manifest(
        version=version("breathingroom"),
        made_at=manifest.moment(),
        database=databases.kind(),
        migrations=applied,
        rows=rows,
        files=dict(files),
        sealed=seal(WORD),
    )


def _media() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"media/{path.relative_to(root).as_posix()}", path


def _add_keys(writer: archive.Writer) -> None:
    """The keys in force, wherever they come from: a backup without them opens no sealed field."""
    writer.add_text("keys/secret_key", settings.SECRET_KEY.encode())
    writer.add_text("keys/field_keys", "\n".join(settings.FIELD_KEYS).encode())


@contextmanager
def workroom() -> Iterator[Path]:
    """A folder in the house's home that only its user can enter, gone afterwards."""
    room = Path(settings.HOME) / f"work-{secrets.token_hex(6)}"
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _whole_or_none(target: Path) -> Iterator[Path]:
    """A file beside `target` that takes its name when all went well, and is deleted otherwise."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise Refusal(f"{target} cannot be written: {error.strerror}.") from None
    try:
        yield draft
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


def _bar(what: str, size: int) -> "tqdm[Never]":
    return tqdm(desc=what, total=size, unit="B", unit_scale=True, delay=2)
