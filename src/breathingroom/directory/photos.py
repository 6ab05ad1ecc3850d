"""Photographs: whatever was uploaded becomes a small clean WebP, and nothing else of it is kept."""

import datetime as dt
import hashlib
import io
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock

FOLDER = "listings"
SIDE = 640
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = {"JPEG": 40_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""By format: a JPEG is decoded at a fraction of its size, the others are decoded in full."""
FORMATS = ("JPEG", "PNG", "WEBP")


class UnusablePhoto(Exception):
    """The upload cannot become a photograph; `why` says so to the person."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


TOO_LARGE = _("This file is larger than 8 MB. Make a smaller copy and try again.")
TOO_MANY_PIXELS = _("This picture has too many pixels. Make a smaller copy and try again.")
NOT_A_PICTURE = _("This is not a picture we can read. Use a JPEG, PNG or WebP file.")


def clean(upload: bytes) -> bytes:
    """A WebP of at most 640 pixels a side, upright, without any metadata. Raises UnusablePhoto.

    The pixels are decoded and drawn anew: place, time, camera and hidden previews do not come along.
    """
    from PIL import Image  # slow to read: only who takes in a picture pays for it

    if len(upload) > MOST_BYTES:
        raise UnusablePhoto(TOO_LARGE)
    try:
        return _drawn(upload)
    except UnusablePhoto:
        raise
    except Image.DecompressionBombError as error:
        raise UnusablePhoto(TOO_MANY_PIXELS) from error
    except Exception as error:  # a decoder fed by strangers fails in every way there is
        raise UnusablePhoto(NOT_A_PICTURE) from error


def _drawn(upload: bytes) -> bytes:
    """Made small before anything else is done to it, so that only the decoder holds it at full size."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(upload), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
            raise UnusablePhoto(TOO_MANY_PIXELS)
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        picture.thumbnail((SIDE, SIDE), reducing_gap=None)
        layers = ImageOps.exif_transpose(picture).convert("RGBA")
    canvas = Image.new("RGB", layers.size, "white")
    canvas.paste(layers, mask=layers.getchannel("A"))
    out = io.BytesIO()
    canvas.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def store(listing: UUID, picture: bytes) -> str:
    """Keep a cleaned picture and return its name, which depends on the listing and every pixel."""
    name = hashlib.sha256(listing.bytes + picture).hexdigest()[:40] + ".webp"
    if not default_storage.exists(f"{FOLDER}/{name}"):
        default_storage.save(f"{FOLDER}/{name}", ContentFile(picture))
    return name


def read(name: str) -> bytes | None:
    """The picture of that name, None when the file is gone."""
    try:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def remove(name: str) -> None:
    """Delete the file; it is no error when it is gone already."""
    if name:
        default_storage.delete(f"{FOLDER}/{name}")


def older_than(hours: int) -> list[str]:
    """The names of all pictures kept for longer than that."""
    if not default_storage.exists(FOLDER):
        return []
    before = clock.now() - dt.timedelta(hours=hours)
    names = default_storage.listdir(FOLDER)[1]
    return [name for name in names if default_storage.get_modified_time(f"{FOLDER}/{name}") < before]
