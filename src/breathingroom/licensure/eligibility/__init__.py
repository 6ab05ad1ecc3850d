"""May this clinician see someone who will be sitting there, on that day? Yes, ask, or no.

Pure: no query, no clock, no settings. Everything it needs is in its arguments; ADR 0004 says why each rule
is as it is. The answer over several licences is the best of the answers over each, so that a further
licence or authority can never make it worse.
"""

from breathingroom.licensure.eligibility.answer import EXPIRING_DAYS, may_see
from breathingroom.licensure.eligibility.sentences import Rule
from breathingroom.licensure.eligibility.types import (
    RANK,
    Answer,
    AuthorityHeld,
    Basis,
    Case,
    CompactFacts,
    Facts,
    LicenceHeld,
    Membership,
    Place,
    Privilege,
    Reach,
    Understanding,
    Verdict,
)

__all__ = [
    "EXPIRING_DAYS",
    "RANK",
    "Answer",
    "AuthorityHeld",
    "Basis",
    "Case",
    "CompactFacts",
    "Facts",
    "LicenceHeld",
    "Membership",
    "Place",
    "Privilege",
    "Reach",
    "Rule",
    "Understanding",
    "Verdict",
    "may_see",
]
