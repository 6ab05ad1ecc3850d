"""The words that licensing is spoken in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.core.facts import Certainty

__all__ = [
    "GIVES_A_RIGHT",
    "Certainty",
    "CheckKind",
    "CheckReason",
    "CheckState",
    "CompactModel",
    "EvidenceKind",
    "Format",
    "LicenceStatus",
    "MembershipStatus",
    "PrivilegeKind",
    "ProfessionKind",
    "Scope",
]


class Format(models.TextChoices):
    """How two people meet."""

    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")


class ProfessionKind(models.TextChoices):
    CLINICIAN = "clinician", _("clinician")
    PARAPROFESSIONAL = "paraprofessional", _("paraprofessional")
    TRAINEE = "trainee", _("trainee")


class CompactModel(models.TextChoices):
    """What a compact gives to those who may use it."""

    AUTHORITY = "authority", _("an authority from the commission, on the home licence")
    PRIVILEGE = "privilege", _("a privilege from each remote state")
    MULTISTATE = "multistate", _("one multistate licence from the home state")
    EXPEDITED = "expedited", _("a faster way to a full licence; no right to practise by itself")
    NONE = "none", _("nothing that can be used")
    UNLISTED = "unlisted", _("not known here: who belongs to it is not in this data")


GIVES_A_RIGHT = frozenset(
    {CompactModel.AUTHORITY.value, CompactModel.PRIVILEGE.value, CompactModel.MULTISTATE.value}
)


class MembershipStatus(models.TextChoices):
    ENACTED = "enacted", _("law passed, not usable yet")
    OPERATIONAL = "operational", _("operating")
    PARTIAL = "partial", _("partly operating; see the note")


class PrivilegeKind(models.TextChoices):
    TELEHEALTH = "telehealth", _("telehealth")
    TEMPORARY_IN_PERSON = "temporary_in_person", _("temporary in person")
    PRIVILEGE_TO_PRACTICE = "privilege_to_practice", _("privilege to practise")
    MULTISTATE_LICENCE = "multistate_licence", _("multistate licence")
    EXPEDITED_LICENCE = "expedited_licence", _("expedited licence")


class Scope(models.TextChoices):
    """How far one registration reaches in a country."""

    COUNTRY = "country", _("the whole country")
    REGION = "region", _("one state, province or nation")


class LicenceStatus(models.TextChoices):
    """A member may only claim; every other status is what an operator found."""

    CLAIMED = "claimed", _("not checked yet")
    ACTIVE = "active", _("active")
    EXPIRED = "expired", _("expired")
    LAPSED = "lapsed", _("lapsed")
    SUSPENDED = "suspended", _("suspended")


class CheckKind(models.TextChoices):
    FIRST = "first", _("asked for by the member")
    YEARLY = "yearly", _("a year has passed")


class CheckState(models.TextChoices):
    WAITING = "waiting", _("waiting for the staff")
    SECOND_LOOK = "second_look", _("waiting for a second look")
    ASKED = "asked", _("waiting for the member")
    GRANTED = "granted", _("checked and found")
    REFUSED = "refused", _("checked and not found")
    CLOSED = "closed", _("ended without a decision")


class CheckReason(models.TextChoices):
    """Why a check ends without the licence being found, or needs more first; each is said to the member."""

    NOT_FOUND = "not_found", _("We did not find this number where the licence would be listed.")
    OTHER_NAME = "other_name", _("The licence stands under another name than the one on your account.")
    NOT_ACTIVE = "not_active", _("It is listed there as not active.")
    UNREADABLE = "unreadable", _("We could not read what you sent.")
    INCOMPLETE = "incomplete", _("Something is missing: the name, the number or the date it runs to.")
    OTHER = "other", _("It is something else; see the words below.")


class EvidenceKind(models.TextChoices):
    PDF = "pdf", _("PDF")
    JPEG = "jpeg", _("picture")
