"""Words and limits of the people room."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

STAFF_MINUTES = (15, 30, 60)
LONGEST_STAFF_MINUTES = 60

IDLE = dt.timedelta(days=7)
ABSOLUTE = dt.timedelta(days=14)
IDLE_WITH_POWER = dt.timedelta(hours=2)
ABSOLUTE_WITH_POWER = dt.timedelta(hours=12)
LATELY = dt.timedelta(minutes=15)
SEEN_EVERY = dt.timedelta(minutes=5)

KEEP_UNVERIFIED = dt.timedelta(days=3)
KEEP_STAFF_SESSIONS = dt.timedelta(days=365)

DEMO_DOMAIN = "@demo.invalid"

KEEP_ONE = _("Your role needs a second factor. Set up another one first, then remove this one.")
