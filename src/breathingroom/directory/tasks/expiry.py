"""Asking providers whether their openings are still right, before the promise runs out."""

from breathingroom.core.work import periodic
from breathingroom.directory.actions import expiry


@periodic("directory.expiry", seconds=300)
def ask() -> int:
    """Write to those who are due; how many they were."""
    return expiry.ask()
