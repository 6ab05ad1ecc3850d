"""Every variable the house reads from its environment, declared once.

`settings.py` reads them, `breathingroom check` explains them, and
`docs/reference/configuration.md` is written from them (a test keeps it in step).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breathingroom.config import readers


class ConfigurationError(Exception):
    """A variable is missing or cannot be read; the message says which and what to do."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: how it is read, what it means without a value, and why it is there.

    The value of a `secret` one is never shown, not even in a complaint about it.
    """

    name: str
    default: str
    help: str
    read: Callable[[str], Any] = str
    secret: bool = False


VARIABLES = (
    Variable("BREATHINGROOM_HOME", "var", "Folder for what must last: database (SQLite), media, keys.", Path),
    Variable(
        "BASE_URL",
        "http://127.0.0.1:8000",
        "The address people type. With https, cookies are `__Host-` and HSTS is on.",
        readers.address,
    ),
    Variable(
        "HOSTS",
        "",
        "Further host names to answer to, separated by commas. The one in BASE_URL is always answered.",
        readers.names,
    ),
    Variable(
        "DATABASE_URL",
        "",
        "`postgres://USER:PASSWORD@HOST/NAME`; empty means SQLite in BREATHINGROOM_HOME.",
        readers.database,
        secret=True,
    ),
    Variable(
        "REDIS_URL",
        "",
        "`redis://HOST:6379/0` for the shared cache; empty means a table in the database.",
        readers.redis,
        secret=True,
    ),
    Variable(
        "SECRET_KEY",
        "",
        "Signs cookies. Empty means a key made once in BREATHINGROOM_HOME/keys.",
        readers.secret_key,
        secret=True,
    ),
    Variable(
        "FIELD_KEYS",
        "",
        "Keys that seal single fields at rest, newest first, separated by commas."
        " Empty means a key made once in BREATHINGROOM_HOME/keys.",
        readers.field_keys,
        secret=True,
    ),
    Variable(
        "MAIL_URL",
        "consolemail://",
        "`smtp+tls://USER:PASSWORD@HOST:587`, or `consolemail://` to print mail in the terminal.",
        readers.mail,
        secret=True,
    ),
    Variable(
        "MAIL_FROM",
        "Breathing Room <hello@localhost>",
        "Sender of every message. It must tell nothing about why somebody is here.",
    ),
    Variable("SITE_NAME", "Breathing Room", "What this house is called on its pages."),
    Variable(
        "HOME_COUNTRY",
        "US",
        "Country whose crisis lines come first, as ISO 3166-1 alpha-2.",
        readers.country,
    ),
    Variable("TIME_ZONE", "UTC", "Time zone of a visitor who has not said theirs.", readers.time_zone),
    Variable("QUICK_EXIT_URL", "https://www.wikipedia.org/", "Where “Leave quickly” goes.", readers.page),
    Variable(
        "SOURCE_URL",
        "",
        "Where the source code of this site can be had, shown on every page: who changes it must say (AGPL).",
        readers.page_or_none,
    ),
    Variable(
        "FACTS_LIMIT_DAYS",
        "365",
        "A fact or a licence check older than this answers “ask”.",
        readers.whole(1, 3650),
    ),
    Variable(
        "NPPES_URL",
        "",
        "Read API of the register of National Provider Identifiers, `https://npiregistry.cms.hhs.gov/api/`:"
        " fills in forms. Empty means never ask.",
        readers.page_or_none,
    ),
    Variable(
        "TRUSTED_PROXIES",
        "0",
        "How many proxies of yours stand in front and set X-Forwarded-For.",
        readers.whole(0, 9),
    ),
    Variable(
        "API_PER_MINUTE",
        "120",
        "Requests a minute that one network address may make of the public API.",
        readers.whole(1, 100_000),
    ),
    Variable(
        "BIND", "127.0.0.1:8000", "Address and port that `breathingroom serve` listens on.", readers.door
    ),
    Variable("WORKERS", "2", "Web processes.", readers.whole(1, 64)),
    Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.", readers.level),
    Variable(
        "DEMO",
        "no",
        "A demo community: local mail page, well-known sign-ins. Never on a real site.",
        readers.yes_no,
    ),
)


def read(source: dict[str, str]) -> dict[str, Any]:
    """Read all variables from `source`; raise ConfigurationError that names each one that is wrong."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for variable in VARIABLES:
        text = source.get(variable.name, "").strip() or variable.default
        try:
            values[variable.name] = variable.read(text)
        except ValueError as error:
            shown = variable.name if variable.secret else f"{variable.name}={text!r}"
            wrong.append(f"{shown}: {error}. {variable.help}")
    if values.get("DEMO") and str(values.get("BASE_URL")).startswith("https://"):
        wrong.append("DEMO=yes shows every sign-in code to everybody; BASE_URL cannot be an https address.")
    if wrong:
        raise ConfigurationError("The configuration cannot be read:\n  " + "\n  ".join(wrong))
    return values
