"""What the worker does for the people room."""

from breathingroom.core.work import periodic
from breathingroom.people import actions


@periodic("people.forget", seconds=3600)
def forget() -> None:
    actions.forget_unverified()
    actions.forget_old()


@periodic("people.forget_attempts", seconds=120)
def forget_attempts() -> None:
    actions.forget_attempts()
