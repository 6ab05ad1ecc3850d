"""Evidence on disk: cleaned, sealed with the house's own keys, in a folder that no address leads to.

The folder is in no backup: what is promised to be deleted must not come back with an old one.
"""

import io
import os
import re
import secrets
import unicodedata
from pathlib import Path
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.fields import seal_bytes, unseal_bytes
from breathingroom.licensure.choices import EvidenceKind
from breathingroom.licensure.models.verification import MOST_BYTES

SIDE = 2400
"""Pixels: small print on a page stays readable."""
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
SUFFIX = ".sealed"
TYPES = {EvidenceKind.PDF.value: "application/pdf", EvidenceKind.JPEG.value: "image/jpeg"}
_ENDS = {EvidenceKind.PDF.value: ".pdf", EvidenceKind.JPEG.value: ".jpg"}


class Unusable(Exception):
    """The upload cannot be evidence; `why` says so to the person."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


EMPTY = _("This file is empty. Choose it again.")
TOO_LARGE = _("This file is larger than 8 MB. Make a smaller copy and try again.")
TOO_MANY_PIXELS = _("This picture has too many pixels. Make a smaller copy and try again.")
NEITHER = _("This is neither a PDF nor a picture we can read. Use a PDF, JPEG or PNG file.")
LOCKED = _("This PDF is locked with a password. Save a copy without one and try again.")


def clean(upload: bytes) -> tuple[str, bytes]:
    """(kind, content) of an upload. Raises Unusable.

    A picture is drawn anew, so that place, time and camera do not come along. A PDF stays as it is.
    """
    if not upload:
        raise Unusable(EMPTY)
    if len(upload) > MOST_BYTES:
        raise Unusable(TOO_LARGE)
    if upload.startswith(b"%PDF-"):
        return EvidenceKind.PDF.value, _whole_pdf(upload)
    return EvidenceKind.JPEG.value, _drawn(upload)


def _whole_pdf(upload: bytes) -> bytes:
    if b"%%EOF" not in upload[-2048:]:
        raise Unusable(NEITHER)
    if re.search(rb"/Encrypt\b", upload):
        raise Unusable(LOCKED)
    return upload


def _drawn(upload: bytes) -> bytes:
    from PIL import Image, ImageOps  # slow to read: only who takes in a picture pays for it

    try:
        with Image.open(io.BytesIO(upload), formats=tuple(MOST_PIXELS)) as picture:
            if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
                raise Unusable(TOO_MANY_PIXELS)
            picture.draft("RGB", (SIDE, SIDE))
            picture.thumbnail((SIDE, SIDE), reducing_gap=None)
            layers = ImageOps.exif_transpose(picture).convert("RGBA")
    except Unusable:
        raise
    except Image.DecompressionBombError as error:
        raise Unusable(TOO_MANY_PIXELS) from error
    except Exception as error:  # a decoder fed by strangers fails in every way there is
        raise Unusable(NEITHER) from error
    canvas = Image.new("RGB", layers.size, "white")
    canvas.paste(layers, mask=layers.getchannel("A"))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=85)
    return out.getvalue()


def clean_name(given: str, kind: str) -> str:
    """The name somebody gave a file, as a plain word or two with the ending that it deserves."""
    stem = unicodedata.normalize("NFKC", given).replace("\\", "/").rpartition("/")[2].rpartition(".")
    letters = "".join(c if c.isalnum() or c in " -_" else " " for c in (stem[0] or stem[2]))
    return (" ".join(letters.split())[:60].strip() or "file") + _ENDS[kind]


def store(number: UUID, content: bytes) -> None:
    """Write the sealed file, whole or not at all, for nobody but the house's own user."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{number}.{secrets.token_hex(4)}.draft"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(seal_bytes(content))
    os.replace(draft, folder / f"{number}{SUFFIX}")


def read(number: UUID) -> bytes | None:
    """The file as it was handed in; None when it is gone, or the key that sealed it is."""
    try:
        return unseal_bytes((_folder() / f"{number}{SUFFIX}").read_bytes())
    except (FileNotFoundError, InvalidToken):
        return None


def remove(number: UUID) -> None:
    """Delete the file; it is no error when it is gone already."""
    (_folder() / f"{number}{SUFFIX}").unlink(missing_ok=True)


def older_than(seconds: float) -> dict[Path, UUID | None]:
    """Every file that has lain there for so long, and the number it is kept under, None for a draft."""
    before = clock.now().timestamp() - seconds
    found = _folder().iterdir() if _folder().exists() else iter(())
    return {path: _number(path) for path in found if _written(path) < before}


def _written(path: Path) -> float:
    """When, in seconds; a file that has just gone counts as new."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _number(path: Path) -> UUID | None:
    try:
        return UUID(path.name.removesuffix(SUFFIX)) if path.name.endswith(SUFFIX) else None
    except ValueError:
        return None


def _folder() -> Path:
    return Path(settings.HOME) / "evidence"
