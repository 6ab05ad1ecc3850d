"""Every stored field has its class, and every table that touches a person has somebody who answers for it."""

import pytest
from django.db import models

from breathingroom.core.privacy import DataClass, declaration
from breathingroom.people import stewards
from breathingroom.people.models import Member
from tests.laws import house

ABOUT_A_PERSON = {DataClass.PRIVATE, DataClass.SEALED, DataClass.SECRET}


def _stored(model: type[models.Model]) -> set[str]:
    """Its columns, and its lists of other rows: the table between the two is described with the list."""
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}


NAMED = [model for model in house.all_models() if not model._meta.auto_created]


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model._meta.label)
def test_every_field_has_exactly_one_class(model: type[models.Model]) -> None:
    declared = declaration(model)
    assert declared, (
        f"Say with core.privacy what the fields of {model._meta.label} are: {sorted(_stored(model))}"
    )
    assert set(declared.fields) == _stored(model)
    assert str(declared.keep).strip(), "Say how long a row is kept."


def _leads_to_a_member(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether some path of foreign keys from this table ends at a person."""
    targets = {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type)
    }
    fresh = targets - seen - {model}
    return model is Member or Member in fresh or any(_leads_to_a_member(t, seen | {model}) for t in fresh)


def _touches_a_person(model: type[models.Model]) -> bool:
    declared = declaration(model)
    own = bool(declared and ABOUT_A_PERSON & set(declared.fields.values()))
    return own or _leads_to_a_member(model)


PERSONAL = list(filter(_touches_a_person, house.all_models()))


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_every_table_that_touches_a_person_has_its_steward(model: type[models.Model]) -> None:
    assert model in set(stewards.tables()), f"Name {model._meta.label} in the tables of a steward."


def test_a_steward_answers_for_each_table_alone() -> None:
    named = [table._meta.label for table in stewards.tables()]
    twice = sorted({label for label in named if named.count(label) > 1})
    assert not twice, f"Two stewards claim {twice}; one of them has to be asked."
