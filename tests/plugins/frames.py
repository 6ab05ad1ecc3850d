"""Room for Python's frames, taken once for the whole run: it saves a tenth of its time.

Python 3.11 keeps frames in chunks of 16 KiB, and asks the system for one, and gives it back, each time that
calls cross the edge of a chunk. A frame that needs a large chunk for itself leaves its rest to all above it.
"""

import sys

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Everything that would have run the tests, called from a frame with room."""
    others = session.config.pluginmanager.subset_hook_caller(
        "pytest_runtestloop", remove_plugins=[sys.modules[__name__]]
    )
    return others(session=session)


pytest_runtestloop.__code__ = pytest_runtestloop.__code__.replace(co_stacksize=65_536)
