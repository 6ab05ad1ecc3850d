"""Jobs of the room."""

from breathingroom.core.work import periodic
from breathingroom.safety.actions import crisis, limits, reports


@periodic("safety.crisis", seconds=600)
def publish_crisis_lines() -> None:
    """Write the snapshot anew, should another host have changed the lines or this one have lost the file."""
    crisis.publish()


@periodic("safety.limits", seconds=600)
def forget_attempts() -> None:
    limits.forget()


@periodic("safety.reports", seconds=3600)
def forget_reports() -> None:
    reports.forget()
