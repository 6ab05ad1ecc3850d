"""The search: an immutable picture of the published listings, held by each process, that equals the tables.

`current()` gives the snapshot, `search(snapshot, criteria)` the results; `plain.answer` is the same without
any cleverness, and a test holds the two together.
"""

from breathingroom.directory.index.criteria import PAGE, Criteria, Hit, Results
from breathingroom.directory.index.current import current, forget
from breathingroom.directory.index.entries import best
from breathingroom.directory.index.search import search
from breathingroom.directory.index.snapshot import Snapshot

__all__ = ["PAGE", "Criteria", "Hit", "Results", "Snapshot", "best", "current", "forget", "search"]
