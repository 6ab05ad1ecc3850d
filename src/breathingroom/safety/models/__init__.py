"""The tables of safety."""

from breathingroom.safety.models.crisis import CrisisLine, EmergencyNumber
from breathingroom.safety.models.limits import Attempt
from breathingroom.safety.models.reports import Report, Sanction

__all__ = ["Attempt", "CrisisLine", "EmergencyNumber", "Report", "Sanction"]
