"""What a backup says about itself."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from breathingroom.config.house import Refusal
from breathingroom.core import clock

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """`rows` counts each table; `files` has a SHA-256 for each member of the archive but this one.

    `sealed` is a known word, sealed with the keys of the house: who can open it can read the sealed fields.
    """

    version: str
    made_at: str
    database: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str]
    sealed: str
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read(text: bytes) -> Manifest:
    """Raises Refusal when the text is no manifest of a format known here."""
    try:
        found: dict[str, Any] = json.loads(text)
        manifest = Manifest(**found)
    except (ValueError, TypeError):
        raise Refusal("the backup's manifest cannot be read. Nothing was changed.") from None
    if manifest.format != FORMAT:
        raise Refusal(f"the backup has format {manifest.format}; this program knows {FORMAT}.")
    return manifest


def moment() -> str:
    """Now, in UTC, for the manifest."""
    return clock.now().isoformat(timespec="seconds")
