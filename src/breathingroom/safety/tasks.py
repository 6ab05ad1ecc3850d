"""Jobs of the room."""

from breathingroom.core.work import periodic
from breathingroom.safety import actions


@periodic("safety.crisis", seconds=600)
def publish_crisis_lines() -> None:
    """Write the snapshot anew, should another host have changed the lines or this one have lost the file."""
    actions.publish()
