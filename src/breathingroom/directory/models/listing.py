"""Listings: how a clinician who treats clinicians is found."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.fields import PlainField
from breathingroom.core.privacy import classified
from breathingroom.directory import rules
from breathingroom.directory.choices import Currency, State

BEYOND_DRAFT = [State.PUBLISHED, State.PAUSED]
COMPLETE = (  # what `rules.missing` asks for, as far as one row can tell
    Q(name__gt="", profession__isnull=False, place__isnull=False, openings_confirmed_on__isnull=False)
    & Q(published_at__isnull=False)
    & (Q(therapist=True) | Q(supervisor=True) | Q(consultant=True))
    & (Q(online=True) | Q(in_person=True))
)


class ListingQuerySet(models.QuerySet["Listing"]):
    """Listings, filtered by adjectives."""

    def visible(self) -> Self:
        """Those that anybody may see today."""
        return self.filter(rules.visible(clock.now().date()))


@classified(
    keep=_("until the member deletes the listing or erases the account"),
    public="id name pronouns credentials profession headline about therapist supervisor consultant "
    "online in_person practice practice_key place city spot time_zone evenings weekends fee_least fee_most "
    "currency sliding pro_bono accepting openings wait_weeks openings_confirmed_on treating_since contact "
    "photo",
    private="member state created_at published_at changed_at",
)
class Listing(models.Model):
    """One clinician's own description; fees are in minor units (cents) for one session.

    `photo` is the name of a file under `listings/` in the media store, or empty for the ring picture.
    `treating_since` is the year in which they began to treat clinicians. `spot` is a code of `core.places`:
    what "near" is measured from. `time_zone` is an IANA name: the zone of their hours. `evenings` and
    `weekends` follow from those hours; `actions.listings.change` keeps them in step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="listing")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)

    name = models.CharField(_("name"), max_length=120, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    credentials = models.CharField(_("credentials"), max_length=80, blank=True)
    profession = models.ForeignKey(
        "licensure.Profession", models.PROTECT, null=True, blank=True, related_name="+"
    )
    headline = models.CharField(_("headline"), max_length=140, blank=True)
    about = models.TextField(_("about"), max_length=6000, blank=True)
    contact = models.CharField(_("how people reach you"), max_length=200, blank=True)
    treating_since = models.PositiveSmallIntegerField(_("treating clinicians since"), null=True, blank=True)

    therapist = models.BooleanField(_("therapist"), default=False)
    supervisor = models.BooleanField(_("supervisor"), default=False)
    consultant = models.BooleanField(_("consultant"), default=False)
    online = models.BooleanField(_("online"), default=False)
    in_person = models.BooleanField(_("in person"), default=False)
    place = models.ForeignKey(
        "licensure.Jurisdiction", models.PROTECT, null=True, blank=True, related_name="+"
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    practice_key = PlainField(of="practice", max_length=200, db_index=True)
    practice = models.CharField(_("practice"), max_length=120, blank=True)
    spot = models.CharField(_("postal code or city"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    evenings = models.BooleanField(_("evenings"), default=False, editable=False)
    weekends = models.BooleanField(_("weekends"), default=False, editable=False)

    fee_least = models.PositiveIntegerField(_("fee from"), null=True, blank=True)
    fee_most = models.PositiveIntegerField(_("fee up to"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.USD)
    sliding = models.BooleanField(_("sliding scale"), default=False)
    pro_bono = models.PositiveSmallIntegerField(_("pro bono places"), default=0)

    accepting = models.BooleanField(_("accepting new people"), default=False)
    openings = models.PositiveSmallIntegerField(_("openings"), default=0)
    wait_weeks = models.PositiveSmallIntegerField(_("wait in weeks"), null=True, blank=True)
    openings_confirmed_on = models.DateField(_("openings confirmed on"), null=True, blank=True)

    photo = models.CharField(_("photograph"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="listing_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | COMPLETE, name="listing_beyond_draft_is_complete"
            ),
            models.CheckConstraint(
                condition=Q(currency__in=Currency.values), name="listing_currency_is_known"
            ),
            models.CheckConstraint(
                condition=Q(fee_least__isnull=True, fee_most__isnull=True)
                | Q(fee_least__isnull=False, fee_most__isnull=False, fee_least__lte=F("fee_most")),
                name="listing_fee_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(openings=0) | Q(accepting=True), name="listing_openings_only_if_accepting"
            ),
            models.CheckConstraint(
                condition=Q(wait_weeks__isnull=True) | Q(wait_weeks__lte=104),
                name="listing_wait_is_two_years_at_most",
            ),
            models.CheckConstraint(
                condition=Q(treating_since__isnull=True) | Q(treating_since__range=(1940, 2200)),
                name="listing_treating_since_is_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)

    def facts(self) -> dict[str, Any]:
        """What `rules.missing` judges: the row, and what hangs on it in five queries unless prefetched."""
        fields = {field.name: getattr(self, field.attname) for field in self._meta.concrete_fields}
        kinds = ("concerns", "languages", "approaches", "identities")
        codes = {kind: [row.code for row in getattr(self, kind).all()] for kind in kinds}
        hours = [(row.weekday, row.begins, row.ends) for row in self.hours.all()]
        return {**fields, **codes, "hours": hours}
