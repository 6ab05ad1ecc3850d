"""The lists beside this file: lines of `key: words`, where lines of one key add up, and # begins a remark."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def bank(name: str) -> Mapping[str, tuple[str, ...]]:
    """What the file `name` lists under each key."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(": ")
            found[key] = (*found.get(key, ()), words)
    return found
