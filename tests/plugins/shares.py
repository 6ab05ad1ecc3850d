"""How two processes share a run: whole files, and folders that share something dear to make."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.scheduler.protocol import Scheduling

# One browser and one house; houses to break; races, which must not meet each other.
TOGETHER = ("tests/journeys/", "tests/config/", "tests/races/")


class Shares(LoadScopeScheduling):  # type: ignore[misc]
    """A share is named by its folder or file."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """In the order of the collection: the journeys, which take longest, come first there."""
    config.option.loadscopereorder = False
    return Shares(config, log)
