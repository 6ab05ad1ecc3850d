"""Which licences a member may reach: their own. Anything else is not there."""

from uuid import UUID

from django.http import Http404

from breathingroom.licensure.models import Authority, Licence
from breathingroom.people.models import Member


def own_licence(member: Member, licence_id: UUID) -> Licence:
    """Raises Http404 for an unknown id and for another member's alike."""
    rows = Licence.objects.filter(member=member).select_related("profession", "jurisdiction")
    if (found := rows.filter(pk=licence_id).first()) is None:
        raise Http404
    return found


def own_authority(member: Member, authority_id: UUID) -> Authority:
    """Raises Http404 for an unknown id and for another member's alike."""
    rows = Authority.objects.filter(licence__member=member)
    rows = rows.select_related(
        "privilege__compact", "jurisdiction", "licence__profession", "licence__jurisdiction"
    )
    if (found := rows.filter(pk=authority_id).first()) is None:
        raise Http404
    return found
