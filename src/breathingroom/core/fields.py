"""A text field whose value is sealed at rest with the house's own keys."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models

from breathingroom.core import text


@lru_cache(maxsize=4)
def _seal(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Seal `text` with the newest key; the result is ASCII."""
    return _seal(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Open what `seal` made, with any of the keys. Raises cryptography.fernet.InvalidToken."""
    return _seal(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    """Seal a file with the newest key; the result is a third longer."""
    return _seal(tuple(settings.FIELD_KEYS)).encrypt(content)


def unseal_bytes(token: bytes) -> bytes:
    """Open what `seal_bytes` made, with any of the keys. Raises cryptography.fernet.InvalidToken."""
    return _seal(tuple(settings.FIELD_KEYS)).decrypt(token)


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database file alone does not give away. It cannot be searched or compared in SQL."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value)) if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return unseal(value) if value else ""


class PlainField(models.CharField):  # type: ignore[type-arg]
    """The plain words of another field of the row (`core.text.plain`), kept in step whenever it is saved.

    For comparing what two people typed: without accents, case and punctuation. A queryset's `update()` does
    not pass here; whoever updates `of` that way saves the rows instead.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True})
        self.of = of

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        value = text.plain(getattr(instance, self.of))[: self.max_length]
        setattr(instance, self.attname, value)
        return value
