"""What this room answers for about a member."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.licensure import actions, queries
from breathingroom.licensure.models import Authority, Licence
from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register


class LicensureSteward:
    """Licences and authorities."""

    room = "licensure"
    tables: tuple[type[models.Model], ...] = (Licence, Authority)

    def holds(self, member: Member) -> list[Holding]:
        if not queries.licences_of(member).exists():
            return []
        return [
            Holding(
                _("The licences you listed, and what you hold under compacts"),
                _("so that people learn whether you may see them where they are"),
                _("until you remove them; the number is sealed and shown only to an operator who checks it"),
            )
        ]

    def export(self, member: Member) -> dict[str, Any]:
        return {"licences": [_licence(row) for row in queries.licences_of(member)]}

    def erase(self, *, member: Member) -> list[Kept]:
        actions.erase(member=member)
        return []

    def suspend(self, *, member: Member) -> None:
        """Licences are on no page of their own; what shows them goes out of sight by itself."""


def _licence(row: Licence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "profession": row.profession.name,
        "where": str(row.jurisdiction),
        "number": row.number,
        "status": row.status,
        "listed_on": row.created_on,
        "valid_until": row.expires_on,
        "checked_on": row.checked_on,
        "authorities": [_authority(authority) for authority in row.authorities.all()],
    }


def _authority(row: Authority) -> dict[str, Any]:
    return {
        "id": row.pk,
        "compact": row.privilege.compact.name,
        "what": row.privilege.name,
        "where": str(row.jurisdiction) if row.jurisdiction else None,
        "valid_until": row.expires_on,
        "checked_on": row.checked_on,
    }


register(LicensureSteward())
