"""Whom a member keeps away from: people by their address, practices by their name."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock, marks
from breathingroom.core.fields import SealedTextField
from breathingroom.core.privacy import classified
from breathingroom.directory.choices import Away
from breathingroom.people.models import Member


@classified(
    keep=_("until the member takes it off the list or erases the account"),
    private="id member kind words added_on",
    secret="mark whom",
)
class Hiding(models.Model):
    """One person or practice; it works both ways.

    `words` are what the member typed, for their own page alone. They are found by `mark`, an HMAC of the
    lower-case address or of the plain name. `whom` is the member who had that address once, and nobody may
    learn whether there is one: a new address is no way round.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="hidings")
    kind = models.CharField(_("person or practice"), max_length=8, choices=Away)
    mark = models.CharField(max_length=marks.LENGTH, db_index=True)
    words = SealedTextField(_("address or name"))
    whom = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    added_on = models.DateField(_("added"), default=clock.today)

    class Meta:
        verbose_name = _("kept away from")
        verbose_name_plural = _("kept away from")
        ordering = ["kind", "-added_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "mark"], name="hiding_once"),
            models.CheckConstraint(condition=Q(kind__in=Away.values), name="hiding_kind_is_known"),
            models.CheckConstraint(
                condition=Q(whom__isnull=True) | Q(kind=Away.PERSON), name="hiding_of_a_practice_is_of_nobody"
            ),
            models.CheckConstraint(
                condition=Q(whom__isnull=True) | ~Q(whom=models.F("member")), name="hiding_is_not_of_oneself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
