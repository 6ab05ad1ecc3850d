"""The long list of time zones, written in one go and once."""

from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from breathingroom.core import zones

register = template.Library()


@register.simple_tag
def zone_options(chosen: str) -> SafeString:
    """Every zone as an option of a select, by area; the chosen one stands before the list as well."""
    first = (
        f'<option value="{escape(chosen)}" selected>{escape(zone_place(chosen))}</option>' if chosen else ""
    )
    return mark_safe(first + _all())  # noqa: S308 - each part is escaped where it is made


@register.filter
def zone_place(zone: str) -> str:
    """The place whose clocks a zone is named after: "Los Angeles"."""
    return zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=1)
def _all() -> str:
    return "".join(
        f'<optgroup label="{escape(area)}">'
        + "".join(f'<option value="{escape(zone)}">{escape(place)}</option>' for zone, place in found)
        + "</optgroup>"
        for area, found in zones.grouped()
    )
