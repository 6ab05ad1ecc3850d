"""Writes of the room: the snapshot that lets crisis lines answer without the database."""

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from breathingroom.safety import crisis
from breathingroom.safety.models import CrisisLine, EmergencyNumber

_SHOWN = [field.name for field in fields(crisis.Line)]


def publish_on_commit() -> None:
    """Write the snapshot anew once the caller's transaction is in the database."""
    transaction.on_commit(publish, robust=True)


def publish() -> bool:
    """Write HOME/crisis.json from the tables, atomically; False (and no file) while they are empty."""
    shown = CrisisLine.objects.filter(hidden=False)
    data = {
        "emergency": dict(EmergencyNumber.objects.values_list("country", "numbers")),
        "lines": [_row(line) for line in shown],
    }
    if not data["lines"]:
        return False
    _replace(Path(settings.HOME) / crisis.SNAPSHOT, json.dumps(data, ensure_ascii=False, indent=1))
    return True


def _row(line: CrisisLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _SHOWN} | {"as_of": line.as_of.isoformat()}


def _replace(path: Path, text: str) -> None:
    """Readers see the old file or the new one, never half of one; an unchanged one is left alone."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
