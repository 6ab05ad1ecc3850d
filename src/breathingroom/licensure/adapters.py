"""What this room answers for about a member."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.licensure import actions, evidence, queries
from breathingroom.licensure.models import Authority, Evidence, EvidenceView, Licence, Verification
from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register


class LicensureSteward:
    """Licences, authorities, and their checks; a file that was handed in is its member's until deleted."""

    room = "licensure"
    tables: tuple[type[models.Model], ...] = (Licence, Authority, Verification, Evidence, EvidenceView)

    def holds(self, member: Member) -> list[Holding]:
        if not queries.licences_of(member).exists():
            return []
        listed = Holding(
            _("The licences you listed, what you hold under compacts, and how their checks went"),
            _("so that people learn whether you may see them where they are"),
            _("until you remove them; the number is sealed and shown only to an operator who checks it"),
        )
        handed_in = Holding(
            _("What you handed in for a check"),
            _("so that an operator can compare it with what you listed"),
            _("until it is decided, at most 72 hours longer, and never more than 30 days"),
        )
        return [listed, handed_in] if _kept(member).exists() else [listed]

    def export(self, member: Member) -> dict[str, Any]:
        return {"licences": [_licence(row) for row in queries.licences_of(member)]}

    def files(self, member: Member) -> dict[str, bytes]:
        """What was handed in and is not deleted yet, each under a name of its own."""
        found = ((f"{row.pk} {row.name}", evidence.read(row.pk)) for row in _kept(member))
        return {name: content for name, content in found if content is not None}

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
        "checked_against": row.checked_against,
        "checks": [_check(check) for check in row.verifications.all()],
        "authorities": [_authority(authority) for authority in row.authorities.all()],
    }


def _kept(member: Member) -> models.QuerySet[Evidence]:
    return Evidence.objects.filter(verification__licence__member=member, purged_at__isnull=True)


def _check(row: Verification) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "state": row.state,
        "handed_in": row.submitted_at,
        "last_changed": row.changed_at,
        "decided": row.decided_at,
        "reason": row.reason,
        "words": row.note,
        "files": [_file(file) for file in row.evidence.all()],
    }


def _file(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "kind": row.kind,
        "bytes": row.size,
        "handed_in": row.uploaded_at,
        "deleted": row.purged_at,
        "opened": [view.at for view in row.views.all()],
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
