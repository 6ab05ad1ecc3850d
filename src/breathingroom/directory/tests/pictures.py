"""Pictures for tests, honest and otherwise."""

import io
import struct
import zlib

from PIL import Image


def jpeg(colour: str = "green", size: tuple[int, int] = (900, 1200), exif: bool = True) -> bytes:
    """A photograph with a place, a camera and an orientation in it."""
    picture, out = Image.new("RGB", size, colour), io.BytesIO()
    told = Image.Exif()
    told[0x010F], told[0x0112] = "SECRETCAMERA", 6
    told.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", **({"exif": told} if exif else {}))
    return out.getvalue()


def image(format: str, mode: str = "RGB", size: tuple[int, int] = (20, 10)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 1 if mode == "P" else None).save(out, format)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG that says it has `side` by `side` pixels, in a few hundred bytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
