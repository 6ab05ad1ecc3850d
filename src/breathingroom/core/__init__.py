"""What every room stands on. The settings import it first of all, so zones are right from the start."""

from breathingroom.core import zones

zones.prefer_pinned()
