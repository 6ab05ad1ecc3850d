"""The rules in plain words: each sentence has a stable code, and is put together only when shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breathingroom.core.facts import said

Value = str | dt.date | tuple[str, ...] | None
Part = tuple[str | Promise, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One or more sentences. `str()` speaks the reader's language; making one costs next to nothing."""

    code: str
    parts: tuple[Part, ...]
    shorts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        return " ".join(_spoken(part) for part in self.parts)

    @property
    def short(self) -> str:
        """The same in a few words, for a list of results: "PSYPACT authority from Florida"."""
        return " · ".join(_spoken(part) for part in self.shorts)

    def but(self, doubt: "Rule") -> "Rule":
        """The same, and why it is not enough: the code says both."""
        return Rule(f"{self.code}.{doubt.code}", self.parts + doubt.parts, self.shorts + doubt.shorts)

    def also(self, more: "Rule") -> "Rule":
        """The same with a further sentence that changes nothing about the answer."""
        return Rule(self.code, self.parts + more.parts, self.shorts + more.shorts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with gaps; calling it with their words makes a rule."""

    code: str
    words: str | Promise
    short: str | Promise = ""

    def __call__(self, **values: Value) -> Rule:
        shorts = ((self.short, values),) if self.short else ()
        return Rule(self.code, ((self.words, values),), shorts)


def _spoken(part: Part) -> str:
    words, values = part
    shown = {name: _shown(value) for name, value in values.items()}
    return str(words) % {**shown, "pact": _abbreviation(shown.get("compact", ""))}


def _abbreviation(name: str) -> str:
    """What stands in brackets behind a long name, or else the name."""
    return name.rpartition("(")[2].rstrip(")") if name.endswith(")") else name


def _shown(value: Value) -> str:
    """A day or the words of a fact, several with commas, in the reader's language."""
    if isinstance(value, tuple):
        return ", ".join(map(said, value))
    return formats.date_format(value, "DATE_FORMAT") if isinstance(value, dt.date) else said(value or "")


# -- where the licence is ------------------------------------------------------------------------
DIRECT = Sentence("direct", _("Licensed in %(place)s (%(profession)s)."), _("Licensed in %(place)s"))
ACROSS = Sentence(
    "country",
    _("Registered in %(home)s (%(profession)s). In %(country)s one registration holds in the whole country."),
    _("Registered in %(home)s, which holds in all of %(country)s"),
)

# -- through a compact ---------------------------------------------------------------------------
HOLDS = Sentence(
    "compact",
    _("Licensed in %(home)s and holds this under the %(compact)s: %(privilege)s. Both places operate it."),
    _("%(pact)s authority, licensed in %(home)s"),
)
NOT_HELD = Sentence(
    "compact.not_on_record",
    _(
        "Licensed in %(home)s. The %(compact)s operates there and in %(place)s, but this is not on "
        "record here: %(privilege)s. Ask whether they hold it."
    ),
    _("Licensed in %(home)s; no %(pact)s authority on record"),
)
NOT_OPERATING = Sentence(
    "compact.not_operating",
    _(
        "Licensed in %(home)s. The %(compact)s has been passed but cannot be used yet between %(home)s and "
        "%(place)s. Ask whether they hold a licence in %(place)s as well."
    ),
    _("Licensed in %(home)s; %(pact)s cannot be used there yet"),
)
PARTIAL = Sentence(
    "compact.partial",
    _("Licensed in %(home)s. The %(compact)s operates only partly between %(home)s and %(place)s: %(note)s."),
    _("Licensed in %(home)s; %(pact)s operates only partly"),
)
UNLISTED = Sentence(
    "compact.unlisted",
    _(
        "Licensed in %(home)s. For this profession there is a compact (%(compact)s), but which places "
        "belong to it is not known here. Ask."
    ),
    _("Licensed in %(home)s; members of the %(pact)s not known here"),
)
AT_HOME = Sentence("at_home", _("They must be in %(home)s while you meet."))
TEMPORARY = Sentence(
    "temporary",
    _("In person this is for a short time only: %(limit)s. Ask how many days are left."),
    _("in person for a short time only"),
)

# -- between registers ---------------------------------------------------------------------------
MOBILITY = Sentence(
    "mobility",
    _(
        "Registered in %(home)s. %(understanding)s makes it easier to register in %(place)s, which is no "
        "right to practise there yet. Ask whether they are registered there."
    ),
    _("Registered in %(home)s; registering in %(place)s is made easier"),
)

# -- doubts --------------------------------------------------------------------------------------
CHECKED = Sentence("checked", _("Checked on %(checked)s."))
LICENCE_UNCHECKED = Sentence(
    "unchecked",
    _("This is what they say; nobody here has checked the licence yet. Ask to see it."),
    _("licence not checked yet"),
)
LICENCE_CHECK_OLD = Sentence(
    "check_old",
    _("The licence was last checked on %(checked)s, too long ago. Ask."),
    _("checked too long ago"),
)
LICENCE_ENDING = Sentence(
    "ending",
    _("The licence runs out on %(until)s. Ask whether it has been renewed."),
    _("licence runs out on %(until)s"),
)
AUTHORITY_UNCHECKED = Sentence(
    "authority_unchecked",
    _("Nobody here has checked that they hold it yet. Ask to see it."),
    _("authority not checked yet"),
)
AUTHORITY_CHECK_OLD = Sentence(
    "authority_check_old",
    _("That they hold it was last checked on %(checked)s, too long ago. Ask."),
    _("authority checked too long ago"),
)
AUTHORITY_ENDING = Sentence(
    "authority_ending",
    _("It runs out on %(until)s. Ask whether it has been renewed."),
    _("authority runs out on %(until)s"),
)
FACTS_OLD = Sentence(
    "facts_old",
    _("What is known here about the rule dates from %(as_of)s, too long ago. Ask."),
    _("the facts are too old"),
)
FACTS_UNSURE = Sentence(
    "facts_unsure",
    _("What is known here about the rule has not been confirmed. Ask."),
    _("the facts are not confirmed"),
)
LESS_CERTAIN = Sentence(
    "less_certain",
    _("The source for this rule is less certain than usual; it is worth asking."),
    _("source less certain"),
)

# -- no ------------------------------------------------------------------------------------------
NO_LICENCE = Sentence("none", _("No licence is on record here."), _("No licence on record"))
NOT_USABLE = Sentence(
    "not_active",
    _("The licences on record here have run out or are not active."),
    _("No licence that is active"),
)
ONLY = Sentence("elsewhere", _("Licensed only in %(homes)s."), _("Licensed in %(homes)s only"))
NO_COMPACT = Sentence(
    "no_compact",
    _("No compact covers this profession (%(profession)s), so that is no right to practise in %(place)s."),
    _("no compact covers this profession"),
)
NOT_JOINED = Sentence(
    "not_joined",
    _("The %(compact)s does not join %(home)s and %(place)s, so that is no right to practise there."),
    _("%(pact)s does not join the two places"),
)
EXPEDITED = Sentence(
    "expedited",
    _(
        "The %(compact)s only makes getting a full licence faster; it gives no right to practise "
        "in %(place)s."
    ),
    _("%(pact)s gives no right to practise"),
)
NOT_THIS_WAY = Sentence(
    "not_this_way", _("The %(compact)s does not cover meeting in this way."), _("not in this way of meeting")
)
BY_REGION = Sentence("by_region", _("In %(country)s each state or province registers for itself."))
ABROAD = Sentence(
    "abroad", _("A licence from another country is no right to practise in %(place)s."), _("another country")
)
UNKNOWN_PLACE = Sentence(
    "unknown_place",
    _("The rules of this place are not known here. Ask."),
    _("The rules of this place are not known here"),
)()
