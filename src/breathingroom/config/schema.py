"""The database brought up to date: tables, the cache table, and the facts it cannot answer without."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.management import call_command
from tqdm import tqdm

from breathingroom.config.house import Refusal
from breathingroom.core.facts import FactError, Tally

ROOMS_WITH_FACTS = ("licensure", "safety")


def update(*, verbosity: int) -> None:
    """Migrate, make the cache table, and load the packaged facts when there are none."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    if not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        call_command("createcachetable", verbosity=verbosity)
    if not has_facts():
        load_facts(None)


def has_facts() -> bool:
    """Whether anybody has loaded facts yet."""
    from breathingroom.licensure.models import Jurisdiction

    return Jurisdiction.objects.exists()


def load_facts(folder: Path | None) -> dict[str, Tally]:
    """Load the facts of every room that has some: those packaged, or those that `folder` holds.

    Returns what was done, by room. Raises Refusal when the folder holds none, or one cannot be read.
    """
    found = {room: import_module(f"breathingroom.{room}.facts") for room in ROOMS_WITH_FACTS}
    rooms = {room: facts for room, facts in found.items() if _speaks_of(facts, folder)}
    if not rooms:
        raise Refusal(f"{folder} holds no facts that are known here. Nothing was changed.")
    try:
        return {
            room: facts.load(by=None, folder=folder) for room, facts in tqdm(rooms.items(), "Facts", delay=2)
        }
    except FactError as error:
        raise Refusal(f"{error}. That file changed nothing.") from None


def _speaks_of(facts: ModuleType, folder: Path | None) -> bool:
    """Whether the folder holds a file of that room's facts, by name."""
    packaged = {path.name for path in facts.PACKAGED.glob("*.json")}
    return folder is None or any((folder / name).is_file() for name in packaged)
