"""What the worker does for the outbox."""

from breathingroom.core.work import periodic
from breathingroom.notify import actions


@periodic("notify.send", seconds=2)
def send() -> None:
    actions.send_due()


@periodic("notify.forget", seconds=300)
def forget() -> None:
    actions.forget()
