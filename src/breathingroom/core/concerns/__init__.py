"""What clinicians carry: a shared taxonomy, and how everyday words are read as it."""

from breathingroom.core.concerns.reading import read
from breathingroom.core.concerns.taxonomy import CONCERNS, GROUPS, Concern, Group, by_code, choices

__all__ = ["CONCERNS", "GROUPS", "Concern", "Group", "by_code", "choices", "read"]
