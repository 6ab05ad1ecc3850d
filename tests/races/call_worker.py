"""Some clients of the call race, each in a thread of its own: all want the same time.

Called with a file to write into, a file whose coming begins it, how many clients, the number of the first,
and a mode. Each client says that it is ready before it waits.
"guarded" books as the product does; "constraint" comes round the lock, "nothing" round lock and constraint
(the race takes that off the table): both look whether the time is free, and then write.
"""

import os
import sys
import time
from threading import Thread

import django

django.setup()

from django.db import IntegrityError, connection  # noqa: E402 - Django must be set up first

from breathingroom.directory.actions import calls  # noqa: E402
from breathingroom.directory.models import Call, Listing  # noqa: E402
from breathingroom.directory.queries import calls as times  # noqa: E402
from breathingroom.people.models import Member  # noqa: E402

path, go, count, first, mode = sys.argv[1:]
log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def book(member: Member, listing: Listing, slot: times.Slot) -> str:
    """One client's try, and how it ended."""
    if mode == "guarded":
        try:
            calls.book(by=member, listing=listing, starts_at=slot.starts_at)
        except calls.Taken:
            return "taken"
        return "booked"
    if slot not in times.free(listing):
        return "taken"
    time.sleep(0.05)
    try:
        Call.objects.create(
            member=member,
            listing=listing,
            on=slot.on,
            at=slot.at,
            time_zone=slot.time_zone,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
        )
    except IntegrityError:
        return "refused"
    return "booked"


def client(number: int) -> None:
    try:
        member = Member.objects.get(email=f"c{number}@example.org")
        listing = Listing.objects.get()
        slot = times.free(listing)[0]
        os.write(log, b"ready\n")
        while not os.path.exists(go):
            time.sleep(0.001)
        said = book(member, listing, slot)
    except Exception as error:
        said = f"error:{type(error).__name__}"
    finally:
        connection.close()
    os.write(log, f"{said}\n".encode())


clients = [Thread(target=client, args=(int(first) + n,)) for n in range(int(count))]
for each in clients:
    each.start()
for each in clients:
    each.join()
