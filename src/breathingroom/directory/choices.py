"""The fixed choices of the directory."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ASKED_AFTER_DAYS = 25  # since openings were confirmed: the provider is asked whether they still are,
ASKED_AFTER = (ASKED_AFTER_DAYS, 28, 83)  # again, and a last time before nobody sees the listing;
CONFIRMED_FOR_DAYS = 30  # the listing leaves the default results,
SHOWN_FOR_DAYS = 90  # and is out of sight.

YEARS = (5, 10, 20)  # of treating clinicians: what one can ask for at least
RADII = (10, 25, 50, 100, 200)  # kilometres within which an office may be

MOST_AWAY = 100  # people and practices that one member can keep away from,
MOST_AWAY_A_DAY = 20  # and how many of them can be added in a day: the list is not for trying addresses out.


class Away(TextChoices):
    """What a member keeps away from."""

    PERSON = "person", _("A person")
    PRACTICE = "practice", _("A practice")


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


class Approach(TextChoices):
    """Ways of working, by the names the field gives them."""

    ACCEPTANCE = "acceptance", _("Acceptance and commitment therapy")
    ATTACHMENT = "attachment", _("Attachment-based")
    COGNITIVE = "cognitive", _("Cognitive behavioural therapy")
    COMPASSION = "compassion", _("Compassion-focused therapy")
    CREATIVE_ARTS = "creative_arts", _("Creative arts therapies")
    DIALECTICAL = "dialectical", _("Dialectical behaviour therapy")
    EMDR = "emdr", _("EMDR")
    EMOTION_FOCUSED = "emotion_focused", _("Emotion-focused therapy")
    EXISTENTIAL = "existential", _("Existential")
    GESTALT = "gestalt", _("Gestalt")
    PARTS = "parts", _("Internal family systems")
    JUNGIAN = "jungian", _("Jungian")
    MINDFULNESS = "mindfulness", _("Mindfulness-based")
    MOTIVATIONAL = "motivational", _("Motivational interviewing")
    NARRATIVE = "narrative", _("Narrative therapy")
    PERSON_CENTRED = "person_centred", _("Person-centred")
    PSYCHOANALYTIC = "psychoanalytic", _("Psychoanalytic")
    PSYCHODYNAMIC = "psychodynamic", _("Psychodynamic")
    RELATIONAL = "relational", _("Relational")
    SCHEMA = "schema", _("Schema therapy")
    SOLUTION_FOCUSED = "solution_focused", _("Solution-focused")
    SOMATIC = "somatic", _("Somatic")
    SYSTEMIC = "systemic", _("Systemic and family therapy")


class Identity(TextChoices):
    """What a clinician may choose to state of who they are, for those who look for it. Never asked for."""

    ASIAN = "asian", _("Asian")
    BLACK = "black", _("Black")
    INDIGENOUS = "indigenous", _("Indigenous")
    LATINE = "latine", _("Latina, Latino or Latine")
    MIDDLE_EASTERN = "middle_eastern", _("Middle Eastern or North African")
    MIXED = "mixed", _("Of mixed heritage")
    IMMIGRANT = "immigrant", _("Immigrant")
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    NONBINARY = "nonbinary", _("Nonbinary")
    TRANS = "trans", _("Trans")
    QUEER = "queer", _("Lesbian, gay, bisexual or queer")
    BUDDHIST = "buddhist", _("Buddhist")
    CHRISTIAN = "christian", _("Christian")
    HINDU = "hindu", _("Hindu")
    JEWISH = "jewish", _("Jewish")
    MUSLIM = "muslim", _("Muslim")
    SECULAR = "secular", _("Secular")
    DISABLED = "disabled", _("Disabled")
    NEURODIVERGENT = "neurodivergent", _("Neurodivergent")
    PARENT = "parent", _("Parent")
    IN_RECOVERY = "in_recovery", _("In recovery")
    VETERAN = "veteran", _("Veteran")


class Time(TextChoices):
    """Times outside the working day by the provider’s clock; the value is the listing’s field."""

    EVENINGS = "evenings", _("Evenings")
    WEEKENDS = "weekends", _("Weekends")


class Facet(StrEnum):
    """What a search can be narrowed by, with a count beside each choice; the value is the field's name."""

    ROLES = "roles"
    FORMATS = "formats"
    ANSWERS = "answers"
    WITHIN = "within"
    CONCERNS = "concerns"
    APPROACHES = "approaches"
    LANGUAGES = "languages"
    TIMES = "times"
    YEARS = "years"
    IDENTITIES = "identities"
    SLIDING = "sliding"
    PRO_BONO = "pro_bono"
    ACCEPTING = "accepting"
    UNCONFIRMED = "unconfirmed"


