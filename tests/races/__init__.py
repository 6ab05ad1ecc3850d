"""Real processes against a real database, each race with a control that fails without the protection."""

import pytest

MARKS = [pytest.mark.race, pytest.mark.xdist_group("races")]
"""All races run one after the other in one process: they share the house, and do not slow each other."""
