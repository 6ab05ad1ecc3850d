"""Loaded before the settings: their keys and files go to a home of the tests, never to that of a house."""

import os
from pathlib import Path

os.environ.setdefault("BREATHINGROOM_HOME", str(Path(__file__).resolve().parents[2] / ".venv" / "home"))
