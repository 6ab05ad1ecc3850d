"""A small community in which every kind of thing exists once, and a signed-in browser for every role."""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.db import models
from django.http import HttpRequest
from django.test import Client

from breathingroom.core import clock
from breathingroom.directory import photos
from breathingroom.directory.models import Listing, ListingConcern, ListingLanguage
from breathingroom.licensure import facts as licensure_facts
from breathingroom.licensure.models import Authority, CompactPrivilege, Jurisdiction, Licence, Profession
from breathingroom.notify import actions as notify
from breathingroom.people import access, consents
from breathingroom.people import actions as people
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import SECRET
from breathingroom.safety import facts as safety_facts
from tests.laws import apart, calls, letters, passkeys, proofs

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VISITOR = "visitor"
ROLES = (VISITOR, "member", "owner", "other", "moderator", "bare moderator",
         "operator", "idle operator", "bare operator")  # fmt: skip
LISTED = {"owner": "published", "other": "published", "drafting": "draft", "paused": "paused"}
# A bare moderator has no second factor yet; a bare operator has one and did not show it; an idle
# operator showed it and has no staff session open.
_PROVED = {"moderator", "operator", "idle operator"}


@dataclass
class World:
    """The cast by role name, and the things by kind: listings, licences, passkeys and so on."""

    cast: dict[str, Member] = field(default_factory=dict)
    things: dict[str, models.Model] = field(default_factory=dict)

    @property
    def about(self) -> dict[str, dict[str, tuple[Any, str]]]:
        """For names of addresses that take an id: the kinds of object, each with id and owner."""
        return {
            **apart.about(self),
            **letters.about(self),
            **calls.about(self),
            **proofs.about(self),
            "mfa_*_webauthn": {"key": (self.things["passkey of owner"].pk, "owner")},
            "listing_step": {"step": ("you", "owner"), "picture": ("words", "owner")},
            "*listing*": {
                "published": (self.things["listing of owner"].pk, "owner"),
                "paused": (self.things["listing of paused"].pk, "paused"),
                "draft": (self.things["listing of drafting"].pk, "drafting"),
            },
            "licence*": {"licence": (self.things["licence of owner"].pk, "owner")},
            "authority*": {"authority": (self.things["authority of owner"].pk, "owner")},
        }

    def client(self, role: str) -> Client:
        """A browser in which this role is signed in, as far as the role goes."""
        client = Client()
        if role != VISITOR:
            self._sign_in(client, role)
        return client

    def _sign_in(self, client: Client, role: str) -> None:
        member = self.cast[role]
        client.force_login(member, backend=BACKEND)
        session = client.session
        if "bare" not in role:
            _record(session, member, "mfa" if role in _PROVED else "code")
        if role == "operator":
            opened = people.begin_staff_session(by=member, reason="walking the house", minutes=30)
            session[access.STAFF_KEY] = str(opened.pk)
        session.save()


def _record(session: SessionBase, member: Member, method: str) -> None:
    """Note in the session how the member signed in, a moment ago."""
    request = HttpRequest()
    request.session, request.user = session, member
    record_authentication(request, member, method=method, reauthenticated=True)


def build() -> World:
    """Everything once; about a third of a second."""
    world = World()
    licensure_facts.load(by=None)
    safety_facts.load(by=None)
    for role in (*ROLES[1:], "drafting", "paused"):
        world.cast[role] = make_member(role)
    for role, state in LISTED.items():
        make_licence(world, role)
        make_listing(world, role, state)
    _passkey(world)
    letters.make(world)
    calls.make(world)
    apart.settle(world)
    notify.post(to=world.cast["owner"].email, subject="A word", body="For you alone.")
    return world


def make_member(role: str) -> Member:
    """Somebody with a confirmed address, and whatever power the role's name says."""
    member = Member.objects.create_user(
        f"{role.replace(' ', '.')}@example.org",
        name=role.title(),
        is_staff="operator" in role,
        is_moderator="moderator" in role,
    )
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    people.agree(by=member, kinds=tuple(consents.KINDS))
    if role in _PROVED | {"bare operator"}:
        Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return member


def make_licence(world: World, role: str) -> None:
    """One licence with one authority under a compact."""
    licence = Licence.objects.create(
        member=world.cast[role],
        profession=Profession.objects.get(slug="psychologist"),
        jurisdiction=Jurisdiction.objects.get(code="US-WA"),
        number=f"PY{role}",
        created_on=clock.today(),
    )
    world.things[f"licence of {role}"] = licence
    proofs.make(world, role, licence)
    world.things[f"authority of {role}"] = Authority.objects.create(
        licence=licence, privilege=CompactPrivilege.objects.order_by("pk")[0]
    )


def make_listing(world: World, role: str, state: str) -> None:
    """A listing with a photograph, complete whatever its state."""
    listing = Listing.objects.create(
        member=world.cast[role],
        state=state,
        name=f"Listing {role}",
        headline=f"Headline {role}",
        about=f"About {role}",
        profession=Profession.objects.get(slug="psychologist"),
        place=Jurisdiction.objects.get(code="US-WA"),
        therapist=True,
        online=True,
        accepting=True,
        openings=1,
        openings_confirmed_on=clock.today(),
        published_at=None if state == "draft" else clock.now(),
    )
    Listing.objects.filter(pk=listing.pk).update(photo=photos.store(listing.pk, b"a picture"))
    ListingConcern.objects.create(listing=listing, code="burnout")
    ListingLanguage.objects.create(listing=listing, code="en")
    world.things[f"listing of {role}"] = listing


def _passkey(world: World) -> None:
    for role in ("owner", "other"):
        world.things[f"passkey of {role}"] = Authenticator.objects.create(
            user=world.cast[role],
            type=Authenticator.Type.WEBAUTHN,
            data=passkeys.registered(f"Key of {role}"),
        )
