"""The long lists of the search form, written in one go: by template they would be half the page's cost."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from breathingroom.directory.index.snapshot import Grouped
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
