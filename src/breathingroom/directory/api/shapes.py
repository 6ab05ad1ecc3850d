"""The shapes of the answers in JSON Schema, as OpenAPI 3.1 takes them. What is not named does not come."""

from typing import Any

from breathingroom.core import concerns
from breathingroom.core.facts import Certainty
from breathingroom.directory.choices import Approach, Currency, Language, Role, Time
from breathingroom.directory.queries.public import FACETS, SWITCH
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer

Json = dict[str, Any]


def text(**more: Any) -> Json:
    return {"type": "string", **more}


def one_of(values: Any) -> Json:
    return text(enum=[str(value) for value in values])


def whole(**more: Any) -> Json:
    return {"type": "integer", "minimum": 0, **more}


def several(items: Json) -> Json:
    return {"type": "array", "items": items}


def maybe(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def exactly(**fields: Json) -> Json:
    """An object with these fields, all of them, and no other."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


UUID, DAY, URL = text(format="uuid"), text(format="date"), text(format="uri")
CONCERN = one_of(each.code for each in concerns.CONCERNS)
VERDICT = {
    "answer": one_of(Answer),
    "rule": text(description="In the reader's language, in a few words."),
    "as_of": DAY | {"description": "The oldest day that the answer rests on."},
}
SHARED = {
    "id": UUID,
    "name": text(),
    "url": URL | {"description": "Their page, with how to write to them."},
    "openings": maybe(whole(description="0: none now. null: they take new people and did not say how many.")),
    "confirmed_on": maybe(DAY),
    "fee": ref("Fee"),
    "formats": several(one_of(Format.values)),
    "languages": several(one_of(Language.values)),
}


def _counted() -> Json:
    """For each parameter the number of results with each of its values; {} where it cannot be counted."""
    return {
        name: {
            "type": "object",
            "propertyNames": {"enum": ["1"] if values == SWITCH else list(values)},
            "additionalProperties": whole(),
        }
        for name, (_facet, values) in FACETS.items()
    }


SCHEMAS: Json = {
    "Fee": exactly(
        currency=one_of(Currency.values),
        amount=maybe({"type": "number", "minimum": 0, "description": "The least for one session."}),
        sliding={"type": "boolean"},
        pro_bono=whole(description="How many places they give for nothing."),
    ),
    "Verdict": exactly(**VERDICT),
    "Result": exactly(
        id=SHARED["id"],
        name=SHARED["name"],
        url=SHARED["url"],
        role=one_of(Role.values),
        eligibility=maybe(ref("Verdict")),
        why=several(text()),
        **{name: SHARED[name] for name in ("openings", "confirmed_on", "fee", "formats", "languages")},
    ),
    "Results": exactly(
        total=whole(),
        facets=exactly(**_counted()),
        results=several(ref("Result")),
        next=maybe(URL),
    ),
    "Listing": exactly(
        **SHARED,
        roles=several(one_of(Role.values)),
        pronouns=text(),
        credentials=text(),
        profession=maybe(text()),
        headline=text(),
        about=text(),
        where=maybe(text(description="The jurisdiction of their office.")),
        city=text(),
        concerns=several(CONCERN),
        approaches=several(one_of(Approach.values)),
        times=several(one_of(Time.values)),
        treating_since=maybe({"type": "integer", "description": "A year."}),
        wait_weeks=maybe(whole()),
    ),
    "Concerns": exactly(
        results=several(exactly(code=CONCERN, label=text(), group=text(), group_label=text()))
    ),
    "Jurisdictions": exactly(
        results=several(exactly(code=text(), name=text(), country=text(), country_name=text()))
    ),
    "Eligibility": exactly(
        listing=UUID,
        where=text(),
        format=maybe(one_of(Format.values)),
        on=DAY,
        **VERDICT,
        explained=text(description="The same rule in full sentences."),
        certainty=one_of(Certainty.values),
    ),
    "Error": exactly(error=text()),
    "Unreadable": exactly(
        error=text(),
        fields={
            "type": "object",
            "description": "What is wrong, by parameter.",
            "additionalProperties": several(text()),
        },
    ),
}
