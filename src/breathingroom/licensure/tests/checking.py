"""Factories for checks: what a member hands in, and files of the kinds that are taken."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from breathingroom.licensure import evidence, queries
from breathingroom.licensure.actions import checks
from breathingroom.licensure.actions.checks import Upload
from breathingroom.licensure.models import Evidence, Licence, Verification
from breathingroom.people.models import Member

PDF = b"%PDF-1.4\n1 0 obj<</Words(sealed words of a licence)>>endobj\ntrailer<<>>\n%%EOF\n"
WORDS = b"sealed words of a licence"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


def upload(content: bytes = PDF, name: str = "licence.pdf", kind: str = "pdf") -> Upload:
    return Upload(name, kind, content)


def handed_in(licence: Licence, *uploads: Upload) -> Verification:
    """A check of this licence, with these files, or one PDF."""
    check = None
    for each in uploads or (upload(),):
        check = checks.submit(by=licence.member, licence=licence, upload=each)
    assert check
    return check


def seen(check: Verification) -> str:
    """What the page of the decision would carry."""
    return queries.mark(Licence.objects.get(pk=check.licence_id))


def folder() -> Path:
    return Path(settings.HOME) / "evidence"


def lying() -> set[str]:
    """The names of all files that lie in the folder."""
    return {path.name for path in folder().iterdir()} if folder().exists() else set()


def file_of(row: Evidence) -> Path:
    return folder() / f"{row.pk}{evidence.SUFFIX}"


def on_disk(words: bytes) -> bool:
    """Whether these words lie unsealed in any file of the house's home."""
    files = (path for path in Path(settings.HOME).rglob("*") if path.is_file())
    return any(words in path.read_bytes() for path in files)


FOUND = {"against": "Ohio eLicense"}


def grant(op: Member, check: Verification, **more: Any) -> Verification:
    """What an operator does who found the licence active."""
    given = {**FOUND, "expires_on": None, "seen": seen(check), **more}
    return checks.grant(by=op, check=check, **given)
