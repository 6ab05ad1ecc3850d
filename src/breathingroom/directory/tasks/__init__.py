"""What the worker does for this room."""

from breathingroom.directory.tasks import calls, enquiries, expiry, hiding, photos  # noqa: F401 - each registers its jobs
