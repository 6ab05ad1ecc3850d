"""Keeping the lists of whom members keep away from in step with who is here."""

from breathingroom.core.work import periodic
from breathingroom.directory.actions import hiding


@periodic("directory.hiding", seconds=3600)
def bind() -> int:
    """Note which member stands behind a listed address; how many were noted."""
    return hiding.bind()
