"""The outbox: a mail is a row first, written with what it tells of, and sent by the worker afterwards."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.privacy import classified
from breathingroom.notify.choices import KEEP_BODY, State


def _forget_by_default() -> dt.datetime:
    return clock.now() + KEEP_BODY


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, at: dt.datetime) -> "MailQuerySet":
        """Those that somebody should send now."""
        return self.filter(state=State.QUEUED, due_at__lte=at)

    def claimed_before(self, at: dt.datetime) -> "MailQuerySet":
        """Those whose sender has been silent since."""
        return self.filter(state=State.SENDING, claimed_at__lt=at)

    def worn_out(self, at: dt.datetime) -> "MailQuerySet":
        """Those whose words have outlived their use."""
        return self.filter(forget_at__lte=at).exclude(body="", to="").exclude(state=State.SENDING)


@classified(
    keep=_("address and words for 7 days, a sign-in code for one hour; the bare row for 90 days"),
    private="id to key created_at due_at attempts state claimed_at sent_at error forget_at",
    secret="subject body file file_type file_name",
)
class Mail(models.Model):
    """One message to one address. Its id is its Message-ID: a second sending is no second mail.

    `file` is the text of what is attached, or empty. It is erased with the words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField(_("to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("words"), blank=True)
    file = models.TextField(_("attached"), blank=True)
    file_type = models.CharField(_("kind of file"), max_length=80, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=80, blank=True)
    key = models.CharField(_("key"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=80, blank=True)
    forget_at = models.DateTimeField(_("words erased"), default=_forget_by_default)

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["due_at"], name="mail_due", condition=models.Q(state=State.QUEUED)),
            models.Index(fields=["to"], name="mail_to"),
            models.Index(fields=["forget_at"], name="mail_forget"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="mail_key_is_used_once", condition=~models.Q(key="")
            ),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="mail_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=State.SENDING) | models.Q(claimed_at__isnull=False),
                name="mail_being_sent_is_claimed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SENT) | models.Q(sent_at__isnull=False),
                name="mail_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.get_state_display()}"
