"""The fixed choices of the directory."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CONFIRMED_FOR_DAYS = 30


class State(TextChoices):
    """Where a listing stands. Only a published one can be found."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")


class Role(TextChoices):
    """What a clinician may be to a colleague; the value is the name of the listing's field."""

    THERAPIST = "therapist", _("Therapist")
    SUPERVISOR = "supervisor", _("Supervisor")
    CONSULTANT = "consultant", _("Consultant")


class Currency(TextChoices):
    """ISO 4217; all of these have a hundred minor units."""

    USD = "USD", _("US dollars")
    CAD = "CAD", _("Canadian dollars")
    GBP = "GBP", _("Pounds sterling")
    EUR = "EUR", _("Euros")
    AUD = "AUD", _("Australian dollars")
    NZD = "NZD", _("New Zealand dollars")
    MXN = "MXN", _("Mexican pesos")


SIGNS = {"USD": "$", "CAD": "CA$", "GBP": "£", "EUR": "€", "AUD": "A$", "NZD": "NZ$", "MXN": "MX$"}


class Language(TextChoices):
    """Languages a clinician can work in: ISO 639-1, and 639-3 where that has none."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    SIGN = "ase", _("American Sign Language")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    BRITISH_SIGN = "bfi", _("British Sign Language")
    CANTONESE = "yue", _("Cantonese")
    FARSI = "fa", _("Farsi")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    HAITIAN_CREOLE = "ht", _("Haitian Creole")
    HEBREW = "he", _("Hebrew")
    HINDI = "hi", _("Hindi")
    ITALIAN = "it", _("Italian")
    JAPANESE = "ja", _("Japanese")
    KOREAN = "ko", _("Korean")
    MANDARIN = "cmn", _("Mandarin")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    RUSSIAN = "ru", _("Russian")
    TAGALOG = "tl", _("Tagalog")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
    VIETNAMESE = "vi", _("Vietnamese")
    WELSH = "cy", _("Welsh")


class Facet(StrEnum):
    """What a search can be narrowed by, with a count beside each choice; the value is the field's name."""

    ROLES = "roles"
    FORMATS = "formats"
    ANSWERS = "answers"
    CONCERNS = "concerns"
    LANGUAGES = "languages"
    SLIDING = "sliding"
    ACCEPTING = "accepting"


ANSWERS = [("yes", _("May see you")), ("ask", _("Ask first")), ("no", _("May not see you"))]
