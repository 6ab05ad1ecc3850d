"""What hangs on a listing, a row each: codes of what it works with, and hours."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core.privacy import classified
from breathingroom.directory.choices import Approach, Identity, Language
from breathingroom.directory.models.listing import Listing


@classified(keep=_("as long as the listing"), public="id listing code")
class ListingConcern(models.Model):
    """A concern (a code of `core.concerns`) that the clinician works with."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="concerns")
    code = models.SlugField(_("concern"), max_length=40)

    class Meta:
        verbose_name = _("concern of a listing")
        verbose_name_plural = _("concerns of listings")
        constraints = [
            models.UniqueConstraint(fields=["listing", "code"], name="listing_concern_once"),
        ]

    def __str__(self) -> str:
        return self.code


@classified(keep=_("as long as the listing"), public="id listing code")
class ListingLanguage(models.Model):
    """A language the clinician can work in."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=3, choices=Language.choices)

    class Meta:
        verbose_name = _("language of a listing")
        verbose_name_plural = _("languages of listings")
        constraints = [
            models.UniqueConstraint(fields=["listing", "code"], name="listing_language_once"),
            models.CheckConstraint(condition=Q(code__in=Language.values), name="listing_language_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


@classified(keep=_("as long as the listing"), public="id listing code")
class ListingApproach(models.Model):
    """A way of working that the clinician has been trained in."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="approaches")
    code = models.CharField(_("approach"), max_length=20, choices=Approach.choices)

    class Meta:
        verbose_name = _("approach of a listing")
        verbose_name_plural = _("approaches of listings")
        constraints = [
            models.UniqueConstraint(fields=["listing", "code"], name="listing_approach_once"),
            models.CheckConstraint(condition=Q(code__in=Approach.values), name="listing_approach_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


@classified(keep=_("as long as the listing"), public="id listing code")
class ListingIdentity(models.Model):
    """Something of who they are that the clinician chose to state, for those who look for it."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="identities")
    code = models.CharField(_("identity"), max_length=20, choices=Identity.choices)

    class Meta:
        verbose_name = _("identity stated on a listing")
        verbose_name_plural = _("identities stated on listings")
        constraints = [
            models.UniqueConstraint(fields=["listing", "code"], name="listing_identity_once"),
            models.CheckConstraint(condition=Q(code__in=Identity.values), name="listing_identity_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


@classified(keep=_("as long as the listing"), public="id listing weekday begins ends")
class ListingHours(models.Model):
    """A stretch of one weekday (0 is Monday) in which they see people, by the clock of the listing's zone."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("hours of a listing")
        verbose_name_plural = _("hours of listings")
        ordering = ["weekday", "begins"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "weekday", "begins"], name="listing_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="listing_hours_on_a_weekday"),
            models.CheckConstraint(condition=Q(begins__lt=F("ends")), name="listing_hours_end_after_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M} to {self.ends:%H:%M}"
