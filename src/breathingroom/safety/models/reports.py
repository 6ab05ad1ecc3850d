"""Reports to the moderators, and what was decided."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.fields import SealedTextField
from breathingroom.core.privacy import classified
from breathingroom.safety.choices import Decision, Reason, Scope


@classified(
    keep=_("until 90 days after the decision"),
    private="id reporter about kind object_id reason words excerpt made_at decision said decided_at",
    secret="decided_by",
)
class Report(models.Model):
    """One thing that somebody found wrong. `excerpt` is what it said then: it may be erased meanwhile.

    `about` is who wrote it, where that is a member; `said` what the moderator wrote to them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_made"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_about"
    )
    kind = models.CharField(_("what"), max_length=40)
    object_id = models.CharField(_("number"), max_length=40)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    words = SealedTextField(_("in their words"), blank=True)
    excerpt = SealedTextField(_("what it said"))
    made_at = models.DateTimeField(_("made"), default=clock.now)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    said = SealedTextField(_("said to the member"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="report_reason_is_known"),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]), name="report_decision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="report_decision_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["reporter", "kind", "object_id"], condition=Q(decision=""), name="report_is_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.get_reason_display()}"

    @property
    def is_open(self) -> bool:
        return not self.decision


@classified(
    keep=_("until a moderator lifts it or the member erases the account"),
    private="id member scope report began_at",
)
class Sanction(models.Model):
    """What a member may not do until a moderator lifts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    scope = models.CharField(_("what they may not do"), max_length=10, choices=Scope)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="sanctions")
    began_at = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(fields=["member", "scope"], name="sanction_once_a_scope"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="sanction_scope_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_scope_display())
