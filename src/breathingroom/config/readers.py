"""How the text of a variable becomes a value. Each raises ValueError whose words say what is needed."""

import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import environ
from cryptography.fernet import Fernet

_reader = environ.Env()
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
YES_NO = {
    "1": True,
    "yes": True,
    "true": True,
    "on": True,
    "0": False,
    "no": False,
    "false": False,
    "off": False,
}


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not _digits(text) or not least <= int(text[:9]) <= most:
            raise ValueError(f"a whole number from {least} to {most} is needed")
        return int(text)

    return read


def yes_no(text: str) -> bool:
    if text.lower() not in YES_NO:
        raise ValueError("yes or no is needed")
    return YES_NO[text.lower()]


def names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def address(text: str) -> str:
    """An origin: scheme, host and perhaps a port, nothing behind it."""
    parts = urlsplit(text)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or f"{parts.scheme}://{parts.netloc}" != text
    ):
        raise ValueError(
            "an address such as https://rooms.example.org, with nothing behind the name, is needed"
        )
    return text


def page(text: str) -> str:
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname:
        raise ValueError("the address of a page, such as https://www.example.org/, is needed")
    return text


def page_or_none(text: str) -> str:
    return page(text) if text else ""


def door(text: str) -> str:
    """Where to listen: `127.0.0.1:8000`, `0.0.0.0:80`, `[::1]:8000`."""
    host, _, port = text.rpartition(":")
    if not host or not _digits(port) or not 0 < int(port[:9]) < 65536:
        raise ValueError("an address and a port, such as 127.0.0.1:8000, are needed")
    return text


def database(text: str) -> dict[str, Any] | None:
    """Django's settings of one database, or None for empty text."""
    if not text:
        return None
    known = urlsplit(text).scheme in {"sqlite", "postgres", "postgresql"}
    try:
        found = dict(_reader.db_url_config(text)) if known else {}
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        found = {}
    kind = str(found.get("ENGINE", "")).rpartition(".")[2]
    if kind not in {"sqlite3", "postgresql"} or not found.get("NAME"):
        raise ValueError("sqlite:///FILE or postgres://USER:PASSWORD@HOST/NAME is needed")
    return found


def redis(text: str) -> str:
    if text and urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("redis://HOST:6379/0 is needed")
    return text


def mail(text: str) -> dict[str, Any]:
    """Django's settings of one mail transport."""
    try:
        found: dict[str, Any] = _reader.email_url_config(text)
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        raise ValueError("smtp+tls://USER:PASSWORD@HOST:587 or consolemail:// is needed") from None
    if found["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not found["EMAIL_HOST"]:
        raise ValueError("the name of the mail server is missing")
    return found


def field_keys(text: str) -> list[str]:
    keys = names(text)
    for place, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            raise ValueError(f"key {place} is not 32 bytes in URL-safe base64") from None
    return keys


def secret_key(text: str) -> str:
    if text and len(text) < 50:
        raise ValueError("at least 50 characters are needed")
    return text


def country(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError("two letters such as US are needed")
    return text.upper()


def time_zone(text: str) -> str:
    try:
        zoneinfo.ZoneInfo(text)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise ValueError("the name of a time zone such as America/Chicago is needed") from None
    return text


def level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)} is needed")
    return text.upper()
