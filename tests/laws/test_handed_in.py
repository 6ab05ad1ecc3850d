"""What was handed in is read by its member, in an export, and by staff who open it; nowhere else."""

from typing import Any

import pytest
from django.test import Client

from breathingroom.core.tests.undone import undone
from breathingroom.licensure import evidence
from breathingroom.licensure.models import Evidence
from breathingroom.people import actions as people
from tests.laws import proofs, sentinels
from tests.laws.probe import Crowd
from tests.laws.readings import crawl
from tests.laws.world import ROLES, World
from tests.plugins.depth import THOROUGH

# Every role asks at every address in `test_matrix.py`; here whoever may see most of it follows the links too.
CRAWLERS = ROLES if THOROUGH else ("owner", "operator")


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


@pytest.mark.parametrize("role", CRAWLERS)
def test_no_page_shows_what_was_handed_in(role: str, crowd: Crowd) -> None:
    shown = [path for path, text in crawl(crowd, role) if proofs.WORDS in text]
    assert not shown


@pytest.mark.parametrize("role", ROLES)
def test_only_an_operator_with_a_session_opens_a_file(role: str, world: World, crowd: Crowd) -> None:
    file = world.things["file of owner"].pk
    answer = crowd.ask(role, "POST", f"/staff/checks/file/{file}/", b"x=1")
    assert (proofs.WORDS in sentinels.said(answer)) == (role == "operator")


def test_an_export_holds_ones_own_and_nobody_elses(crowd: Crowd) -> None:
    said = sentinels.said(crowd.ask("owner", "POST", "/account/privacy/export/"))
    assert f"{proofs.WORDS}owner" in said
    assert said.count(proofs.WORDS) == 1


@pytest.mark.parametrize("name", ["{}", "{}.sealed", "{}.pdf"])
@pytest.mark.parametrize("folder", ["evidence", "media", "media/evidence", "static/evidence", "listings"])
def test_no_address_leads_to_the_folder(world: World, folder: str, name: str) -> None:
    file = name.format(world.things["file of owner"].pk)
    assert Client().get(f"/{folder}/{file}").status_code == 404


def test_nothing_of_it_lies_in_the_database(world: World) -> None:
    assert proofs.WORDS not in sentinels.dump()


def test_erasing_an_account_deletes_the_file(world: World, django_capture_on_commit_callbacks: Any) -> None:
    number = world.things["file of other"].pk
    with undone(), django_capture_on_commit_callbacks(execute=True):
        people.erase(by=world.cast["other"])
        assert not Evidence.objects.filter(pk=number).exists()
    assert evidence.read(number) is None
