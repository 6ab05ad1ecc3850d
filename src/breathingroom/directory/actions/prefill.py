"""Asking the public register about a provider's own number: counted, because somebody else's server answers.

Neither the number nor the answer is kept.
"""

import datetime as dt

from breathingroom.licensure import npi
from breathingroom.people.models import Member
from breathingroom.safety.actions import limits

MOST_AN_HOUR = 10


def ask_register(*, by: Member, number: str) -> npi.Prefill | None:
    """What the register says of the NPI; None when it knows none. It takes up to four seconds.

    Never inside a transaction. Raises limits.TooMany, npi.Unavailable and npi.AnOrganisation.
    """
    limits.take(what="npi.look_up", who=str(by.pk), most=MOST_AN_HOUR, within=dt.timedelta(hours=1))
    return npi.look_up(number)
