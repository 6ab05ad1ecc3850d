"""The data of the pages."""

from breathingroom.directory.queries.address import Address
from breathingroom.directory.queries.compare import page as compare_page
from breathingroom.directory.queries.find import page as find_page
from breathingroom.directory.queries.hiding import hidden_from
from breathingroom.directory.queries.hours import usual_zone
from breathingroom.directory.queries.listing import page as listing_page
from breathingroom.directory.queries.mine import facts, lapsed, mine

__all__ = [
    "Address",
    "compare_page",
    "facts",
    "find_page",
    "hidden_from",
    "lapsed",
    "listing_page",
    "mine",
    "usual_zone",
]
