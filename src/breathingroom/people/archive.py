"""What a member takes along: a zip of JSON files, one a room, and of pictures; any program can read it."""

import io
import json
import zipfile
from collections.abc import Callable

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from breathingroom.core import clock
from breathingroom.people.models import Member
from breathingroom.people.stewards import Steward, all_stewards


def pack(member: Member) -> bytes:
    """The zip, as bytes: `README.txt`, `<room>.json` for each room that holds something, `<room>/<file>`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme())
        for steward in all_stewards():
            held = steward.export(member)
            if any(held.values()):
                words = json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
                archive.writestr(f"{steward.room}.json", words)
            for name, content in _files(steward, member).items():
                archive.writestr(f"{steward.room}/{name}", content)
    return file.getvalue()


def _files(steward: Steward, member: Member) -> dict[str, bytes]:
    """What a steward hands over beside words, if it has such a thing: `files(member) -> {name: content}`."""
    give: Callable[[Member], dict[str, bytes]] | None = getattr(steward, "files", None)
    return give(member) if give else {}


def _readme() -> str:
    return _(
        "This is what %(site)s holds about you, as of %(day)s.\n\n"
        "Each file belongs to one part of the site and can be opened with any text editor; "
        "pictures lie in a folder beside it. "
        "Times are in UTC. Keys and codes that open your account are left out: "
        "they would be a danger in a file.\n\n"
        "Keep it somewhere safe.\n"
    ) % {"site": settings.SITE_NAME, "day": clock.now().date().isoformat()}
