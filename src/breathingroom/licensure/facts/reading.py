"""The four files of licensing facts as rows ready for the tables. Nothing is written here."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breathingroom.core.factfile import Row, read
from breathingroom.licensure.choices import (
    Certainty,
    CompactModel,
    Format,
    MembershipStatus,
    PrivilegeKind,
    ProfessionKind,
    Scope,
)

Values = dict[str, Any]
FILES = ("professions.json", "jurisdictions.json", "compacts.json", "elsewhere.json")
_FORMATS = {Format.ONLINE: "telehealth", Format.IN_PERSON: "in_person"}
_MODELS = {
    "authority granted": CompactModel.AUTHORITY,
    "privilege": CompactModel.PRIVILEGE,
    "multistate": CompactModel.MULTISTATE,
    "one multistate": CompactModel.MULTISTATE,
    "expedited": CompactModel.EXPEDITED,
    "licence by endorsement": CompactModel.NONE,
}


@dataclass(frozen=True)
class Read:
    """Every row of every table, and which professions each compact and mobility covers, by slug."""

    nucc_codes: list[Values]
    professions: list[Values]
    titles: list[Values]
    jurisdictions: list[Values]
    registrations: list[Values]
    compacts: list[Values]
    privileges: list[Values]
    members: list[Values]
    mobilities: list[Values]
    covered: Mapping[str, set[str]]
    eased: Mapping[str, set[str]]


def read_all(folder: Path, otherwise: Path) -> Read:
    """Read and check the files of `folder`; one that is not there is taken from `otherwise`.

    Raises FactError that names the file and the row.
    """
    professions, places, compacts, elsewhere = (
        read((folder if (folder / name).exists() else otherwise) / name) for name in FILES
    )
    slugs = {row.text("id") for row in professions.rows("professions")}
    codes = {row.text("code") for row in places.rows("jurisdictions")}
    every_compact = [*compacts.rows("compacts"), *elsewhere.rows("other_compacts")]
    return Read(
        nucc_codes=_nucc_codes(professions),
        professions=[_profession(row, professions) for row in professions.rows("professions")],
        titles=[_title(row, professions, slugs) for row in professions.rows("international_titles")],
        jurisdictions=[_jurisdiction(row, places) for row in places.rows("jurisdictions")],
        registrations=[_registration(row, elsewhere) for row in elsewhere.rows("registrations")],
        compacts=[_compact(row, elsewhere) for row in every_compact],
        privileges=[_privilege(row, c) for c in every_compact for row in c.rows("privileges")],
        members=[_member(row, c, codes) for c in every_compact for row in c.rows("members")],
        mobilities=[_mobility(row, elsewhere) for row in elsewhere.rows("mobilities")],
        covered=_covered(every_compact, professions, slugs),
        eased={r.text("id"): _known(r, "professions", slugs) for r in elsewhere.rows("mobilities")},
    )


def _known(row: Row, key: str, known: Collection[str]) -> set[str]:
    found = set(row.texts(key))
    if strange := sorted(found - set(known)):
        raise row.wrong(key, f"names what is not listed: {', '.join(strange)}")
    return found


def _covered(compacts: list[Row], professions: Row, slugs: set[str]) -> dict[str, set[str]]:
    """Either side may say that a compact covers a profession."""
    found = defaultdict(set, {row.text("id"): _known(row, "professions", slugs) for row in compacts})
    names = list(found)
    for row in professions.rows("professions"):
        for compact in _known(row, "compacts", names):
            found[compact].add(row.text("id"))
    return dict(found)


def _stamp(row: Row, around: Row) -> Values:
    """Source, as-of date and certainty: the row's own, or those of what is around it; unsaid is medium."""
    said = row.text("as_of", around.text("as_of"))
    source = row.text("source", around.text("source", around.text("url", "")))
    certainty = row.certainty(around.certainty(Certainty.MEDIUM.value))
    return {"as_of": row.as_of(around), "certainty": certainty, "source": f"{source} (as of {said})".strip()}


def _nucc_codes(file: Row) -> list[Values]:
    codes = file.data.get("nucc_codes", {})
    if not isinstance(codes, dict):
        raise file.wrong("nucc_codes", "must be an object of code and name")
    stamp = _stamp(file, file) | {"certainty": file.text("nucc_certainty", "verified")}
    return [{"code": code, "name": name, **stamp} for code, name in codes.items()]