ANSWERS = [("yes", _("May see you")), ("ask", _("Ask first")), ("no", _("May not see you"))]


class CallBy(TextChoices):
    """How an introductory call happens. What it takes is shown only to whoever has booked one."""

    PHONE = "phone", _("By telephone: they ring you")
    LINK = "link", _("By a link to an online room")


class CallState(TextChoices):
    """Where a booked call stands. Only an open one takes its time away from others."""

    OPEN = "open", _("Booked")
    HELD = "held", _("Over")
    CANCELLED = "cancelled", _("Cancelled")


class CallSide(TextChoices):
    """Who cancelled a call."""

    MEMBER = "member", _("whoever booked")
    PROVIDER = "provider", _("whoever offered")
    HOUSE = "house", _("the house")


CALL_MINUTES = (15, 20, 30)


class EnquiryState(TextChoices):
    """Where an enquiry stands."""

    NEW = "new", _("Not confirmed yet")
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("They would like to talk")
    DECLINED = "declined", _("Not this time")


class Line(TextChoices):
    """Kind first sentences of an answer; the first three say yes."""

    YES_ROOM = "yes_room", _("Thank you for writing. I have room, and would be glad to talk.")
    YES_CALL = "yes_call", _("Thank you for writing. Let us have a short call first, and see whether we fit.")
    YES_OWN = "yes_own", _("Yes, in my own words")
    NO_ROOM = "no_room", _("Thank you for writing. I have no room just now, and hope you find someone soon.")
    NO_FIT = "no_fit", _("Thank you for writing. I think somebody else would be better for this than I am.")
    NO_NEAR = (
        "no_near",
        _("Thank you for writing. We move in the same circles, so it had better be somebody else."),
    )
    NO_OWN = "no_own", _("No, in my own words")


YES_LINES = (Line.YES_ROOM, Line.YES_CALL, Line.YES_OWN)
OWN_LINES = (Line.YES_OWN, Line.NO_OWN)
EXCLUSIVE = (Role.THERAPIST, Role.SUPERVISOR)  # with any one person, one of these at most

KEEP_ENQUIRIES_DAYS = 30  # since anything about one changed
KEEP_NEW_HOURS = 48  # one that nobody confirmed
MOST_SENT_A_DAY = 5  # by one person
MOST_NEW_AN_HOUR = 10  # drafts by visitors from one network address
MOST_RECEIVED_A_DAY = 20  # what is more reaches the clinician the next day
LETTERS_AT_ONCE, LETTERS_APART_MINUTES = 3, 10  # mails asking one address to confirm: later ones wait
WORKING_DAYS = 2  # to answer in, for the response record
RECORD_FROM, RECORD_MONTHS = 5, 12  # shown from so many enquiries, over so many months


class Stage(TextChoices):
    """Where somebody who seeks supervision stands on the way to a licence."""

    STUDENT = "student", _("In training, before a licence")
    ASSOCIATE = "associate", _("Associate or provisional licence")
    LICENSED = "licensed", _("Licensed")


class Hours(TextChoices):
    """How many supervised hours are left, in steps wide enough to be common to many."""

    FEW = "few", _("Up to 500")
    SOME = "some", _("501 to 1,500")
    MANY = "many", _("More than 1,500")
    UNCOUNTED = "uncounted", _("Not counted")


HOURS_UP_TO = {Hours.FEW: 500, Hours.SOME: 1500}
WISHED_FOR_DAYS = 60  # since somebody said that they seek supervision,
WISH_ASKED_AFTER_DAYS = 53  # and when they are asked whether they still do.
MOST_OFFERS_A_DAY = 5  # by one supervisor
