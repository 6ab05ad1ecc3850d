"""Supervision from the other side: members who seek it, and supervisors who would give it."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.privacy import classified
from breathingroom.directory.choices import WISHED_FOR_DAYS, Stage
from breathingroom.directory.models.listing import Listing
from breathingroom.people.models import Member


class WishQuerySet(models.QuerySet["SupervisionWish"]):
    """Wishes, filtered by adjectives."""

    def open(self) -> Self:
        """Those that verified supervisors may see today."""
        since = clock.now().date() - dt.timedelta(days=WISHED_FOR_DAYS)
        return self.filter(shown=True, renewed_on__gte=since, member__is_active=True)


@classified(
    keep=_("until the member takes it back, or 60 days after they last said that it still holds"),
    private="id member profession place stage hours_left online in_person renewed_on shown asked",
)
class SupervisionWish(models.Model):
    """A member seeks supervision. Verified supervisors read it without a name; there are no own words in it.

    `hours_left` are still to be supervised for a licence, None when nobody counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.OneToOneField(Member, models.CASCADE, related_name="supervision_wish")
    profession = models.ForeignKey("licensure.Profession", models.PROTECT, related_name="+")
    place = models.ForeignKey("licensure.Jurisdiction", models.PROTECT, related_name="+")
    stage = models.CharField(_("where you are"), max_length=9, choices=Stage)
    hours_left = models.PositiveSmallIntegerField(_("supervised hours left"), null=True, blank=True)
    online = models.BooleanField(_("online"), default=False)
    in_person = models.BooleanField(_("in person"), default=False)
    renewed_on = models.DateField(_("last said to hold"), default=clock.today)
    shown = models.BooleanField(_("shown"), default=True)
    asked = models.BooleanField(_("asked whether it still holds"), default=False)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish for supervision")
        verbose_name_plural = _("wishes for supervision")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="wish_stage_is_known"),
            models.CheckConstraint(condition=Q(online=True) | Q(in_person=True), name="wish_has_a_format"),
            models.CheckConstraint(
                condition=Q(hours_left__isnull=True) | Q(hours_left__lte=10_000),
                name="wish_hours_are_ten_thousand_at_most",
            ),
        ]
        indexes = [models.Index(fields=["renewed_on"], name="wish_renewed")]

    def __str__(self) -> str:
        return str(self.get_stage_display())

    @property
    def ends_on(self) -> dt.date:
        """The last day on which it is seen."""
        return self.renewed_on + dt.timedelta(days=WISHED_FOR_DAYS)

    def is_open(self, on: dt.date) -> bool:
        return self.shown and on <= self.ends_on


@classified(keep=_("as long as the wish"), private="id wish listing made_on declined")
class SupervisionOffer(models.Model):
    """A verified supervisor would like to supervise whoever wished for it; the listing says who they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(SupervisionWish, models.CASCADE, related_name="offers")
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="supervision_offers")
    made_on = models.DateField(_("made"), default=clock.today)
    declined = models.BooleanField(_("declined"), default=False)

    class Meta:
        verbose_name = _("offer of supervision")
        verbose_name_plural = _("offers of supervision")
        ordering = ["-made_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["wish", "listing"], name="supervision_offer_once")]

    def __str__(self) -> str:
        return f"{self.made_on:%Y-%m-%d}"
