"""Declaring what the fields of a model are."""

import pytest
from django.contrib.contenttypes.models import ContentType

from breathingroom.core import privacy


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "_declared", dict(privacy._declared))


def test_each_field_gets_its_class() -> None:
    privacy.declare(ContentType, keep="a day", public="id app_label", secret="model")
    declared = privacy.declaration(ContentType)
    assert declared is not None
    assert declared.keep == "a day"
    assert declared.fields == {
        "id": privacy.DataClass.PUBLIC,
        "app_label": privacy.DataClass.PUBLIC,
        "model": privacy.DataClass.SECRET,
    }


def test_a_field_has_one_class() -> None:
    with pytest.raises(ValueError, match="id is declared twice"):
        privacy.declare(ContentType, keep="a day", public="id", private="id")


def test_there_is_no_other_class() -> None:
    with pytest.raises(ValueError, match="internal"):
        privacy.declare(ContentType, keep="a day", internal="id")
