"""What the world says: professions, places, compacts. An operator edits all of it; it is about no person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core.facts import Fact, said
from breathingroom.core.privacy import classified
from breathingroom.licensure.choices import (
    CompactModel,
    MembershipStatus,
    PrivilegeKind,
    ProfessionKind,
    Scope,
)

FACTS = _("until an operator deletes it; it is about no person")


@classified(keep=FACTS, public="code name source as_of certainty edited_on")
class NuccCode(Fact):
    """One taxonomy code of the National Uniform Claim Committee, with its short name."""

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta(Fact.Meta):
        verbose_name = _("NUCC code")
        verbose_name_plural = _("NUCC codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@classified(
    keep=FACTS,
    public="slug name kind nucc_primary nucc_other abbreviations regulation note"
    " source as_of certainty edited_on",
)
class Profession(Fact):
    """A profession that is licensed, certified or trained for."""

    slug = models.SlugField(_("slug"), max_length=60, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ProfessionKind)
    nucc_primary = models.CharField(_("NUCC code"), max_length=10, blank=True)
    nucc_other = models.JSONField(_("further NUCC codes"), default=list, blank=True)
    abbreviations = models.JSONField(_("abbreviations"), default=list, blank=True)
    regulation = models.TextField(_("regulated by"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("profession")
        verbose_name_plural = _("professions")
        ordering = ["name"]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=ProfessionKind.values), name="profession_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return said(self.name)


@classified(keep=FACTS, public="slug country name abbreviations profession source as_of certainty edited_on")
class Title(Fact):
    """What a profession is called, and how it is abbreviated, in another country."""

    slug = models.SlugField(_("slug"), max_length=60, primary_key=True)
    country = models.CharField(_("country"), max_length=2)
    name = models.CharField(_("name"), max_length=120)
    abbreviations = models.JSONField(_("abbreviations"), default=list, blank=True)
    profession = models.ForeignKey(
        Profession, models.CASCADE, related_name="titles", verbose_name=_("profession")
    )

    class Meta(Fact.Meta):
        verbose_name = _("title abroad")
        verbose_name_plural = _("titles abroad")
        ordering = ["country", "name"]

    def __str__(self) -> str:
        return f"{said(self.name)} ({self.country})"


@classified(
    keep=FACTS,
    public="code short_code name kind country country_name time_zones primary_time_zone note"
    " source as_of certainty edited_on",
)
class Jurisdiction(Fact):
    """A place with its own law on practice, by its ISO 3166-2 code (or 3166-1, for a whole country)."""

    code = models.CharField(_("ISO 3166-2 code"), max_length=6, primary_key=True)
    short_code = models.CharField(_("short code"), max_length=3)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    country_name = models.CharField(_("name of the country"), max_length=80)
    time_zones = models.JSONField(_("time zones"), default=list)
    primary_time_zone = models.CharField(_("main time zone"), max_length=64)
    note = models.TextField(_("note"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["country_name", "name"]

    def __str__(self) -> str:
        name, country = said(self.name), said(self.country_name)
        return name if name == country else f"{name}, {country}"


@classified(
    keep=FACTS,
    public="slug name country url model status professions conditions not_covered note"
    " source as_of certainty edited_on",
)
class Compact(Fact):
    """An agreement between jurisdictions on practice across their borders."""

    slug = models.SlugField(_("slug"), max_length=60, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2)
    url = models.URLField(_("address"), blank=True)
    model = models.CharField(_("what it gives"), max_length=12, choices=CompactModel)
    status = models.TextField(_("status, in words"), blank=True)
    professions = models.ManyToManyField(
        Profession, related_name="compacts", blank=True, verbose_name=_("professions")
    )
    conditions = models.JSONField(_("conditions for the clinician"), default=list, blank=True)
    not_covered = models.JSONField(_("not covered"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("compact")
        verbose_name_plural = _("compacts")
        ordering = ["name"]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(model__in=CompactModel.values), name="compact_model_is_known"),
        ]

    def __str__(self) -> str:
        return said(self.name)


@classified(
    keep=FACTS,
    public="id compact kind name covers_online covers_in_person needs limit source as_of certainty edited_on",
)
class CompactPrivilege(Fact):
    """What a clinician can hold under a compact."""

    compact = models.ForeignKey(Compact, models.CASCADE, related_name="privileges", verbose_name=_("compact"))
    kind = models.CharField(_("kind"), max_length=24, choices=PrivilegeKind)
    name = models.CharField(_("name"), max_length=120)
    covers_online = models.BooleanField(_("covers online work"))
    covers_in_person = models.BooleanField(_("covers work in person"))
    needs = models.CharField(_("needs"), max_length=120, blank=True)
    limit = models.TextField(_("limit"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("privilege under a compact")
        verbose_name_plural = _("privileges under compacts")
        ordering = ["compact", "kind"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["compact", "kind"], name="compact_privilege_once"),
            models.CheckConstraint(
                condition=Q(kind__in=PrivilegeKind.values), name="compact_privilege_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(covers_online=True) | Q(covers_in_person=True),
                name="compact_privilege_covers_something",
            ),
        ]

    def __str__(self) -> str:
        return said(self.name)


@classified(
    keep=FACTS,
    public="id compact jurisdiction status enacted_on effective_on operational_on note"
    " source as_of certainty edited_on",
)
class CompactMember(Fact):
    """One jurisdiction in one compact, and whether it can be used there."""

    compact = models.ForeignKey(Compact, models.CASCADE, related_name="members", verbose_name=_("compact"))
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.CASCADE, related_name="memberships", verbose_name=_("jurisdiction")
    )
    status = models.CharField(_("status"), max_length=12, choices=MembershipStatus)
    enacted_on = models.DateField(_("enacted"), null=True, blank=True)
    effective_on = models.DateField(_("in effect"), null=True, blank=True)
    operational_on = models.DateField(_("operating since"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("membership of a compact")
        verbose_name_plural = _("memberships of compacts")
        ordering = ["compact", "jurisdiction"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["compact", "jurisdiction"], name="compact_member_once"),
            models.CheckConstraint(
                condition=Q(status__in=MembershipStatus.values), name="compact_member_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compact_id}: {self.jurisdiction_id}"


@classified(keep=FACTS, public="country name scope note source as_of certainty edited_on")
class Registration(Fact):
    """How far one registration reaches in a country."""

    country = models.CharField(_("country"), max_length=2, primary_key=True)
    name = models.CharField(_("name of the country"), max_length=80)
    scope = models.CharField(_("reaches"), max_length=10, choices=Scope)
    note = models.TextField(_("note"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("reach of a registration")
        verbose_name_plural = _("reach of registrations")
        ordering = ["name"]
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="registration_scope_is_known"),
        ]

    def __str__(self) -> str:
        return said(self.name)


@classified(keep=FACTS, public="slug name home away professions note source as_of certainty edited_on")
class Mobility(Fact):
    """An understanding that eases registering elsewhere, and is no right to practise by itself."""

    slug = models.SlugField(_("slug"), max_length=60, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    home = models.CharField(_("registered in (country)"), max_length=2)
    away = models.CharField(_("moving to (country)"), max_length=2)
    professions = models.ManyToManyField(
        Profession, related_name="mobilities", blank=True, verbose_name=_("professions (none means all)")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("mobility between registers")
        verbose_name_plural = _("mobility between registers")
        ordering = ["slug"]

    def __str__(self) -> str:
        return said(self.name)
