"""The shared cache on Redis, when REDIS_URL names one: the house runs on it and needs no cache table."""

import os

import pytest

from tests.config.houses import House

REDIS_URL = os.environ.get("REDIS_URL", "")
pytestmark = pytest.mark.skipif(not REDIS_URL, reason="no REDIS_URL")


def test_a_house_with_redis_is_sound(empty: House) -> None:
    empty.more |= {"REDIS_URL": REDIS_URL, "BASE_URL": "https://rooms.example.org"}
    assert empty.run("migrate", "--quiet").returncode == 0
    assert "Redis" not in empty.run("check").stdout
    said = empty.python(
        "from django.core.cache import cache\n"
        "from django.db import connection\n"
        "cache.set('config-test', 'kept', 9)\n"
        "print(cache.get('config-test'), 'cache' in connection.introspection.table_names())"
    )
    assert said == "kept False"
    file = empty.home / "b.tar"
    assert empty.run("backup", "--to", file, "--plain").returncode == 0
