"""Many workers, one outbox, each mail once; without the claim, some twice."""

import time
from collections import Counter
from typing import Any

import pytest

from breathingroom.notify import actions
from breathingroom.notify.models import Mail
from tests.config.houses import House, Ready

WORKERS, MAILS = 5, 100

pytestmark = pytest.mark.race


def write_mails(_ready: Ready) -> None:
    Mail.objects.all().delete()
    Mail.objects.bulk_create([Mail(to=f"m{n}@example.org", body="Words") for n in range(MAILS)])


def send(ready: Ready, mode: str) -> list[str]:
    """Send what is due until nothing is, or once without the claim; what this one sent."""
    sent: list[str] = []

    def deliver(mail: Mail) -> None:
        sent.append(str(mail.pk))
        time.sleep(0.002)

    how: dict[str, Any] = {} if mode == "claimed" else {"claim": lambda *_: True}
    ready()
    while actions.send_due(deliver=deliver, limit=20, **how):
        if mode == "unclaimed":
            break
    return sent


def race(house: House, mode: str) -> Counter[str]:
    """How often each mail was sent."""
    house.alone(write_mails)
    return Counter(mail for sent in house.race(send, [[mode]] * WORKERS) for mail in sent)


def test_each_mail_is_sent_once(empty_house: House) -> None:
    counts = race(empty_house, "claimed")
    assert len(counts) == MAILS
    assert set(counts.values()) == {1}


def test_without_the_claim_mails_are_sent_twice(empty_house: House) -> None:
    assert max(race(empty_house, "unclaimed").values()) > 1
