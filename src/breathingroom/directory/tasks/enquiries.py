"""Jobs about enquiries."""

from breathingroom.core.work import periodic
from breathingroom.directory.actions import answers


@periodic("directory.enquiries.deliver", seconds=60)
def deliver() -> None:
    """What waited for the next day."""
    answers.deliver_due()


@periodic("directory.enquiries.record", seconds=300)
def record() -> None:
    """What was not answered in time."""
    answers.count_late()


@periodic("directory.enquiries.forget", seconds=3600)
def forget() -> None:
    """What has been still for 30 days."""
    answers.forget()
