"""Which licences a member may reach: their own. Checks are the staff's. Anything else is not there."""

from uuid import UUID

from django.http import Http404, HttpRequest

from breathingroom.licensure.models import Authority, Licence, Verification
from breathingroom.people import access as people
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


def checker(request: HttpRequest) -> Member:
    """The operator whose staff session is open. Raises Http404 for everybody else."""
    who = people.operator(request)
    if people.staff_session(request) is None:
        raise Http404
    return who


def check(check_id: UUID) -> Verification:
    """A check of anybody's licence, for the staff. Raises Http404."""
    rows = Verification.objects.select_related(
        "licence__member", "licence__profession", "licence__jurisdiction"
    ).prefetch_related("evidence__views")
    if (found := rows.filter(pk=check_id).first()) is None:
        raise Http404
    return found
