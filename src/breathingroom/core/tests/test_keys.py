"""Keys that the house makes for itself, and fields sealed with them."""

from multiprocessing import get_context
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from pytest_django import Settings

from breathingroom.core import fields, keys


def test_a_key_is_made_once_for_its_user_alone(tmp_path: Path) -> None:
    assert keys.secret_key(tmp_path) == keys.secret_key(tmp_path)
    assert (tmp_path / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with get_context("fork").Pool(8) as pool:
        found = pool.map(keys.secret_key, [tmp_path] * 16, chunksize=1)
    assert len(set(found)) == 1


def test_an_older_key_still_opens(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    sealed = fields.seal("PSY 12345")
    settings.FIELD_KEYS = [new, old]
    assert fields.unseal(sealed) == "PSY 12345"
    settings.FIELD_KEYS = [new]
    with pytest.raises(InvalidToken):
        fields.unseal(sealed)


def test_a_sealed_field_shows_the_database_nothing() -> None:
    field: fields.SealedTextField = fields.SealedTextField()
    stored = field.get_prep_value("PSY 12345")
    assert "PSY 12345" not in stored
    assert stored != field.get_prep_value("PSY 12345")
    assert field.from_db_value(stored) == "PSY 12345"


@pytest.mark.parametrize("nothing", ["", None])
def test_nothing_is_not_sealed(nothing: str | None) -> None:
    field: fields.SealedTextField = fields.SealedTextField()
    assert field.get_prep_value(nothing) == ""
    assert field.from_db_value(nothing) == ""
