"""The question of eligibility, answered by hand from the packaged facts. One line, one case."""

import datetime as dt
from dataclasses import dataclass

import pytest

from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Facts, LicenceHeld, may_see
from breathingroom.licensure.tests.people import DAY, authority, claimed, days, held

APIT = authority("psypact", "telehealth")
TAP = authority("psypact", "temporary_in_person")
NLC = authority("nlc", "multistate_licence")
SW = authority("social_work", "multistate_licence")
APRN = authority("aprn", "multistate_licence")
IMLC = authority("imlc", "expedited_licence")
NEXT_YEAR = dt.date(2027, 10, 1)


def privilege(where: str | None) -> object:
    return authority("counseling", "privilege_to_practice", where)


@dataclass(frozen=True)
class Case:
    """Who holds what, where the other will be, and the answer with the code of its rule."""

    name: str
    licences: tuple[LicenceHeld, ...]
    place: str
    answer: str
    code: str
    format: str = Format.ONLINE
    on: dt.date = DAY


def case(name: str, licence: object, place: str, answer: str, code: str, **more: object) -> Case:
    licences = licence if isinstance(licence, tuple) else (licence,)
    return Case(name, licences, place, answer, code, **more)  # type: ignore[arg-type]


def psychologist(*authorities: object, where: str = "US-OH", **more: object) -> LicenceHeld:
    return held("psychologist", where, *authorities, **more)  # type: ignore[arg-type]


def counselor(*authorities: object, where: str = "US-OH", **more: object) -> LicenceHeld:
    return held("professional_counselor", where, *authorities, **more)  # type: ignore[arg-type]


IN = {"format": Format.IN_PERSON}
OLD, ENDING = DAY - days(366), DAY + days(29)
YES, ASK, NO = "yes", "ask", "no"

DIRECT = [
    case("licensed there", psychologist(), "US-OH", YES, "direct"),
    case("licensed there, in person", psychologist(), "US-OH", YES, "direct", **IN),
    case("an MFT licensed there", held("marriage_family_therapist", "US-CA"), "US-CA", YES, "direct"),
    case("claimed, not checked", claimed("psychologist", "US-OH"), "US-OH", ASK, "direct.unchecked"),
    case("checked 365 days ago", psychologist(checked=DAY - days(365)), "US-OH", YES, "direct"),
    case("checked 366 days ago", psychologist(checked=OLD), "US-OH", ASK, "direct.check_old"),
    case("ends in 30 days", psychologist(until=DAY + days(30)), "US-OH", YES, "direct"),
    case("ends in 29 days", psychologist(until=ENDING), "US-OH", ASK, "direct.ending"),
    case("ends on the day", psychologist(until=DAY), "US-OH", ASK, "direct.ending"),
    case("ended yesterday", psychologist(until=DAY - days(1)), "US-OH", NO, "not_active"),
    case("no end known, checked", psychologist(until=None), "US-OH", YES, "direct"),
    case("found expired", psychologist(status="expired"), "US-OH", NO, "not_active"),
    case("found lapsed", psychologist(status="lapsed"), "US-OH", NO, "not_active"),
    case("suspended", psychologist(status="suspended"), "US-OH", NO, "not_active"),
    case("suspended, with an authority", psychologist(APIT, status="suspended"), "US-TX", NO, "not_active"),
    case("nothing on record", (), "US-OH", NO, "none"),
    case("a place nobody knows", psychologist(), "FR", ASK, "unknown_place"),
    case("nothing on record, unknown place", (), "FR", ASK, "unknown_place"),
    case(
        "a year ahead, the check is old", psychologist(), "US-OH", ASK, "direct.check_old", on=DAY + days(400)
    ),
    case("two licences, one is there", (psychologist(), psychologist(where="US-CA")), "US-CA", YES, "direct"),
]

NOT_ACROSS = "elsewhere.not_joined"
HELD, MISSING = "compact", "compact.not_on_record"

