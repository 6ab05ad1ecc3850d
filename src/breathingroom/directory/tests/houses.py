"""Made-up houses in the tables, and what happens in them."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import transaction

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.directory.actions import listings
from breathingroom.directory.index import Criteria
from breathingroom.directory.models import Listing, ListingApproach, ListingConcern, ListingIdentity
from breathingroom.directory.tests import cast, made
from breathingroom.licensure.models import Authority, CompactPrivilege, Licence

CODES = (
    (ListingConcern, made.CONCERNS),
    (ListingApproach, made.APPROACHES),
    (ListingIdentity, made.IDENTITIES),
)


class House(made.Chance):
    """Draws listings into the tables, edits of them, and searches."""

    def settle(self, count: int) -> None:
        for row in cast.many(count):
            self.furnish(row)

    def furnish(self, row: Listing) -> None:
        Listing.objects.filter(pk=row.pk).update(**self.fields())
        for model, codes in CODES:
            model._default_manager.filter(listing=row).delete()
            for code in self.some(codes):
                model._default_manager.create(listing=row, code=code)
        self.license(row)

    def fields(self) -> dict[str, Any]:
        today = clock.today()
        return {
            "name": self.choice(["Maren Oduya", "Márta Seaborn", "Sam Iwu"]),
            "therapist": self.random() < 0.7,
            "supervisor": True,
            "online": (online := self.random() < 0.5),
            "in_person": not online or self.random() < 0.5,
            "place_id": self.choice(list(cast.PLACES)),
            "spot": self.choice(["", *made.SPOTS]),
            "evenings": self.random() < 0.5,
            "fee_least": (fee := self.choice([None, 0, 8000, 14000])),
            "fee_most": fee,
            "currency": self.choice(["USD", "USD", "CAD"]),
            "sliding": self.random() < 0.5,
            "pro_bono": self.choice([0, 0, 2]),
            "accepting": (accepting := self.random() < 0.7),
            "openings": int(accepting),
            "openings_confirmed_on": today - dt.timedelta(self.choice([0, 29, 30, 31, 90, 91])),
            "treating_since": self.choice([None, today.year - 5, today.year - 12]),
        }

    def license(self, row: Listing) -> None:
        """A licence that may count or not, and under it an authority or none."""
        today = clock.today()
        active = {"status": "active", "checked_by": row.member_id, "checked_on": today - dt.timedelta(3)}
        claimed = {"status": "claimed", "checked_by": None, "checked_on": None}
        found: dict[str, Any] = self.choice([active, active, claimed])
        Licence.objects.filter(member=row.member).update(
            jurisdiction=self.choice(list(cast.PLACES)),
            expires_on=self.choice([None, today, today - dt.timedelta(1), today + dt.timedelta(30)]),
            **found,
        )
        Authority.objects.filter(licence__member=row.member).delete()
        for licence in Licence.objects.filter(member=row.member):
            if self.random() < 0.5:
                self.entitle(licence)

    def entitle(self, licence: Licence) -> None:
        today = clock.today()
        checked = self.choice([None, today])
        Authority.objects.create(
            licence=licence,
            privilege=CompactPrivilege.objects.get(),
            expires_on=self.choice([None, today - dt.timedelta(1)]),
            checked_on=checked,
            checked_by=licence.member_id if checked else None,
        )

    def edit(self) -> None:
        """Something that happens to somebody, told as the actions tell it."""
        row = self.choice(list(Listing.objects.order_by("member__email")))
        what = self.choice(["change", "pause", "publish", "licence", "delete"])
        if what == "delete":
            listings.erase(member=row.member)
        elif what == "licence":
            with transaction.atomic():
                Licence.objects.filter(member=row.member).delete()
                audit.advance("licensure", row.member_id)
        else:
            state = {"pause": "paused"}.get(what, "published")
            with transaction.atomic():
                self.furnish(row)
                Listing.objects.filter(pk=row.pk).update(state=state)
                audit.advance("directory", row.pk)

    def criteria(self, strictness: float) -> Criteria:
        """Now and then without two of those who are there."""
        ids = list(Listing.objects.order_by("member__email").values_list("pk", flat=True))
        without = self.sample(ids, min(2, len(ids))) if self.random() < strictness else ()
        return replace(super().criteria(strictness), without=frozenset(without))
