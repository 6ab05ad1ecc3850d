"""Facts are kept in English, and said in the reader's language where the catalogue has them."""

import pytest
from django.utils import translation

from breathingroom.core.facts import said
from breathingroom.core.text import plain
from breathingroom.licensure import facts, queries
from breathingroom.licensure.eligibility import sentences


def test_what_no_catalogue_knows_stays_as_an_operator_typed_it() -> None:
    with translation.override("es"):
        assert [said("A name of ours"), said("")] == ["A name of ours", ""]


def test_a_rule_names_places_and_professions_in_the_readers_language() -> None:
    rule = sentences.DIRECT(place="New York", profession="Psychologist")
    with translation.override("es"):
        assert str(rule) == "Con licencia en Nueva York (Psicología)."
    assert str(rule) == "Licensed in New York (Psychologist)."


def test_several_places_are_each_said() -> None:
    with translation.override("es"):
        assert str(sentences.ONLY(homes=("New York", "Texas"))) == "Con licencia solo en Nueva York, Texas."


def test_places_stand_in_the_order_of_the_language() -> None:
    groups = [("United States", [("US-GA", "Georgia"), ("US-NV", "Nevada"), ("US-SC", "South Carolina")])]
    with translation.override("es"):
        [(country, places)] = queries.spoken(groups)
    assert country == "Estados Unidos"
    assert [name for _code, name in places] == ["Carolina del Sur", "Georgia", "Nevada"]


@pytest.mark.django_db
def test_professions_stand_in_the_order_of_the_language() -> None:
    facts.load(by=None)
    with translation.override("es"):
        names = [name for _slug, name in queries.profession_choices()]
    assert names == sorted(names, key=plain)
    assert "Psicología" in names
