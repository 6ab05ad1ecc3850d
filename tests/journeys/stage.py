"""Run as a program in the surroundings of a house: makes its demo community, and signs people in."""

import json
import sys
from typing import TYPE_CHECKING

from breathingroom.config import house

if TYPE_CHECKING:
    from breathingroom.people.models import Member

AN_HOUR = 3600


def main(listings: int) -> None:
    """Database, static files and community; then, on the output, the key of a session for each role."""
    house.enter()
    from breathingroom.config import schema, static
    from breathingroom.config.demo import accounts, community
    from breathingroom.people.models import Member
    from breathingroom.people.tests import actors

    schema.update(verbosity=0)
    static.collect()
    community.settle(listings)
    people = {account.role: Member.objects.get(email=account.email) for account in accounts.ACCOUNTS}
    people["newcomer"] = actors.make_member("newcomer@demo.invalid")
    print(json.dumps({role: _key(member) for role, member in people.items()}))


def _key(member: "Member") -> str:
    """A session that showed its proofs: an hour ahead, so that no slow run is asked for them again."""
    from django.test import Client

    from breathingroom.people.tests import actors

    session = actors.sign_in(Client(), member).session
    for proof in session["account_authentication_methods"]:
        proof["at"] += AN_HOUR
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]))
