"""A scratch house around a benchmark: settings, and a home that is thrown away."""

import os
import tempfile
import warnings


def ready() -> None:
    """Set Django up, on `DATABASE_URL` or else on SQLite in a scratch home."""
    if "DATABASE_URL" not in os.environ:
        os.environ["BREATHINGROOM_HOME"] = tempfile.mkdtemp(prefix="bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
    os.environ["LOG_LEVEL"] = "ERROR"
    warnings.filterwarnings("ignore", "No directory at")
    import django

    django.setup()
