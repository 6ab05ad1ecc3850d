"""Enquiries: somebody asks a clinician whether they may come. Nobody is asked why."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock, marks
from breathingroom.core.fields import SealedTextField
from breathingroom.core.privacy import classified
from breathingroom.directory.choices import YES_LINES, EnquiryState, Line, Role
from breathingroom.directory.models.listing import Listing
from breathingroom.people.models import Member

ANSWERED = [EnquiryState.ACCEPTED, EnquiryState.DECLINED]
YES = [line.value for line in YES_LINES]
NO = [line.value for line in Line if line not in YES_LINES]
_UNTIL = _("30 days after anything about it changed; one that was never confirmed for two days")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries, filtered by adjectives."""

    def arrived(self) -> Self:
        """Those that a clinician can see: sent, due, and not kept away from them."""
        return self.filter(hidden=False, due_at__lte=clock.now()).exclude(state=EnquiryState.NEW)

    def waiting(self) -> Self:
        return self.filter(state=EnquiryState.WAITING)

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)


@classified(
    keep=_UNTIL,
    private="id member listing role state name email reach times line answer created_at changed_at due_at "
    "answer_by answered_at told_at counted",
    secret="person token hidden",
)
class Enquiry(models.Model):
    """One person asks one clinician, for one role: who they are, how to reach them, when it suits.

    The sender is a member, or a visitor with an address that they confirm before anything else happens.
    `person` marks the sender; `token` is the SHA-256 of the link a visitor was mailed. `hidden` keeps it from
    the clinician, and the sender cannot tell. It is in the clinician's hands from `due_at` on, and answered
    in time until `answer_by`; `counted` when that stands in the response record already.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="enquiries_sent")
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="enquiries")
    role = models.CharField(_("asked as"), max_length=10, choices=Role)
    state = models.CharField(_("state"), max_length=8, choices=EnquiryState)
    person = models.CharField(max_length=marks.LENGTH)
    name = SealedTextField(_("who they are"))
    email = SealedTextField(_("confirmed address"), blank=True)
    reach = SealedTextField(_("how to reach them"))
    times = SealedTextField(_("times that suit"), blank=True)
    line = models.CharField(_("first sentence of the answer"), max_length=8, choices=Line, blank=True)
    answer = SealedTextField(_("answer in own words"), blank=True)
    token = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)
    due_at = models.DateTimeField(_("in their hands since"), null=True)
    answer_by = models.DateTimeField(_("in time until"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    told_at = models.DateTimeField(_("they were told"), null=True)
    counted = models.BooleanField(_("in the response record"), default=False)
    hidden = models.BooleanField(default=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="enquiry_role_is_known"),
            models.CheckConstraint(condition=Q(state__in=EnquiryState.values), name="enquiry_state_is_known"),
            models.CheckConstraint(
                condition=Q(member__isnull=False, email="") | (Q(member__isnull=True) & ~Q(email="")),
                name="enquiry_has_one_sender",
            ),
            models.CheckConstraint(
                condition=Q(state=EnquiryState.NEW, member__isnull=True, due_at__isnull=True)
                | (~Q(state=EnquiryState.NEW) & Q(due_at__isnull=False, answer_by__isnull=False)),
                name="enquiry_is_due_once_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state=EnquiryState.ACCEPTED, line__in=YES, answered_at__isnull=False)
                | Q(state=EnquiryState.DECLINED, line__in=NO, answered_at__isnull=False)
                | (~Q(state__in=ANSWERED) & Q(line="", answered_at__isnull=True)),
                name="enquiry_answer_fits_its_state",
            ),
            models.UniqueConstraint(
                fields=["listing", "person", "role"],
                condition=Q(state=EnquiryState.WAITING),
                name="enquiry_waits_once",
            ),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="enquiry_token_opens_one"),
        ]
        indexes = [
            models.Index(fields=["changed_at"], name="enquiry_changed"),
            models.Index(fields=["person"], name="enquiry_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == EnquiryState.WAITING

    @property
    def is_accepted(self) -> bool:
        return self.state == EnquiryState.ACCEPTED


@classified(keep=_UNTIL, private="role changed_at", secret="mark")
class EnquiryPair(models.Model):
    """Two people, as one HMAC, of whom one has agreed to be the other's therapist, or supervisor.

    It is there so that the same two do not agree on both; the row names nobody.
    """

    mark = models.CharField(max_length=marks.LENGTH, primary_key=True)
    role = models.CharField(_("agreed as"), max_length=10, choices=Role)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("agreement between two people")
        verbose_name_plural = _("agreements between two people")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[Role.THERAPIST, Role.SUPERVISOR]), name="enquiry_pair_role_is_exclusive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())


@classified(
    keep=_("until it is lifted or the clinician erases the account"),
    private="id member blocked_on",
    secret="mark whom",
)
class EnquiryBlock(models.Model):
    """Somebody whose enquiries do not arrive: at one clinician, or anywhere when no member is named.

    They are known by the mark of their address, and as a member while they are one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="enquiry_blocks")
    mark = models.CharField(max_length=marks.LENGTH, db_index=True)
    whom = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    blocked_on = models.DateField(_("blocked"), default=clock.today)

    class Meta:
        verbose_name = _("blocked sender")
        verbose_name_plural = _("blocked senders")
        ordering = ["-blocked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "mark"], name="enquiry_block_once"),
            models.UniqueConstraint(
                fields=["mark"], condition=Q(member__isnull=True), name="enquiry_block_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(whom__isnull=True) | Q(member__isnull=True) | ~Q(whom=F("member")),
                name="enquiry_block_is_not_of_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocked_on:%Y-%m-%d}"


@classified(keep=_("12 months; it says nothing of who wrote"), public="id listing month received in_time")
class ResponseMonth(models.Model):
    """How many enquiries that came in a month (its first day) were due, and how many answered in time."""

    id = models.BigAutoField(primary_key=True)
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="responses")
    month = models.DateField(_("month"))
    received = models.PositiveIntegerField(_("enquiries"), default=0)
    in_time = models.PositiveIntegerField(_("answered within two working days"), default=0)

    class Meta:
        verbose_name = _("response record of a month")
        verbose_name_plural = _("response records by month")
        constraints = [
            models.UniqueConstraint(fields=["listing", "month"], name="response_month_once"),
            models.CheckConstraint(
                condition=Q(in_time__lte=F("received")), name="response_month_in_time_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.in_time}/{self.received}"
