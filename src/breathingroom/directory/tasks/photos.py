"""Pictures that nobody names any more."""

from breathingroom.core.work import periodic
from breathingroom.directory import photos
from breathingroom.directory.models import Listing

DAY = 24 * 60 * 60


@periodic("directory.photos", seconds=DAY)
def sweep_photos() -> int:
    """Delete pictures that no listing names: left by a process that died between commit and clean-up.

    A picture younger than an hour may belong to a row that is about to be committed. Returns how many went.
    """
    kept = photos.older_than(hours=1)
    named = set(Listing.objects.exclude(photo="").values_list("photo", flat=True))
    orphans = [name for name in kept if name not in named]
    for name in orphans:
        photos.remove(name)
    return len(orphans)
