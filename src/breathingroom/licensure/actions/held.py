"""Every write about what members hold. Each moves the position "licensure", so that indexes look again.

The log names the member whose licence it is, not the licence: nothing that outlives it.
"""

import datetime as dt
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.licensure import evidence, queries
from breathingroom.licensure.choices import CompactModel, LicenceStatus
from breathingroom.licensure.models import Authority, CompactPrivilege, Evidence, Licence
from breathingroom.people.models import Member

MOST = 40  # licences one member may list; nobody holds so many
_FOUND = ("status", "expires_on", "checked_on", "checked_by", "checked_against")


class AlreadyListed(Exception):
    """The member has listed this profession in this place, or this authority, already."""


class TooMany(Exception):
    """The member lists as many licences as one member may."""


class ChangedSince(Exception):
    """The licence no longer says what the operator saw, or is gone."""


class GrantedToAnother(Exception):
    """Another member's licence of the same profession, place and number was found active before."""


class NotUnderThisLicence(Exception):
    """The compact does not cover the licence's profession, or the place does not fit the compact."""


def claim_licence(
    *, by: Member, profession: str, jurisdiction: str, number: str = "", expires_on: dt.date | None = None
) -> Licence:
    """List a licence that `by` says they hold; an operator has yet to check it.

    `profession` is a slug, `jurisdiction` an ISO 3166-2 code. Raises AlreadyListed and TooMany.
    """
    licence = Licence(
        member=by,
        profession_id=profession,
        jurisdiction_id=jurisdiction,
        number=number,
        expires_on=expires_on,
        created_on=clock.today(),
    )
    with transaction.atomic():
        audit.advance("licensure", by.pk)  # also the lock: two windows cannot both find room for one more
        if Licence.objects.filter(member=by).count() >= MOST:
            raise TooMany
        _insert(licence)
        audit.record(by=by, did="licensure.licence.claimed", on=by)
    return licence


def change_licence(*, by: Member, licence: Licence, number: str, expires_on: dt.date | None) -> bool:
    """Correct number and end of a licence. What was checked is no longer what is listed, so the check falls.

    Answers whether anything changed. Raises Licence.DoesNotExist when it was removed meanwhile.
    """
    with transaction.atomic():
        fresh = Licence.objects.select_for_update().get(pk=licence.pk)
        if (fresh.number, fresh.expires_on) == (number, expires_on):
            return False
        fresh.number, fresh.expires_on = number, expires_on
        fresh.status = LicenceStatus.CLAIMED
        fresh.checked_on = fresh.checked_by = None
        fresh.checked_against = fresh.mark = ""
        fresh.save()
        _note(by, "licensure.licence.changed", by)
    return True


def remove_licence(*, by: Member, licence: Licence) -> None:
    """Delete a licence, all authorities on it, and what was handed in for a check of it."""
    with transaction.atomic():
        discard(licences=Licence.objects.filter(pk=licence.pk))
        _note(by, "licensure.licence.removed", by)
        licence.delete()


def lock_as_seen(*, licence: Licence, seen: str) -> Licence:
    """The row, held until commit, if it still says what `queries.mark` made `seen` from.

    Call it in the transaction of `check_licence`. Raises ChangedSince.
    """
    held = Licence.objects.select_for_update().filter(pk=licence.pk).first()
    if held is None or not constant_time_compare(queries.mark(held), seen):
        raise ChangedSince
    return held


def check_licence(
    *, by: Member, licence: Licence, status: str, expires_on: dt.date | None = None, against: str = ""
) -> Licence:
    """Record what the operator `by` found today; `status` claimed takes an earlier finding back.

    `against` names the register or the document it was compared with. Raises GrantedToAnother: one
    licence is found active for one member only, which the database holds for all who check at once.
    """
    found = status != LicenceStatus.CLAIMED
    with transaction.atomic():
        licence.status, licence.expires_on = status, expires_on
        licence.checked_on = clock.today() if found else None
        licence.checked_by = by.pk if found else None
        licence.checked_against = against if found else ""
        _save_once(licence)
        did = "licensure.licence.checked" if found else "licensure.licence.unchecked"
        _note(by, did, licence.member, status)
    return licence


