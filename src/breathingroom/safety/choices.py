"""The words of safety."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom a crisis line is for; the order is the order on the page."""

    EVERYONE = "everyone", _("For everyone")
    CLINICIANS = "clinicians", _("For clinicians and health workers")
    PARTICULAR = "particular", _("For particular people")


EVERYWHERE = "*"
EUROPE = "EU"
COUNTRIES = {
    "US": _("United States"),
    "CA": _("Canada"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "AU": _("Australia"),
    "NZ": _("New Zealand"),
    EUROPE: _("Elsewhere in Europe"),
    EVERYWHERE: _("Anywhere else"),
}


class Reason(models.TextChoices):
    """Why something is reported."""

    SCAM = "scam", _("It looks like a scam")
    UNKIND = "unkind", _("It is threatening, degrading or unwanted")
    UNTRUE = "untrue", _("It is not true, or not theirs")
    CLIENT = "client", _("A client could be recognised")
    OTHER = "other", _("Something else")


class Decision(models.TextChoices):
    """What a moderator decides about a report."""

    DISMISS = "dismiss", _("Nothing is wrong here")
    WARN = "warn", _("Write to the member")
    HIDE = "hide", _("Take it out of sight")
    SUSPEND = "suspend", _("Shut the member out")


class Scope(models.TextChoices):
    """What a sanction forbids."""

    LISTING = "listing", _("being found with a listing")


KEEP_DECIDED_DAYS = 90
MOST_REPORTS = 20  # by one member in a day