PSYPACT = [
    case("both ends operate, authority held", psychologist(APIT), "US-TX", YES, HELD),
    case("neuropsychologists are covered", held("neuropsychologist", "US-OH", APIT), "US-TX", YES, HELD),
    case("authority not on record", psychologist(), "US-TX", ASK, MISSING),
    case(
        "authority not checked",
        psychologist(authority("psypact", "telehealth", checked=None)),
        "US-TX",
        ASK,
        "compact.authority_unchecked",
    ),
    case(
        "authority checked too long ago",
        psychologist(authority("psypact", "telehealth", checked=OLD)),
        "US-TX",
        ASK,
        "compact.authority_check_old",
    ),
    case(
        "authority ends soon",
        psychologist(authority("psypact", "telehealth", until=ENDING)),
        "US-TX",
        ASK,
        "compact.authority_ending",
    ),
    case(
        "authority ended",
        psychologist(authority("psypact", "telehealth", until=DAY - days(1))),
        "US-TX",
        ASK,
        MISSING,
    ),
    case("licence not checked", claimed("psychologist", "US-OH", APIT), "US-TX", ASK, "compact.unchecked"),
    case("licence checked too long ago", psychologist(APIT, checked=OLD), "US-TX", ASK, "compact.check_old"),
    case("licence ends soon", psychologist(APIT, until=ENDING), "US-TX", ASK, "compact.ending"),
    case("in person, with the 30 days", psychologist(TAP), "US-TX", ASK, "compact.temporary", **IN),
    case("in person, only telehealth held", psychologist(APIT), "US-TX", ASK, f"{MISSING}.temporary", **IN),
    case("online, only temporary held", psychologist(TAP), "US-TX", ASK, MISSING),
    case("California is no member", psychologist(APIT), "US-CA", NO, NOT_ACROSS),
    case("New York is no member", psychologist(APIT), "US-NY", NO, NOT_ACROSS),
    case("home is no member", psychologist(APIT, where="US-CA"), "US-TX", NO, NOT_ACROSS),
    case("Mississippi is less certain", psychologist(APIT), "US-MS", YES, HELD),
    case("the Northern Marianas operate", psychologist(APIT), "US-MP", YES, HELD),
    case("Guam is no member", psychologist(APIT), "US-GU", NO, NOT_ACROSS),
    case(
        "associates are not covered",
        held("psychological_associate", "US-OH", APIT),
        "US-TX",
        NO,
        "elsewhere.no_compact",
    ),
    case(
        "a list older than a year",
        psychologist(APIT, checked=NEXT_YEAR),
        "US-TX",
        ASK,
        "compact.authority_check_old.facts_old",
        on=dt.date(2027, 11, 23),
    ),
    case(
        "no longer a firm no",
        psychologist(checked=NEXT_YEAR),
        "US-CA",
        ASK,
        f"{NOT_ACROSS}.facts_old",
        on=dt.date(2027, 4, 1),
    ),
]

COUNSELING = [
    case("privilege from the remote state", counselor(privilege("US-GA")), "US-GA", YES, HELD),
    case("the same in person", counselor(privilege("US-GA")), "US-GA", YES, HELD, **IN),
    case("privilege from another state", counselor(privilege("US-AZ")), "US-GA", ASK, MISSING),
    case("a privilege without a state", counselor(privilege(None)), "US-GA", ASK, MISSING),
    case("no privilege", counselor(), "US-GA", ASK, MISSING),
    case("the place has only enacted", counselor(privilege("US-VA")), "US-VA", ASK, "compact.not_operating"),
    case(
        "home has only enacted",
        counselor(privilege("US-GA"), where="US-VA"),
        "US-GA",
        ASK,
        "compact.not_operating",
    ),
    case("both have only enacted", counselor(where="US-VA"), "US-NC", ASK, "compact.not_operating"),
    case(
        "Nevada is enacted, less certain",
        counselor(privilege("US-NV")),
        "US-NV",
        ASK,
        "compact.not_operating",
    ),
    case("Texas is no member", counselor(), "US-TX", NO, NOT_ACROSS),
    case("California is no member", counselor(where="US-CA"), "US-GA", NO, NOT_ACROSS),
    case(
        "an MFT has no compact",
        held("marriage_family_therapist", "US-OH"),
        "US-GA",
        NO,
        "elsewhere.no_compact",
    ),
]

SOCIAL_WORK = [
    case(
        "enacted at both ends", held("clinical_social_worker", "US-OH"), "US-GA", ASK, "compact.not_operating"
    ),
    case(
        "even with a licence listed",
        held("clinical_social_worker", "US-OH", SW),
        "US-GA",
        ASK,
        "compact.not_operating",
    ),
    case(
        "master's level too",
        held("masters_social_worker", "US-KS", SW),
        "US-UT",
        ASK,
        "compact.not_operating",
    ),
    case(
        "bachelor's level too",
        held("bachelors_social_worker", "US-KS"),
        "US-UT",
        ASK,
        "compact.not_operating",
    ),
    case(
        "Wisconsin, doubtful",
        held("clinical_social_worker", "US-OH", SW),
        "US-WI",
        ASK,
        "compact.not_operating",
    ),
    case("California is no member", held("clinical_social_worker", "US-OH"), "US-CA", NO, NOT_ACROSS),
]

