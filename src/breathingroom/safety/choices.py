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
