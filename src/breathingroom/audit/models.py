"""What was done with power, kept for good; and counters that say how far each room has come."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.privacy import classified


@classified(
    keep=_("for good: a line holds no name and no address, only random numbers"),
    private="id at actor did on_type on_id why",
)
class Event(models.Model):
    """One line of the log. It has no foreign keys, so nothing that is erased can take a line with it.

    The database itself refuses to change or delete a line (triggers in migration 0002).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    actor = models.UUIDField(_("who"), null=True, editable=False)
    did = models.CharField(_("did"), max_length=80, editable=False)
    on_type = models.CharField(_("on what"), max_length=80, blank=True, editable=False)
    on_id = models.CharField(_("number"), max_length=80, blank=True, editable=False)
    why = models.CharField(_("reason given"), max_length=500, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit lines")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["on_type", "on_id"], name="event_on"),
            models.Index(fields=["actor", "id"], name="event_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(did=""), name="event_says_what_was_done"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.did} {self.on_type} {self.on_id}".strip()


@classified(keep=_("as long as the house stands; tells nothing about anybody"), public="name value epoch")
class Position(models.Model):
    """A counter that a room moves at each write: whoever derives from it knows when to look again.

    Within one `epoch` the changes say what was written at each value. Another epoch means: anything may
    differ, look at all of it again.
    """

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="position_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


@classified(keep=_("a week"), private="id room value key at")
class Change(models.Model):
    """What a room wrote when it came to `value`: `key` is the number of a listing, a member, or the like.

    It has no foreign key: what was deleted is a change too.
    """

    id = models.BigAutoField(primary_key=True)
    room = models.CharField(max_length=40)
    value = models.BigIntegerField()
    key = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "value", "key"], name="change_is_told_once"),
            models.CheckConstraint(condition=~models.Q(key=""), name="change_says_of_what"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.value} {self.key}"
