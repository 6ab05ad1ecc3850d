"""Twenty members claim one licence, and all are granted at once: one is, on either database.

The control takes the rule off the table, and the same code then grants it to several.
"""

from collections import Counter

import pytest

from breathingroom.core import clock
from breathingroom.licensure import facts, queries
from breathingroom.licensure.actions import checks
from breathingroom.licensure.models import Licence, Verification
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from tests.config.houses import House, Ready
from tests.plugins.depth import examples

CLAIMS, ROUNDS = 20, examples(1, 3)

pytestmark = pytest.mark.race


def settle(_ready: Ready) -> None:
    facts.load(by=None)
    Member.objects.create_user("op@example.org", is_staff=True)
    for n in range(CLAIMS):
        Licence.objects.create(
            member=Member.objects.create_user(f"m{n:02}@example.org"),
            profession_id="psychologist",
            jurisdiction_id="US-OH",
            number=f"PSY{'-' * (n % 3)} {'0' * (n % 4)}123",
            created_on=clock.today(),
        )


def anew(_ready: Ready) -> None:
    Mail.objects.all().delete()
    Verification.objects.all().delete()
    Licence.objects.update(status="claimed", mark="", checked_on=None, checked_by=None, checked_against="")
    for licence in Licence.objects.select_related("member"):
        checks.submit(by=licence.member, licence=licence)


def decide(ready: Ready, number: int) -> str:
    """One of the staff grants the licence to one of the twenty; how it ended."""
    by = Member.objects.get(email="op@example.org")
    check = Verification.objects.select_related("licence").get(
        licence__member__email=f"m{number:02}@example.org"
    )
    seen = queries.mark(check.licence)
    ready()
    try:
        return str(checks.grant(by=by, check=check, seen=seen, against="A register", expires_on=None).state)
    except Exception as error:
        return type(error).__name__


@pytest.fixture(scope="module")
def house(empty_house: House) -> House:
    """In which twenty members claim one licence."""
    empty_house.alone(settle)
    return empty_house


def race(house: House) -> Counter[str]:
    """Let all decisions loose at the same moment; how often it ended how."""
    house.alone(anew)
    return Counter(house.race(decide, [[n] for n in range(CLAIMS)]))


def granted(house: House) -> int:
    return int(house.sql("SELECT count(*) FROM licensure_licence WHERE status = 'active'")[0][0])


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_licence_claimed_twenty_times_is_granted_once(house: House, turn: int) -> None:
    assert race(house) == {"granted": 1, "second_look": CLAIMS - 1}
    assert granted(house) == 1
    told = house.sql('SELECT count(*), count(DISTINCT "to") FROM notify_mail')
    assert [tuple(row) for row in told] == [(CLAIMS, CLAIMS)]
    states = dict(house.sql("SELECT state, count(*) FROM licensure_verification GROUP BY state"))
    assert states == {"granted": 1, "second_look": CLAIMS - 1}


def test_without_the_rule_it_is_granted_several_times(house: House) -> None:
    house.sql("DROP INDEX licence_granted_once")
    race(house)
    assert granted(house) > 1