def _save_once(licence: Licence) -> None:
    """Save what was found, marked while it is active, so that no second one can be."""
    known = queries.identities(licence) if licence.status == LicenceStatus.ACTIVE else []
    if known[1:] and Licence.objects.exclude(pk=licence.pk).filter(mark__in=known[1:]).exists():
        raise GrantedToAnother  # under an older key of the house
    licence.mark = known[0] if known else ""
    try:
        with transaction.atomic():
            licence.save(update_fields=[*_FOUND, "mark"])
    except IntegrityError as error:
        raise GrantedToAnother from error


def claim_authority(
    *,
    by: Member,
    licence: Licence,
    privilege: CompactPrivilege,
    jurisdiction: str | None = None,
    expires_on: dt.date | None = None,
) -> Authority:
    """List what `by` holds under a compact, on the strength of `licence`.

    `jurisdiction` names the remote state when each state gives its own privilege, else it is None.
    Raises NotUnderThisLicence and AlreadyListed, and Licence.DoesNotExist when it was removed meanwhile.
    """
    _must_fit(licence, privilege, jurisdiction)
    authority = Authority(
        licence=licence, privilege=privilege, jurisdiction_id=jurisdiction, expires_on=expires_on
    )
    with transaction.atomic():
        Licence.objects.select_for_update().get(pk=licence.pk)
        _insert(authority)
        _note(by, "licensure.authority.claimed", by)
    return authority


def remove_authority(*, by: Member, authority: Authority) -> None:
    with transaction.atomic():
        _note(by, "licensure.authority.removed", by)
        authority.delete()


def check_authority(
    *, by: Member, authority: Authority, found: bool = True, expires_on: dt.date | None = None
) -> Authority:
    """Record that the operator `by` found it held today; `found` False takes an earlier finding back."""
    with transaction.atomic():
        authority.expires_on = expires_on
        authority.checked_on = clock.today() if found else None
        authority.checked_by = by.pk if found else None
        authority.save(update_fields=["expires_on", "checked_on", "checked_by"])
        did = "licensure.authority.checked" if found else "licensure.authority.unchecked"
        _note(by, did, authority.licence.member)
    return authority


def open_number(*, by: Member, licence: Licence) -> str:
    """The licence's number, for an operator who checks it; that they looked is on the record."""
    with transaction.atomic():
        audit.record(by=by, did="licensure.licence.number_seen", on=licence.member)
    number: str = licence.number
    return number


def erase(*, member: Member) -> None:
    """Delete all that the member holds; inside the caller's transaction."""
    held = Licence.objects.filter(member=member)
    discard(licences=held)
    if held.delete()[0]:
        audit.advance("licensure", member.pk)


def discard(*, licences: QuerySet[Licence]) -> None:
    """Delete the files handed in for checks of these licences, once the caller's transaction is through."""
    files = Evidence.objects.filter(verification__licence__in=licences, purged_at__isnull=True)
    for number in list(files.values_list("pk", flat=True)):
        transaction.on_commit(partial(evidence.remove, number))


def _insert(row: Licence | Authority) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyListed from error


def _must_fit(licence: Licence, privilege: CompactPrivilege, jurisdiction: str | None) -> None:
    compact = privilege.compact
    each_state = compact.model == CompactModel.PRIVILEGE
    covers = compact.professions.filter(pk=licence.profession_id).exists()
    if not covers or bool(jurisdiction) != each_state or jurisdiction == licence.jurisdiction_id:
        raise NotUnderThisLicence


def _note(by: Member, did: str, on: Member, why: str = "") -> None:
    audit.record(by=by, did=did, on=on, why=why)
    audit.advance("licensure", on.pk)
