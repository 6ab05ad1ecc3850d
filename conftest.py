"""What every test stands on: the product's own settings, less what only a served site needs.

The database is the one of the settings: SQLite in memory, or what `DATABASE_URL` names.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone, translation

pytest_plugins = ["tests.plugins.frames", "tests.plugins.left_out", "tests.plugins.shares"]


def pytest_configure() -> None:
    """Settings that must change before anything reads them; and less sweeping: a test process ends soon."""
    gc.set_threshold(100_000, 50, 50)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def pytest_collection_finish() -> None:
    """All that was loaded stays to the end: no sweeping looks at it again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _house_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing a test writes lands in the home of a real house."""
    home = tmp_path_factory.mktemp("home")
    (home / "static").mkdir()
    with override_settings(HOME=home, MEDIA_ROOT=home / "media", STATIC_ROOT=home / "static"):
        yield home


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    """What one test used up, found or asked for, a language or a time zone, does not meet the next."""
    from breathingroom.directory import index

    cache.clear()
    index.forget()
    translation.deactivate()
    timezone.deactivate()
