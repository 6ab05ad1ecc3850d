"""What members hold: licences, and authorities under compacts."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import marks
from breathingroom.core.fields import SealedTextField
from breathingroom.core.privacy import classified
from breathingroom.licensure.choices import LicenceStatus
from breathingroom.licensure.models.facts import CompactPrivilege, Jurisdiction, Profession
from breathingroom.people.models import Member

CHECKED = Q(checked_on__isnull=False, checked_by__isnull=False)
UNCHECKED = Q(checked_on__isnull=True, checked_by__isnull=True)


@classified(
    keep=_("until the member removes it or erases the account; the number only as long as the licence"),
    public="profession jurisdiction status expires_on checked_on checked_against",
    private="id member number created_on checked_by",
    secret="mark",
)
class Licence(models.Model):
    """A licence or registration that a member says they hold, and what an operator found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="licences", verbose_name=_("member"))
    profession = models.ForeignKey(
        Profession, models.PROTECT, related_name="licences", verbose_name=_("profession")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="licences", verbose_name=_("where")
    )
    number = SealedTextField(_("number"), blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=LicenceStatus, default=LicenceStatus.CLAIMED
    )
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    created_on = models.DateField(_("added"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.UUIDField(_("checked by"), null=True, blank=True)  # outlives the operator's account
    checked_against = models.CharField(
        _("checked against"),
        max_length=120,
        blank=True,
        help_text=_("The public register or document you compared it with. Everybody can read this."),
    )
    mark = models.CharField(max_length=marks.LENGTH, blank=True, editable=False)  # while it is found active

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["jurisdiction", "profession"]
        constraints = [
            models.UniqueConstraint(fields=["member", "profession", "jurisdiction"], name="licence_once"),
            models.CheckConstraint(
                condition=Q(status__in=LicenceStatus.values), name="licence_status_is_known"
            ),
            models.UniqueConstraint(fields=["mark"], condition=~Q(mark=""), name="licence_granted_once"),
            models.CheckConstraint(condition=CHECKED | UNCHECKED, name="licence_checked_on_with_by"),
            models.CheckConstraint(
                condition=Q(checked_against="") | Q(checked_on__isnull=False),
                name="licence_against_only_when_checked",
            ),
            models.CheckConstraint(
                condition=Q(status=LicenceStatus.CLAIMED, checked_on__isnull=True)
                | (~Q(status=LicenceStatus.CLAIMED) & Q(checked_on__isnull=False)),
                name="licence_claimed_until_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profession} · {self.jurisdiction}"


@classified(
    keep=_("until the member removes it, removes the licence or erases the account"),
    public="privilege jurisdiction expires_on checked_on",
    private="id licence checked_by",
)
class Authority(models.Model):
    """What a member holds under a compact, on the strength of one licence.

    `jurisdiction` is empty when the authority holds in every member of the compact, and names the remote
    state when each state gives its own privilege.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    licence = models.ForeignKey(
        Licence, models.CASCADE, related_name="authorities", verbose_name=_("licence")
    )
    privilege = models.ForeignKey(
        CompactPrivilege, models.PROTECT, related_name="authorities", verbose_name=_("what")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="authorities",
        null=True,
        blank=True,
        verbose_name=_("where it holds"),
    )
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.UUIDField(_("checked by"), null=True, blank=True)

    class Meta:
        verbose_name = _("authority under a compact")
        verbose_name_plural = _("authorities under compacts")
        ordering = ["privilege", "jurisdiction"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "privilege"],
                condition=Q(jurisdiction__isnull=True),
                name="authority_once_everywhere",
            ),
            models.UniqueConstraint(
                fields=["licence", "privilege", "jurisdiction"],
                condition=Q(jurisdiction__isnull=False),
                name="authority_once_in_a_jurisdiction",
            ),
            models.CheckConstraint(condition=CHECKED | UNCHECKED, name="authority_checked_on_with_by"),
        ]

    def __str__(self) -> str:
        return str(self.privilege)
