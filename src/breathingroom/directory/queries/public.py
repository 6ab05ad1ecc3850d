"""Listings as programs read them: facts as codes, numbers and days. Contact and identities stay on the page.

Nothing here is more than a stranger reads on the pages, and less of it can be gathered by the thousand.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from breathingroom.core import concerns
from breathingroom.core.facts import Certainty
from breathingroom.directory.choices import (
    ANSWERS,
    RADII,
    YEARS,
    Approach,
    Facet,
    Identity,
    Language,
    Role,
    Time,
)
from breathingroom.directory.index import Criteria, Hit, Question, Results, Snapshot
from breathingroom.directory.models import Listing
from breathingroom.directory.queries.cards import reasons
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Facts, Verdict

Json = dict[str, Any]

SWITCH = ("yes",)
FACETS: Mapping[str, tuple[Facet, tuple[str, ...]]] = {
    "role": (Facet.ROLES, tuple(Role.values)),
    "format": (Facet.FORMATS, tuple(Format.values)),
    "answer": (Facet.ANSWERS, tuple(value for value, _label in ANSWERS)),
    "within": (Facet.WITHIN, tuple(map(str, RADII))),
    "concern": (Facet.CONCERNS, tuple(concern.code for concern in concerns.CONCERNS)),
    "approach": (Facet.APPROACHES, tuple(Approach.values)),
    "language": (Facet.LANGUAGES, tuple(Language.values)),
    "time": (Facet.TIMES, tuple(Time.values)),
    "years": (Facet.YEARS, tuple(map(str, YEARS))),
    "identity": (Facet.IDENTITIES, tuple(Identity.values)),
    "sliding": (Facet.SLIDING, SWITCH),
    "pro_bono": (Facet.PRO_BONO, SWITCH),
    "accepting": (Facet.ACCEPTING, SWITCH),
    "unconfirmed": (Facet.UNCONFIRMED, SWITCH),
}
"""For each parameter that narrows: its facet, and every value that is counted."""


def found(results: Results, criteria: Criteria, following: str) -> Json:
    """One page of a search; `following` is the query string of the page after it. Two queries."""
    beyond = criteria.page > results.pages
    return {
        "total": results.total,
        "facets": facets(results),
        "results": [] if beyond else _results(results.hits, criteria),
        "next": link("api_listings") + following if results.number < results.pages and not beyond else None,
    }


def facets(results: Results) -> dict[str, dict[str, int]]:
    """How many there would be with each value alone in its parameter; a switch has the value "1"."""
    return {
        name: {_value(each, values): results.counts[facet].get(each, 0) for each in values}
        if results.counts[facet]
        else {}
        for name, (facet, values) in FACETS.items()
    }


def _value(choice: str, values: tuple[str, ...]) -> str:
    """What the parameter would be set to for this choice."""
    return "1" if values == SWITCH else choice


def _results(hits: Iterable[Hit], criteria: Criteria) -> list[Json]:
    """In the order of the hits. Who has just been paused is left out."""
    found = list(hits)
    rows = Listing.objects.visible().filter(pk__in=[hit.id for hit in found]).prefetch_related("languages")
    listings = {listing.pk: listing for listing in rows.defer("about", "contact")}
    return [_result(listings[hit.id], hit, criteria) for hit in found if hit.id in listings]


def _result(listing: Listing, hit: Hit, criteria: Criteria) -> Json:
    return {
        "id": str(listing.pk),
        "name": listing.name,
        "url": link("listing", listing.pk),
        "role": _role(listing, criteria.roles),
        "eligibility": verdict(hit.verdict) if hit.verdict else None,
        "why": list(reasons(listing, hit, criteria)),
        "openings": _openings(listing),
        "confirmed_on": listing.openings_confirmed_on.isoformat() if listing.openings_confirmed_on else None,
        "fee": _fee(listing),
        "formats": [value for value in Format.values if getattr(listing, value)],
        "languages": _codes(listing.languages.all(), Language.values),
    }


def one(listing: Listing) -> Json:
    """All of one listing that programs may read; four queries."""
    same = _result(listing, Hit(listing.pk, None), Criteria())
    del same["eligibility"], same["why"], same["role"]
    return same | {
        "roles": [value for value in Role.values if getattr(listing, value)],
        "pronouns": listing.pronouns,
        "credentials": listing.credentials,
        "profession": listing.profession_id,
        "headline": listing.headline,
        "about": listing.about,
        "where": listing.place_id,
        "city": listing.city,
        "concerns": _codes(listing.concerns.all(), FACETS["concern"][1]),
        "approaches": _codes(listing.approaches.all(), Approach.values),
        "times": [value for value in Time.values if getattr(listing, value)],
        "treating_since": listing.treating_since,
        "wait_weeks": listing.wait_weeks,
    }


def verdict(found: Verdict) -> Json:
    """The answer, the rule in a few words of the reader's language, and the oldest day it rests on."""
    rule = found.rule.short or str(found.rule)
    return {"answer": str(found.answer), "rule": rule, "as_of": found.as_of.isoformat()}


def eligibility(listing: Listing, question: Question, format: str, found: Verdict | None) -> Json:
    """The answer to one question; when they do not meet in that way at all, it is no."""
    asked = {
        "listing": str(listing.pk),
        "where": question.where,
        "format": format or None,
        "on": question.on.isoformat(),
    }
    if found is None:
        no = {
            "answer": "no",
            "rule": str(_("They do not meet in this way.")),
            "as_of": question.on.isoformat(),
        }
        return asked | no | {"explained": no["rule"], "certainty": str(Certainty.VERIFIED)}
    return asked | verdict(found) | {"explained": str(found.rule), "certainty": str(found.certainty)}


def _role(listing: Listing, wanted: frozenset[str]) -> str:
    """What they are to whoever asks: the first role asked for that they have, else their first."""
    own = [value for value in Role.values if getattr(listing, value)]
    return next((role for role in own if role in wanted), own[0])


def _openings(listing: Listing) -> int | None:
    """How many openings; None when they take new people and did not say how many."""
    return (listing.openings or None) if listing.accepting else 0


def _fee(listing: Listing) -> Json:
    """`amount` is the least they take for a session, in whole units, None when they did not say."""
    least = listing.fee_least
    amount = None if least is None else least / 100 if least % 100 else least // 100
    return {
        "currency": listing.currency,
        "amount": amount,
        "sliding": listing.sliding,
        "pro_bono": listing.pro_bono,
    }


def _codes(rows: Iterable[Any], order: Iterable[str]) -> list[str]:
    held = {row.code for row in rows}
    return [code for code in order if code in held]


# -- what the codes stand for --------------------------------------------------------------------
def all_concerns() -> Json:
    """The taxonomy, in its order, in the reader's language."""
    groups = {group.code: str(group.label) for group in concerns.GROUPS}
    return {
        "results": [
            {
                "code": each.code,
                "label": str(each.label),
                "group": each.group,
                "group_label": groups[each.group],
            }
            for each in concerns.CONCERNS
        ]
    }


def all_jurisdictions(snapshot: Snapshot) -> Json:
    """Every place that `where` takes: the house's own country first, then by name."""
    return {
        "results": [
            {"code": code, "name": name, "country": _country(snapshot.facts, code), "country_name": country}
            for country, places in licensure.spoken(snapshot.places)
            for code, name in places
        ]
    }


def _country(facts: Facts, code: str) -> str:
    return facts.places[code].country


def link(name: str, *args: object) -> str:
    """A whole address of this house, whatever name it was asked by."""
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)
