"""Real processes against a real database, each race with a control that fails without the protection.

All run one after the other in one process (`tests/plugins/shares.py`): they share the house.
"""
