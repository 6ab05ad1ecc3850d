"""How this house meets its libraries (allauth), and what it answers for about people (stewards)."""

from breathingroom.people.adapters import stewards
from breathingroom.people.adapters.account import AccountAdapter
from breathingroom.people.adapters.second_factor import MFAAdapter

__all__ = ["AccountAdapter", "MFAAdapter", "stewards"]
