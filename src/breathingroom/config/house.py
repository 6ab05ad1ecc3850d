"""Opening the house for a command: read the configuration, load Django, or say plainly why not."""

import os
from pathlib import Path


class Refusal(Exception):
    """A command cannot do what was asked; the message says what happened and what to do."""


def enter() -> None:
    """Load the settings and all rooms. Raises Refusal that names each wrong variable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
    settle()
    import django

    django.setup()


def settle() -> Path:
    """Read the configuration and make sure of the home folder, which is returned; Django stays unloaded."""
    from breathingroom.config import environment

    try:
        home = Path(environment.read(dict(os.environ))["BREATHINGROOM_HOME"]).resolve()
    except environment.ConfigurationError as error:
        raise Refusal(str(error)) from None
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refusal(f"BREATHINGROOM_HOME={home} cannot be made: {error.strerror}.") from None
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise Refusal(f"BREATHINGROOM_HOME={home} cannot be written by this user.")
    return home


def first_line(path: Path | None) -> str:
    """The first line of a file that holds a secret; empty without a path. Raises Refusal if there is none."""
    if path is None:
        return ""
    try:
        line = path.read_text().partition("\n")[0].strip()
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from None
    if not line:
        raise Refusal(f"{path} is empty.")
    return line
