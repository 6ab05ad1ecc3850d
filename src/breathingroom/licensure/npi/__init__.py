"""The National Provider Identifier of the United States: reading one, and asking the register about it.

A number that passes proves only that it was typed without a slip, and the register repeats what clinicians
said of themselves. So an answer fills in a form and proves nothing.
"""

from breathingroom.licensure.npi.number import BadNumber, NpiField, read
from breathingroom.licensure.npi.register import (
    AnOrganisation,
    Prefill,
    is_on,
    look_up,
)
from breathingroom.licensure.npi.wire import Unavailable

__all__ = ["AnOrganisation", "BadNumber", "NpiField", "Prefill", "Unavailable", "is_on", "look_up", "read"]
