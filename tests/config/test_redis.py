"""The shared cache on Redis, when REDIS_URL names one: the house runs on it and needs no cache table."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from tests.config import inside
from tests.config.houses import House, Ready, built

REDIS_URL = os.environ.get("REDIS_URL", "")
pytestmark = pytest.mark.skipif(not REDIS_URL, reason="no REDIS_URL")


def kept(_ready: Ready) -> tuple[str, bool]:
    """What the cache kept, and whether there is a table for it."""
    cache.set("config-test", "kept", 9)
    return cache.get("config-test"), "cache" in connection.introspection.table_names()


def test_a_house_with_redis_is_sound(tables: House, tmp_path: Path) -> None:
    around = {"REDIS_URL": REDIS_URL, "BASE_URL": "https://rooms.example.org"}
    with built(tmp_path / "house", like=tables, **around) as house:
        house.alone(inside.settle, 1)
        assert "Redis" not in house.run("check").stdout
        assert house.alone(kept) == ["kept", False]
        file = house.home / "b.tar"
        assert house.run("backup", "--to", file, "--plain").returncode == 0