NURSES_AND_PHYSICIANS = [
    case("RN with a multistate licence", held("psychiatric_nurse", "US-OH", NLC), "US-TX", YES, HELD),
    case("the same in person", held("psychiatric_nurse", "US-OH", NLC), "US-TX", YES, HELD, **IN),
    case("RN without one on record", held("psychiatric_nurse", "US-OH"), "US-TX", ASK, MISSING),
    case("Guam operates partly", held("psychiatric_nurse", "US-OH", NLC), "US-GU", ASK, "compact.partial"),
    case("from Guam too", held("psychiatric_nurse", "US-GU", NLC), "US-TX", ASK, "compact.partial"),
    case(
        "Massachusetts has only enacted",
        held("psychiatric_nurse", "US-OH", NLC),
        "US-MA",
        ASK,
        "compact.not_operating",
    ),
    case("California is no member", held("psychiatric_nurse", "US-OH", NLC), "US-CA", NO, NOT_ACROSS),
    case(
        "the NLC is not for NPs",
        held("psychiatric_nurse_practitioner", "US-OH", NLC),
        "US-TX",
        NO,
        NOT_ACROSS,
    ),
    case(
        "the APRN compact is not in effect",
        held("psychiatric_nurse_practitioner", "US-DE", APRN),
        "US-ND",
        ASK,
        "compact.not_operating",
    ),
    case(
        "nor for specialists",
        held("psychiatric_clinical_nurse_specialist", "US-DE"),
        "US-SD",
        ASK,
        "compact.not_operating",
    ),
    case(
        "a faster licence is no privilege",
        held("psychiatrist", "US-OH", IMLC),
        "US-TX",
        NO,
        "elsewhere.expedited",
    ),
    case("nor with both ends operating", held("psychiatrist", "US-AL"), "US-AZ", NO, "elsewhere.expedited"),
    case(
        "a full licence there is",
        (held("psychiatrist", "US-OH"), held("psychiatrist", "US-TX")),
        "US-TX",
        YES,
        "direct",
    ),
    case(
        "the OT compact is not in the data",
        held("occupational_therapist_mh", "US-OH"),
        "US-TX",
        ASK,
        "compact.unlisted",
    ),
    case(
        "nor the PA compact",
        held("physician_assistant_psychiatry", "US-OH"),
        "US-TX",
        ASK,
        "compact.unlisted",
    ),
    case(
        "school psychologists: not usable",
        held("school_psychologist", "US-OH"),
        "US-TX",
        NO,
        "elsewhere.no_compact",
    ),
    case("art therapists have none", held("art_therapist", "US-NY"), "US-NJ", NO, "elsewhere.no_compact"),
]

ABROAD = [
    case("England and Scotland, one register", psychologist(where="GB-ENG"), "GB-SCT", YES, "country"),
    case(
        "not checked, across the UK",
        claimed("professional_counselor", "GB-WLS"),
        "GB-NIR",
        ASK,
        "country.unchecked",
    ),
    case("Victoria and Queensland, one register", psychologist(where="AU-VIC"), "AU-QLD", YES, "country"),
    case("national, in person", psychologist(where="AU-VIC"), "AU-WA", YES, "country", **IN),
    case(
        "the register's fact is old",
        psychologist(where="AU-VIC", checked=NEXT_YEAR),
        "AU-QLD",
        ASK,
        "country.facts_old",
        on=dt.date(2027, 12, 1),
    ),
    case("Ontario, in Ontario", psychologist(where="CA-ON"), "CA-ON", YES, "direct"),
    case("Ontario and Quebec: registers ease", psychologist(where="CA-ON"), "CA-QC", ASK, "mobility"),
    case("a Canadian social worker too", held("clinical_social_worker", "CA-ON"), "CA-BC", ASK, "mobility"),
    case("Ireland", psychologist(where="IE"), "IE", YES, "direct"),
    case("New Zealand", psychologist(where="NZ"), "NZ", YES, "direct"),
    case("Australia to New Zealand: psychologists", psychologist(where="AU-VIC"), "NZ", ASK, "mobility"),
    case("New Zealand to Australia", psychologist(where="NZ"), "AU-TAS", ASK, "mobility"),
    case("not for counsellors", counselor(where="AU-VIC"), "NZ", NO, "elsewhere.abroad"),
    case("US licence, someone in England", psychologist(APIT), "GB-ENG", NO, "elsewhere.abroad"),
    case("UK licence, someone in Ohio", psychologist(where="GB-ENG"), "US-OH", NO, "elsewhere.abroad"),
    case("Ireland and Northern Ireland", psychologist(where="IE"), "GB-NIR", NO, "elsewhere.abroad"),
    case("Ontario and New York", psychologist(where="CA-ON"), "US-NY", NO, "elsewhere.abroad"),
    case(
        "the US and Canada share letters, not law",
        psychologist(where="US-CA"),
        "CA-ON",
        NO,
        "elsewhere.abroad",
    ),
]

SEVERAL = [
    case("the better of two routes", (psychologist(), psychologist(APIT, where="US-PA")), "US-TX", YES, HELD),
    case("a claim beats a no", (psychologist(), claimed("psychologist", "US-CA")), "US-CA", ASK,
         "direct.unchecked"),
    case("suspended there, authority from home",
         (psychologist(APIT), psychologist(where="US-TX", status="suspended")), "US-TX", YES, HELD),
    case("abroad and elsewhere", (psychologist(where="GB-ENG"), psychologist()), "US-CA", NO, NOT_ACROSS),
]  # fmt: skip

CASES = [*DIRECT, *PSYPACT, *COUNSELING, *SOCIAL_WORK, *NURSES_AND_PHYSICIANS, *ABROAD, *SEVERAL]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.place}: {case.name}")
def test_answer(case: Case, facts: Facts) -> None:
    verdict = may_see(case.licences, case.place, case.on, case.format, facts)
    assert (verdict.answer, verdict.code) == (case.answer, case.code), str(verdict.rule)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
