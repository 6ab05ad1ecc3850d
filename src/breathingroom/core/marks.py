"""What stands in for an address or a name where it must be found again and never read.

A mark is an HMAC under the house's own field keys: without them nobody can tell whose it is, or try names
out. It is made for one purpose, so that the marks of two lists cannot be laid beside each other.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache

from django.conf import settings

LENGTH = 43  # characters


def mark(purpose: str, text: str) -> str:
    """The mark to write, under the newest key."""
    return marks(purpose, text)[0]


def marks(purpose: str, text: str) -> list[str]:
    """The marks under which `text` may have been written, one for each key of the house, newest first."""
    said = text.encode(errors="surrogatepass")
    return [_digest(key, said) for key in _keys(purpose, tuple(settings.FIELD_KEYS))]


@lru_cache(maxsize=32)
def _keys(purpose: str, keys: tuple[str, ...]) -> list[bytes]:
    return [hmac.digest(key.encode(), f"mark|{purpose}".encode(), "sha256") for key in keys]


def _digest(key: bytes, said: bytes) -> str:
    return urlsafe_b64encode(hmac.digest(key, said, "sha256")).decode().rstrip("=")
