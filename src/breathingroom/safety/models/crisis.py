"""Crisis lines and emergency numbers: facts that an operator edits. They are about no person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core.facts import Fact
from breathingroom.core.privacy import classified
from breathingroom.safety.choices import Audience

FACTS = _("until an operator deletes it; it is about no person")


@classified(
    keep=FACTS,
    public="slug country name audience audience_note hours call text url note staff_note"
    " languages position hidden source as_of certainty edited_on",
)
class CrisisLine(Fact):
    """One line that a person in crisis may call, text or open."""

    slug = models.SlugField(_("slug"), max_length=60, primary_key=True)
    country = models.CharField(
        _("country"), max_length=6, help_text=_("ISO 3166 code; EU for Europe, * for everywhere.")
    )
    name = models.CharField(_("name"), max_length=120)
    audience = models.CharField(_("for"), max_length=12, choices=Audience)
    audience_note = models.CharField(_("for, in words"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True)
    call = models.CharField(_("number to call"), max_length=60, blank=True)
    text = models.CharField(_("number to text"), max_length=60, blank=True)
    url = models.URLField(_("address"), blank=True)
    note = models.TextField(_("note on the page"), blank=True)
    staff_note = models.TextField(_("note for operators"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    hidden = models.BooleanField(_("hidden"), default=False)

    class Meta(Fact.Meta):
        verbose_name = _("crisis line")
        verbose_name_plural = _("crisis lines")
        ordering = ["country", "position"]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="crisis_line_audience_is_known"
            ),
            models.CheckConstraint(
                condition=Q(hidden=True) | ~Q(call="", text="", url=""), name="crisis_line_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classified(keep=FACTS, public="country numbers source as_of certainty edited_on")
class EmergencyNumber(Fact):
    """What to call in a country when a life is in danger now."""

    country = models.CharField(_("country"), max_length=2, primary_key=True)
    numbers = models.CharField(_("numbers"), max_length=60)

    class Meta(Fact.Meta):
        verbose_name = _("emergency number")
        verbose_name_plural = _("emergency numbers")
        ordering = ["country"]

    def __str__(self) -> str:
        return f"{self.country}: {self.numbers}"
