"""The arrays of an index in one file that all processes of a host map, or in memory for a small house.

The file is written beside and renamed, so that a reader sees the old one or the new one. One that is
damaged, or that other code wrote, is as good as none.
"""

import hashlib
import json
import mmap
import os
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from breathingroom.core import text
from breathingroom.directory.index.bits import Array

MAGIC = b"BR-FIND\n"
_HEAD = 24  # the magic, the length of the header, a sum over all that follows
_STEP = 64


@dataclass(frozen=True)
class Image:
    """Arrays by name, and `meta`, which is JSON."""

    arrays: dict[str, Array]
    meta: dict[str, Any]

    def pieces(self, name: str) -> "Pieces":
        return Pieces(self.arrays[f"{name}_bytes"], self.arrays[f"{name}_starts"])


@dataclass(frozen=True, slots=True)
class Pieces(Sequence[bytes]):
    """Pieces of bytes that lie end to end."""

    data: Array
    starts: Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: Any) -> Any:
        return self.data[int(self.starts[place]) : int(self.starts[place + 1])].tobytes()


@cache
def code() -> str:
    """A mark of the code that makes and reads these files: another mark, another file."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(text.__file__)]
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=12).hexdigest()


def write(path: Path, image: Image) -> None:
    """Put the image into the file `path`, at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.draft")
    try:
        with draft.open("xb") as file:
            os.chmod(draft, 0o600)
            _fill(file, image)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _fill(file: Any, image: Image) -> None:
    spans, at = {}, 0
    for name, values in image.arrays.items():
        spans[name] = (values.dtype.str, values.shape, at)
        at += -(-values.nbytes // _STEP) * _STEP
    header = json.dumps({"code": code(), "spans": spans, "size": at, "meta": image.meta}).encode()
    header += b" " * (-(_HEAD + len(header)) % _STEP)
    file.write(b"\0" * _HEAD + header)
    total = zlib.crc32(header)
    for values in image.arrays.values():
        raw = np.ascontiguousarray(values).view(np.uint8).reshape(-1).data
        for piece in (raw, b"\0" * (-len(raw) % _STEP)):
            total = zlib.crc32(piece, total)
            file.write(piece)
    file.seek(0)
    file.write(MAGIC + len(header).to_bytes(8, "little") + total.to_bytes(8, "little"))


def read(path: Path) -> Image | None:
    """The image in the file, mapped; None when there is no such file, or none that this code can trust."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, or empty
        return None
    length, total = (int.from_bytes(data[at : at + 8], "little") for at in (8, 16))
    if data[:8] != MAGIC or zlib.crc32(memoryview(data)[_HEAD:]) != total:
        return None
    try:
        header = json.loads(data[_HEAD : _HEAD + length])
    except ValueError:
        return None
    if header["code"] != code():
        return None
    arrays = {
        name: np.frombuffer(data, dtype, int(np.prod(shape)), _HEAD + length + at).reshape(shape)
        for name, (dtype, shape, at) in header["spans"].items()
    }
    return Image(arrays, header["meta"])
