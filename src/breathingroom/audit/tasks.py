"""What the log does by itself."""

from breathingroom.audit import actions
from breathingroom.core.work import periodic


@periodic("audit.changes", seconds=3600)
def forget_changes() -> None:
    """Changes are told for a week."""
    actions.forget_changes()
