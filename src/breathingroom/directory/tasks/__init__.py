"""What the worker does for this room."""

from breathingroom.directory.tasks import (  # noqa: F401 - each registers its jobs
    calls,
    enquiries,
    expiry,
    hiding,
    photos,
    supervision,
)
