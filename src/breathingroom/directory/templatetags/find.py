"""The long lists of the search form, written in one go: by template they would be half the page's cost."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from breathingroom.directory.index import Grouped
from breathingroom.directory.queries.cards import Card, Chip, Told
from breathingroom.directory.queries.filters import Fixed, Option
from breathingroom.directory.queries.words import many

register = template.Library()


@register.simple_tag
def options(choices: Iterable[Option]) -> SafeString:
    """Choices, each with its label and how many people it would leave."""
    return _joined(
        f"{_begin(fixed)}{' checked' if checked else ''}{_end(fixed)}{_count(fixed, count)}</label>"
        for fixed, count, checked in choices
    )


@lru_cache(maxsize=2048)
def _begin(fixed: Fixed) -> str:
    """The part of a choice that never changes."""
    name, value, _label, id, kind = map(escape, fixed)
    return f'<label class="option" for="{id}"><input type="{kind}" id="{id}" name="{name}" value="{value}"'


@lru_cache(maxsize=2048)
def _end(fixed: Fixed) -> str:
    return f"><span>{escape(fixed.label)}</span>"


def _count(fixed: Fixed, count: int | None) -> str:
    return "" if count is None else f'<span class="count" id="n-{fixed.id}">{many(count)}</span>'


@register.simple_tag
def counts(choices: Iterable[Option]) -> SafeString:
    """The numbers alone, to be swapped into a page that stands."""
    return _joined(
        f'<span class="count" id="n-{fixed.id}" hx-swap-oob="true">{many(count)}</span>'
        for fixed, count, _checked in choices
        if count is not None
    )


@register.simple_tag
def result(card: Card) -> SafeString:
    """One person found. What does not depend on the search is written once and kept."""
    head, face, side, rest = _told(card.told)
    url, why = escape(card.url), f'<p class="why">{escape(card.why)}</p>' if card.why else ""
    where_when = " · ".join(filter(None, [card.away, card.told.times]))
    where_when = f'<p class="soft small">{escape(where_when)}</p>' if where_when else ""
    return mark_safe(  # noqa: S308 - each part is escaped where it is made
        f'<article class="card result">\n{face}<div class="result__main"><h2><a href="{url}">{head}'
        f"{_answer(card.chip, card.rule)}{why}"
        f"{_headline(card.told.headline)}{where_when}</div>\n"
        f'<div class="result__side">{side}{url}{rest}</div>\n</article>'
    )


@lru_cache(maxsize=4096)
def _told(told: Told) -> tuple[str, str, str, str]:
    """The name and what they are, the face, and what stands at the side before and after the address."""
    head = f'{escape(told.title)}</a></h2>\n<p class="soft small">{escape(told.about)}</p>'
    face = told.picture or (
        f'<img class="portrait" src="{escape(told.photo)}" alt="" width="68" height="68" loading="lazy">'
    )
    side = (
        f'<strong>{escape(told.fee)}</strong><p class="small {"stale" if told.is_stale else "soft"}">'
        f'{escape(told.openings)}</p><a class="btn" aria-label="{escape(told.read)}" href="'
    )
    rest = (
        f'">{escape(_("Read more"))}</a><label class="pick"><input type="checkbox" name="listing" '
        f'value="{told.id}" form="compare" aria-label="{escape(told.keep)}"> {escape(_("Compare"))}</label>'
    )
    return head, face, side, rest


@lru_cache(maxsize=512)
def _answer(chip: Chip | None, rule: str) -> str:
    if chip is None:
        return ""
    kind = f" chip--{chip.kind}" if chip.kind else ""
    return (
        f'<p class="result__answer"><span class="chip{kind}"><span aria-hidden="true">{chip.icon}</span> '
        f'{escape(chip.label)}</span> <span class="soft small">{escape(rule)}</span></p>'
    )


def _headline(words: str) -> str:
    return f'<p class="small">{escape(words)}</p>' if words else ""


@register.simple_tag
def places(groups: Grouped, chosen: str | None) -> SafeString:
    """The jurisdictions as options of a select, by country."""
    return _joined(_country(name, tuple(found), chosen or "") for name, found in groups)


@lru_cache(maxsize=512)
def _country(name: str, found: tuple[tuple[str, str], ...], chosen: str) -> str:
    inside = "".join(
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(place)}</option>'
        for code, place in found
    )
    return f'<optgroup label="{escape(name)}">{inside}</optgroup>'


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped where it is made
