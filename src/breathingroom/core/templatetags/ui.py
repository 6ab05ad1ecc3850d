"""The components of the house. A signature is the contract: a wrong or missing argument does not compile."""

import datetime as dt
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from breathingroom.core import clock, rings, text

register = template.Library()


def _render(name: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


@register.simple_block_tag
def card(content: str, heading: str = "", kind: str = "") -> SafeString:
    """A sheet of paper: `kind` is "", "sage" (safe to do) or "clay" (wants care)."""
    return _render("card", content=content, heading=heading, kind=kind)


@register.simple_block_tag
def notice(content: str, kind: str = "note") -> SafeString:
    """Something to know now: `note`, `done` or `care`."""
    return _render("notice", content=content, kind=kind)


@register.simple_block_tag
def empty(content: str, heading: str, level: int = 2) -> SafeString:
    """Nothing here yet: what that means and what to do next; `level` 1 when it is the whole page."""
    return _render("empty", content=content, heading=heading, level=level)


class Steady(template.Node):
    """A stretch of a page that depends on its keys and on the reader's language, and on nothing else.

    It is rendered once for each of them and kept with the template. Without cached templates, in
    development, there is nothing to keep it with, so that what is edited is seen.
    """

    def __init__(self, nodelist: template.NodeList, keys: list[template.base.FilterExpression]) -> None:
        self.nodelist = nodelist
        self.keys = keys
        self.kept: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(expression.resolve(context) for expression in self.keys))
        if key not in self.kept:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = self.nodelist.render(context)
        return mark_safe(self.kept[key])  # noqa: S308 - rendered by a template, which escapes


MOST_KEPT = 64


@register.tag
def steady(parser: template.base.Parser, token: template.base.Token) -> Steady:
    """`{% steady here demo %}…{% endsteady %}`: the same for everybody with these keys, so rendered once."""
    keys = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return Steady(nodelist, keys)


@register.simple_tag
def chip(label: str, kind: str = "", icon: str = "") -> SafeString:
    """A short fact: `kind` is "", "yes" or "care"."""
    return _render("chip", label=label, kind=kind, icon=icon)


@register.simple_tag
def steps(names: list[tuple[str, str]], current: str) -> SafeString:
    """Where one is in a form of several pages: (name, address) pairs; the current one by name."""
    return _render("steps", names=names, current=current)


@register.simple_tag
def ring_picture(seed: Any, size: int = 68) -> SafeString:
    """The generated picture that stands for a listing without a photograph."""
    return _render("rings", picture=rings.picture(str(seed)), seed=seed, size=size)


@register.filter
def markdown(value: str) -> SafeString:
    """Member text as safe HTML."""
    return mark_safe(text.render(value))  # noqa: S308 - text.render sanitises


@register.filter
def ago(value: dt.date | dt.datetime | None) -> str:
    """How long ago a day was, in whole days: "today", "yesterday", "6 days ago", then the date itself."""
    if value is None:
        return ""
    day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    days = (clock.today() - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days <= 60:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    return formats.date_format(day, "DATE_FORMAT")


@register.filter
def day(value: dt.date | None) -> str:
    """A date in the reader's language."""
    return formats.date_format(value, "DATE_FORMAT") if value else ""
