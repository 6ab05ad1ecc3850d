"""What was handed in for checks in the small community: every licence listed waits, with a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from breathingroom.licensure import evidence
from breathingroom.licensure.models import Evidence, EvidenceView, Licence, Verification

if TYPE_CHECKING:
    from tests.laws.world import World

WORDS = "zqhandedinzq"
"""Stands in the file of each, with whose it is behind it."""


def about(world: World) -> dict[str, dict[str, tuple[Any, str]]]:
    """The check of the owner's licence, and the file handed in with it."""
    return {
        "staff_check": {"check": (world.things["check of owner"].pk, "owner")},
        "staff_check_file": {"file": (world.things["file of owner"].pk, "owner")},
    }


def make(world: World, role: str, licence: Licence) -> None:
    """A check that waits with a file which one operator, who has left since, has opened."""
    check = Verification.objects.create(licence=licence, note=f"Words to {role}")
    content = f"%PDF-1.4 {WORDS}{role} %%EOF".encode()
    file = Evidence.objects.create(verification=check, name=f"{role}.pdf", kind="pdf", size=len(content))
    evidence.store(file.pk, content)
    EvidenceView.objects.create(evidence=file, viewer=uuid4())
    world.things[f"check of {role}"], world.things[f"file of {role}"] = check, file
