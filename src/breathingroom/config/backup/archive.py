"""The tar: its members written and read in one pass, each with its checksum."""

import hashlib
import io
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from breathingroom.config.backup import manifest
from breathingroom.config.house import Refusal

DATABASE = "database"
SAFE = re.compile(r"(?:database|manifest\.json|(?:keys|media)(?:/[^/\0]+)+)")
MOST_KEYS = 1 << 20
Moved = Callable[[int], object]


class Meter(io.RawIOBase):
    """A file read through here is counted and hashed."""

    def __init__(self, file: IO[bytes], moved: Moved) -> None:
        super().__init__()
        self.file, self.moved, self.digest = file, moved, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part = self.file.read(size)
        self.digest.update(part)
        self.moved(len(part))
        return part


class Writer:
    """Adds members; `files` collects their checksums."""

    def __init__(self, target: IO[bytes], moved: Moved) -> None:
        self.tar = tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - see close
        self.moved = moved
        self.files: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file; one that has gone meanwhile is passed over."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file:
            info = tarfile.TarInfo(name)
            info.size, info.mode = path.stat().st_size, 0o600
            meter = Meter(file, self.moved)
            self.tar.addfile(info, meter)
        self.files[name] = meter.digest.hexdigest()

    def add_text(self, name: str, text: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))
        self.files[name] = hashlib.sha256(text).hexdigest()

    def close(self) -> None:
        """Write the end of the archive."""
        self.tar.close()


def unpack(source: IO[bytes], folder: Path, moved: Moved) -> manifest.Manifest:
    """Write every member below `folder`, and compare all with the manifest, which is returned.

    Raises Refusal for anything missing, changed, added, or with a name that leads elsewhere.
    """
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            found = {name: _extract(file, folder / name, moved) for name, file in _members(tar)}
    except (tarfile.TarError, EOFError) as error:
        raise Refusal(f"this is no backup, or a damaged one: {error}.") from None
    if manifest.NAME not in found:
        raise Refusal("the backup has no manifest: it was cut off, or is none. Nothing was changed.")
    said = manifest.read((folder / manifest.NAME).read_bytes())
    del found[manifest.NAME]
    different = sorted(name for name in {*found, *said.files} if found.get(name) != said.files.get(name))
    if different or DATABASE not in found:
        raise Refusal(f"the backup is damaged: {', '.join(different) or DATABASE}. Nothing was changed.")
    return said


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for info in tar:
        parts = info.name.split("/")
        file = tar.extractfile(info) if info.isreg() else None
        if file is None or not SAFE.fullmatch(info.name) or {".", ".."} & set(parts):
            raise Refusal(
                f"the backup holds {info.name!r}, which no backup of ours holds. Nothing was changed."
            )
        yield info.name, file


def _extract(file: IO[bytes], path: Path, moved: Moved) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    meter = Meter(file, moved)
    with path.open("xb") as target:
        path.chmod(0o600)
        while part := meter.read(1 << 20):
            target.write(part)
    return meter.digest.hexdigest()
