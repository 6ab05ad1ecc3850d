"""The lists of the staff pages answer no question about a closed field that the page does not offer."""

from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest
from django.test import Client

from breathingroom.core.privacy import DataClass, declaration
from breathingroom.people.staff import site
from tests.laws.world import World

CLOSED = {DataClass.PRIVATE, DataClass.SEALED, DataClass.SECRET}
OFFERED = {
    "audit.Event": {"on_type", "on_id"},
    "licensure.Authority": {"privilege__compact", "checked_on"},
    "licensure.Licence": {"status", "checked_on", "profession", "jurisdiction__country"},
    "notify.Mail": {"state"},
    "people.Member": {"is_active", "is_moderator", "is_staff"},
    "people.StaffSession": {"began_at"},
}
PAGES: "list[ModelAdmin[Any]]" = list(site._registry.values())


def closed_paths(model: type[models.Model], depth: int = 3) -> set[str]:
    """Every way from this table to a closed field, through other tables too, forwards and backwards."""
    declared = declaration(model)
    found = {name for name, kind in declared.fields.items() if kind in CLOSED} if declared else set()
    for field in model._meta.get_fields():
        further = field.related_model if depth > 1 else None
        if isinstance(further, type):
            found |= {f"{field.name}__{path}" for path in closed_paths(further, depth - 1)}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.model._meta.label)
@pytest.mark.parametrize("transform", ["", "__startswith", "__contains", "__in", "__isnull", "__gt"])
def test_no_list_is_asked_by_a_closed_field(page: "ModelAdmin[Any]", transform: str) -> None:
    offered = OFFERED.get(page.model._meta.label, set())
    answered = {
        path
        for path in closed_paths(page.model)
        if page.lookup_allowed(f"{path}{transform}", "x", HttpRequest())
    }
    assert answered <= offered


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.model._meta.label)
def test_no_list_shows_filters_or_searches_secrets(page: "ModelAdmin[Any]") -> None:
    declared = declaration(page.model)
    assert declared
    secret = {name for name, kind in declared.fields.items() if kind is DataClass.SECRET}
    asked = [*page.list_display, *page.list_filter, *page.search_fields]
    assert not secret & {str(name).lstrip("=^@") for name in asked}


@pytest.mark.parametrize("query", ["body__contains=word", "subject__startswith=A", "to=owner@example.org"])
def test_a_mail_is_not_read_letter_by_letter(world: World, query: str) -> None:
    operator = world.client("operator")
    assert operator.get(f"/staff/notify/mail/?{query}").status_code == 400


def test_what_the_pages_offer_is_answered(world: World) -> None:
    operator: Client = world.client("operator")
    number = world.cast["owner"].pk
    for address in (
        "notify/mail/?state__exact=queued",
        "people/member/?is_staff__exact=1",
        "people/staffsession/?began_at__year=2026",
        f"audit/event/?on_type=people.member&on_id={number}",
        "licensure/licence/?jurisdiction__country=US",
        "licensure/compactmember/?certainty__exact=verified",
    ):
        assert operator.get(f"/staff/{address}").status_code == 200, address
