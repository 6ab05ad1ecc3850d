"""Who may practise what, where: facts that an operator edits, and the licences that members hold."""

from breathingroom.licensure.models.facts import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)
from breathingroom.licensure.models.held import Authority, Licence
from breathingroom.licensure.models.verification import Evidence, EvidenceView, Verification

__all__ = [
    "Authority",
    "Compact",
    "CompactMember",
    "CompactPrivilege",
    "Evidence",
    "EvidenceView",
    "Jurisdiction",
    "Licence",
    "Mobility",
    "NuccCode",
    "Profession",
    "Registration",
    "Title",
    "Verification",
]
