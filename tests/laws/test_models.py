"""Tables: foreign keys point down, every rule has a name, and every name a test that breaks it."""

import pytest
from django.db import models

from tests.laws import house

FLOOR = {room: height for height, room in enumerate(reversed(house.ROOMS))}


def _foreign_keys() -> list[tuple[str, str, str]]:
    """(field, room of its model, room of what it points to) for each foreign key between our rooms."""
    return [
        (str(field), here, there)
        for model in house.own_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and (here := house.room_of(model))
        and (there := house.room_of(field.related_model))
    ]


def test_foreign_keys_point_down() -> None:
    wrong = [
        f"{field}: {here} -> {there}" for field, here, there in _foreign_keys() if FLOOR[here] < FLOOR[there]
    ]
    assert not wrong, "These foreign keys point up: " + ", ".join(wrong)


def test_audit_has_no_foreign_keys() -> None:
    assert not [field for field, here, _there in _foreign_keys() if here == "audit"]


def _constraint_names() -> list[str]:
    return sorted(rule.name for model in house.own_models() for rule in model._meta.constraints)


@pytest.fixture(scope="module")
def words_of_tests() -> str:
    return "\n".join(path.read_text() for path in house.test_files())


@pytest.mark.parametrize("name", _constraint_names())
def test_every_constraint_has_a_violating_test(name: str, words_of_tests: str) -> None:
    assert name in words_of_tests, f"No test mentions the constraint {name}: write one that violates it."


def _written() -> list[type[models.Model]]:
    return [model for model in house.own_models() if not model._meta.auto_created]


def test_rules_of_a_table_are_named_constraints() -> None:
    nameless = [model._meta.label for model in _written() if model._meta.unique_together]
    assert not nameless, f"Say these with a named UniqueConstraint: {nameless}"


def test_numbers_and_choices_are_held_by_the_database() -> None:
    """A choice that only a form checks is a choice that an import can break."""
    loose = [
        str(field)
        for model in house.own_models()
        for field in model._meta.local_fields
        if field.choices and not _mentions(model, field.name) and not isinstance(field, models.BooleanField)
    ]
    assert not loose, f"No check constraint names the allowed values of: {loose}"


def _mentions(model: type[models.Model], field: str) -> bool:
    checks = (rule for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint))
    return any(field in _fields_of(rule.condition) for rule in checks)


def _fields_of(node: object) -> set[str]:
    if isinstance(node, tuple):
        return {str(node[0]).split("__")[0]}
    children = getattr(node, "children", None) or getattr(node, "get_source_expressions", list)()
    own = {str(getattr(node, "name", "")).split("__")[0]} if isinstance(node, models.F) else set()
    return own.union(*(_fields_of(child) for child in children if child is not None))
