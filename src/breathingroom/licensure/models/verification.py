"""The check of a licence: what a member handed in, who looked at it, and what was decided."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.privacy import classified
from breathingroom.licensure.choices import CheckKind, CheckReason, CheckState, EvidenceKind
from breathingroom.licensure.models.held import Licence

OPEN = (CheckState.WAITING, CheckState.SECOND_LOOK, CheckState.ASKED)
"""A check in one of these is not decided yet."""
QUEUED = (CheckState.WAITING, CheckState.SECOND_LOOK)
"""It is the staff's turn."""
DECIDED = (CheckState.GRANTED, CheckState.REFUSED)
MOST_FILES = 3
MOST_BYTES = 8 * 1024 * 1024


class VerificationQuerySet(models.QuerySet["Verification"]):
    def is_open(self) -> "VerificationQuerySet":
        return self.filter(state__in=OPEN)

    def queued(self) -> "VerificationQuerySet":
        """What waits for the staff, oldest first."""
        return self.filter(state__in=QUEUED).order_by("submitted_at", "pk")


@classified(
    keep=_("as long as the licence; what was handed in with it is gone soon after the decision"),
    private="id licence kind state submitted_at changed_at decided_at reason note",
    secret="decided_by",
)
class Verification(models.Model):
    """One check of one licence, from the member's asking, or the year's turning, to the decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    licence = models.ForeignKey(
        Licence, models.CASCADE, related_name="verifications", verbose_name=_("licence")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=CheckKind, default=CheckKind.FIRST)
    state = models.CharField(_("state"), max_length=12, choices=CheckState, default=CheckState.WAITING)
    submitted_at = models.DateTimeField(_("handed in"), default=clock.now)
    changed_at = models.DateTimeField(_("last changed"), default=clock.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.UUIDField(_("decided by"), null=True, blank=True)  # outlives the operator's account
    reason = models.CharField(_("reason"), max_length=12, choices=CheckReason, blank=True)
    note = models.CharField(_("words to the member"), max_length=400, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a licence")
        verbose_name_plural = _("checks of licences")
        ordering = ["submitted_at", "id"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="verification_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["licence"], condition=Q(state__in=OPEN), name="verification_one_open_per_licence"
            ),
            models.CheckConstraint(condition=Q(kind__in=CheckKind.values), name="verification_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=CheckState.values), name="verification_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *CheckReason.values]), name="verification_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True, decided_by__isnull=True)),
                name="verification_decided_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CheckState.REFUSED, CheckState.ASKED]) | ~Q(reason=""),
                name="verification_no_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_queued(self) -> bool:
        """Whether it is the staff's turn."""
        return self.state in QUEUED


@classified(
    keep=_("the file until the decision, at most 30 days; that there was one, as long as the licence"),
    private="id verification name kind size uploaded_at purged_at",
)
class Evidence(models.Model):
    """One file that a member handed in. Its bytes lie sealed in a folder of their own, under its number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verification = models.ForeignKey(
        Verification, models.CASCADE, related_name="evidence", verbose_name=_("check")
    )
    name = models.CharField(_("name of the file"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=4, choices=EvidenceKind)
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_at = models.DateTimeField(_("handed in"), default=clock.now)
    purged_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["uploaded_at", "id"]
        indexes = [
            models.Index(fields=["uploaded_at"], condition=Q(purged_at__isnull=True), name="evidence_kept")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_is_known"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES), name="evidence_size_is_bounded"
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True) | Q(name=""), name="evidence_purged_with_its_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


@classified(keep=_("as long as the licence"), private="id evidence at", secret="viewer")
class EvidenceView(models.Model):
    """That one of the staff opened a file: each may once."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="views", verbose_name=_("evidence"))
    viewer = models.UUIDField(_("viewed by"))  # outlives the operator's account
    at = models.DateTimeField(_("viewed"), default=clock.now)

    class Meta:
        verbose_name = _("view of evidence")
        verbose_name_plural = _("views of evidence")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "viewer"], name="evidence_viewed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