def _profession(row: Row, file: Row) -> Values:
    return {
        "slug": row.text("id", longest=60),
        "name": row.text("display_name", longest=120),
        "kind": row.choice("kind", ProfessionKind),
        "nucc_primary": row.text("nucc_primary", longest=10),
        "nucc_other": row.texts("nucc_other"),
        "abbreviations": row.texts("licence_abbreviations_us"),
        "regulation": row.text("regulation", ""),
        "note": row.text("note", ""),
        **_stamp(row, file),
    }


def _title(row: Row, file: Row, slugs: set[str]) -> Values:
    if row.text("maps_to") not in slugs:
        raise row.wrong("maps_to", f"names what is not listed: {row.text('maps_to')}")
    return {
        "slug": row.text("id", longest=60),
        "country": row.text("country", longest=2),
        "name": row.text("display_name", longest=120),
        "abbreviations": row.texts("abbreviations"),
        "profession_id": row.text("maps_to"),
        **_stamp(row, file),
    }


def _jurisdiction(row: Row, file: Row) -> Values:
    return {
        "code": row.text("code", longest=6),
        "short_code": row.text("short_code", longest=3),
        "name": row.text("name", longest=80),
        "kind": row.text("kind", longest=20),
        "country": row.text("country", longest=2),
        "country_name": row.text("country_name", longest=80),
        "time_zones": row.texts("time_zones"),
        "primary_time_zone": row.text("primary_time_zone", longest=64),
        "note": row.text("note", ""),
        **_stamp(row, file),
    }


def _registration(row: Row, file: Row) -> Values:
    return {
        "country": row.text("country", longest=2),
        "name": row.text("name", longest=80),
        "scope": row.choice("scope", Scope),
        "note": row.text("note", ""),
        **_stamp(row, file),
    }


def _compact(row: Row, elsewhere: Row) -> Values:
    stamp = _stamp(row, row if "as_of" in row.data else elsewhere)
    return {
        "slug": row.text("id", longest=60),
        "name": row.text("name", longest=120),
        "country": row.text("country", "US", longest=2),
        "url": row.text("url", "", longest=200),
        "model": _model(row),
        "status": row.text("status", ""),
        "conditions": row.texts("practitioner_conditions"),
        "not_covered": row.texts("not_covered"),
        "note": row.text("note", row.text("count_conflict", row.text("professions_note", ""))),
        **stamp,
    }


def _model(row: Row) -> str:
    """The file says in words what a compact gives; the first words decide."""
    words = row.text("model").lower()
    if words in CompactModel.values:
        return words
    for start, model in _MODELS.items():
        if words.startswith(start):
            return model.value
    raise row.wrong("model", f"is none of {', '.join([*CompactModel.values, *_MODELS])}")


def _privilege(row: Row, compact: Row) -> Values:
    kind = row.choice("kind", PrivilegeKind)
    implied = {"telehealth": ["telehealth"], "temporary_in_person": ["in_person"]}.get(kind, [])
    covers = row.texts("covers") or implied
    return {
        "compact_id": compact.text("id"),
        "kind": kind,
        "name": row.text("name", longest=120),
        "covers_online": _FORMATS[Format.ONLINE] in covers,
        "covers_in_person": _FORMATS[Format.IN_PERSON] in covers,
        "needs": row.text("needs", "", longest=120),
        "limit": row.text("limit", ""),
        **_stamp(row, compact),
    }


def _member(row: Row, compact: Row, codes: set[str]) -> Values:
    if row.text("jurisdiction") not in codes:
        raise row.wrong("jurisdiction", f"names what is not listed: {row.text('jurisdiction')}")
    return {
        "compact_id": compact.text("id"),
        "jurisdiction_id": row.text("jurisdiction"),
        "status": row.choice("status", MembershipStatus),
        "enacted_on": row.day("enacted_date"),
        "effective_on": row.day("effective_date"),
        "operational_on": row.day("operational_date"),
        "note": row.text("note", ""),
        **_stamp(row, compact),
    }


def _mobility(row: Row, file: Row) -> Values:
    return {
        "slug": row.text("id", longest=60),
        "name": row.text("name", longest=120),
        "home": row.text("home", longest=2),
        "away": row.text("away", longest=2),
        "note": row.text("note", ""),
        **_stamp(row, file),
    }
