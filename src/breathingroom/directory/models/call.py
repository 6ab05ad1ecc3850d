"""Introductory calls: when a clinician offers them, and which are booked.

Times are kept as they stand on a wall: a time of day and the name of a zone. What moment that is follows from
the rules of the zone, so an offer at nine stays at nine when the clocks change.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock, zones
from breathingroom.core.calendar import Hold
from breathingroom.core.fields import SealedTextField
from breathingroom.core.privacy import classified
from breathingroom.directory.choices import CALL_MINUTES, CallBy, CallSide, CallState
from breathingroom.directory.models.listing import Listing

WEEK = dt.timedelta(days=7)


@classified(
    keep=_("as long as the listing"),
    private="listing by reach notice_hours horizon_days",
)
class CallTerms(models.Model):
    """How a clinician's calls happen. `reach` is a number to ring or the address of an online room."""

    listing = models.OneToOneField(Listing, models.CASCADE, primary_key=True, related_name="call_terms")
    by = models.CharField(_("how it happens"), max_length=5, choices=CallBy.choices)
    reach = SealedTextField(_("number or link"))
    notice_hours = models.PositiveSmallIntegerField(_("hours of notice"), default=24)
    horizon_days = models.PositiveSmallIntegerField(_("days ahead"), default=28)

    class Meta:
        verbose_name = _("terms of calls")
        verbose_name_plural = _("terms of calls")
        constraints = [
            models.CheckConstraint(condition=Q(by__in=CallBy.values), name="call_terms_way_is_known"),
            models.CheckConstraint(condition=Q(notice_hours__range=(1, 336)), name="call_terms_notice"),
            models.CheckConstraint(condition=Q(horizon_days__range=(7, 92)), name="call_terms_horizon"),
        ]

    def __str__(self) -> str:
        return str(CallBy(self.by).label)


@classified(
    keep=_("as long as the listing; 30 days after its last day"),
    members="id listing weekday begins_on ends_on at time_zone minutes paused",
)
class CallOffer(models.Model):
    """One time for a call: each week on a `weekday` (0 is Monday), or on one day when that is None.

    It holds from `begins_on` until `ends_on`, both included; a weekly one may have no end. `at` is the time
    on the wall in `time_zone`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="call_offers")
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    at = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    paused = models.BooleanField(_("paused"), default=False)

    class Meta:
        verbose_name = _("time offered for calls")
        verbose_name_plural = _("times offered for calls")
        ordering = ["weekday", "begins_on", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "listing",
                Coalesce("weekday", 7),
                "begins_on",
                "at",
                "time_zone",
                name="call_offer_once",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="call_offer_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="call_offer_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=False) | Q(ends_on=F("begins_on"), ends_on__isnull=False),
                name="call_offer_of_one_day_has_one_day",
            ),
            models.CheckConstraint(condition=Q(minutes__in=CALL_MINUTES), name="call_offer_is_short"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.time_zone}"

    def days(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The days between `first` and `last`, both included, on which it is offered; skips aside."""
        day = max(first, self.begins_on)
        end = min(last, self.ends_on) if self.ends_on else last
        if self.weekday is not None:
            day += dt.timedelta(days=(self.weekday - day.weekday()) % 7)
        while day <= end:
            yield day
            day += WEEK

    def starts_at(self, day: dt.date) -> dt.datetime | None:
        """The moment of that day's call in UTC; None when the zone is known no more."""
        zone = zones.known(self.time_zone)
        return zones.moment(day, self.at, zone) if zone else None


@classified(keep=_("until the day is over"), members="id offer on")
class CallSkip(models.Model):
    """A day on which an offer does not hold."""

    offer = models.ForeignKey(CallOffer, models.CASCADE, related_name="skips")
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("day left out")
        verbose_name_plural = _("days left out")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["offer", "on"], name="call_skip_once")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, filtered by adjectives."""

    def open(self) -> Self:
        """Booked, and not known to be over."""
        return self.filter(state=CallState.OPEN)

    def of(self, member: models.Model) -> Self:
        """Those that somebody booked, or that were booked with them."""
        return self.filter(Q(member=member) | Q(listing__member=member))

    def around(self, first: dt.datetime, last: dt.datetime) -> Self:
        """Open ones that may touch the time between two moments; a call takes half an hour at most."""
        longest = dt.timedelta(minutes=max(CALL_MINUTES))
        return self.open().filter(starts_at__gt=first - longest, starts_at__lt=last)


@classified(
    keep=_("30 days after its time, cancelled ones too"),
    private="id member listing on at time_zone starts_at minutes state cancelled_by sequence booked_at "
    "changed_at",
)
class Call(models.Model):
    """One booked call. Its id is the UID in calendars; `sequence` rises with each change, as they want it.

    `on`, `at` and `time_zone` are what was agreed; `starts_at` is what that means by today's rules.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calls")
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="calls")
    on = models.DateField(_("day"))
    at = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    state = models.CharField(_("state"), max_length=9, choices=CallState.choices, default=CallState.OPEN)
    cancelled_by = models.CharField(_("cancelled by"), max_length=8, choices=CallSide.choices, blank=True)
    sequence = models.PositiveSmallIntegerField(_("version"), default=0)
    booked_at = models.DateTimeField(_("booked"), default=clock.now)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["starts_at"], name="call_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "starts_at"],
                condition=Q(state=CallState.OPEN),
                name="call_time_is_taken_once",
            ),
            models.UniqueConstraint(
                fields=["listing", "member"],
                condition=Q(state=CallState.OPEN),
                name="call_of_a_pair_is_open_once",
            ),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=CallState.CANCELLED, cancelled_by__in=CallSide.values)
                | (~Q(state=CallState.CANCELLED) & Q(cancelled_by="")),
                name="call_cancelled_by_somebody",
            ),
            models.CheckConstraint(condition=Q(minutes__in=CALL_MINUTES), name="call_is_short"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    def can_be_cancelled(self, at: dt.datetime) -> bool:
        """Until it begins."""
        return self.state == CallState.OPEN and at < self.starts_at

    def hold(self) -> Hold:
        """What a calendar is told of it."""
        return Hold(
            id=self.pk,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            changed_at=self.changed_at,
            sequence=self.sequence,
            cancelled=self.state == CallState.CANCELLED,
        )
