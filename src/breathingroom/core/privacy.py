"""What each stored field is, in privacy terms. One declaration drives export, erasure and the tests.

The classes, from open to closed:

- public: anybody may read it on a page
- members: signed-in members may read it
- private: the person it is about, and whom they chose
- sealed: ciphertext that the server cannot read
- secret: never leaves the server (keys, hashes, codes, evidence)
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.db import models
from django.utils.functional import Promise

M = TypeVar("M", bound=models.Model)


class DataClass(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    PRIVATE = "private"
    SEALED = "sealed"
    SECRET = "secret"  # noqa: S105 - the name of a class


@dataclass(frozen=True)
class Declaration:
    """The class of each field of one model (by field name) and how long its rows are kept, in words."""

    fields: dict[str, DataClass]
    keep: str | Promise


_declared: dict[type[models.Model], Declaration] = {}


def declare(model: type[models.Model], *, keep: str | Promise, **fields: str) -> None:
    """Record the classes of `model`: one keyword a class, its value the field names, space-separated.

    Raises ValueError when a field is named twice or a keyword is no class.
    """
    found: dict[str, DataClass] = {}
    for name, listed in fields.items():
        for field in listed.split():
            if field in found:
                raise ValueError(f"{model.__name__}.{field} is declared twice")
            found[field] = DataClass(name)
    _declared[model] = Declaration(found, keep)


def classified(*, keep: str | Promise, **fields: str) -> Callable[[type[M]], type[M]]:
    """The same as a class decorator, for models of our own."""

    def wrap(model: type[M]) -> type[M]:
        declare(model, keep=keep, **fields)
        return model

    return wrap


def declaration(model: type[models.Model]) -> Declaration | None:
    """What was declared for `model`, or None."""
    return _declared.get(model)
