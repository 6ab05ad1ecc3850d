"""What the worker does for this room."""

from breathingroom.directory.tasks import hiding, photos  # noqa: F401 - each registers its jobs
