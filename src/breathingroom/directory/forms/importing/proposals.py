"""What would be taken over, judged by the editor's own forms: a proposal that they refuse is none."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from breathingroom.core import places
from breathingroom.directory.forms import editor
from breathingroom.directory.forms.editor.hours import DAYS
from breathingroom.directory.forms.editor.step import StepForm
from breathingroom.directory.forms.importing.meaning import Meant, Value
from breathingroom.directory.forms.importing.raw import LABELS

Label = str | Promise

FIELDS: dict[str, tuple[type[StepForm], tuple[str, ...]]] = {
    **dict.fromkeys(
        ("name", "credentials", "pronouns", "profession", "treating_since"), (editor.YouForm, ())
    ),
    **dict.fromkeys(("roles", "formats", "concerns", "approaches"), (editor.WorkForm, ())),
    **dict.fromkeys(("place", "spot", "city", "practice"), (editor.WhereForm, ())),
    "hours": (editor.HoursForm, (*DAYS, "time_zone")),
    "fee": (editor.FeeForm, ("least", "most", "currency")),
    **dict.fromkeys(("sliding", "pro_bono", "languages"), (editor.FeeForm, ())),
    **dict.fromkeys(("headline", "about", "contact"), (editor.WordsForm, ())),
}
"""For each key of LABELS its form, and the fields of it when they are not called like the key."""


def fields_of(key: str) -> tuple[str, ...]:
    return FIELDS[key][1] or (key,)


@dataclass(frozen=True)
class Proposal:
    """One thing that can be taken; `now` is what the listing says of it, "" when it says nothing."""

    key: str
    label: Label
    words: str
    now: str
    values: dict[str, Value]


@dataclass
class Preview:
    """What can be taken; what could not be read, as (label, words, why); what is left alone, by name."""

    taken: list[Proposal] = field(default_factory=list)
    unread: list[tuple[Label, str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def preview(found: Mapping[str, Meant], left: list[str], facts: Mapping[str, Any]) -> Preview:
    """Each key on its own, in the order of the editor, beside those that were accepted before it."""
    page, chosen = Preview(left=left), dict[str, dict[str, Value]]()
    for key, meaning in found.items():
        page.unread.extend((LABELS[key], text, "") for text in meaning.unread)
        if not meaning.values:
            continue
        form = _form(FIELDS[key][0], {**chosen, key: meaning.values}, facts)
        if key == "hours":  # they mean nothing without the zone that was thought of
            meaning.values["time_zone"] = form.data["time_zone"]
        wrong = [str(error) for name in fields_of(key) for error in form.errors.get(name, ())]
        words = _words(key, meaning.values, form)
        if wrong:
            page.unread.append((LABELS[key], words, " ".join(wrong)))
        else:
            chosen[key] = meaning.values
            page.taken.append(Proposal(key, LABELS[key], words, _now(key, facts), meaning.values))
    return page


def forms_for(chosen: Mapping[str, dict[str, Value]], facts: Mapping[str, Any]) -> list[StepForm]:
    """The editor's forms that these values change, filled in with them and with what is there."""
    kinds = dict.fromkeys(FIELDS[key][0] for key in chosen)
    return [_form(kind, chosen, facts) for kind in kinds]


def together(forms: Iterable[StepForm]) -> tuple[dict[str, Any], dict[str, Collection[Any]]]:
    """The fields and the collections that valid forms change, as the action wants them."""
    fields: dict[str, Any] = {}
    collections: dict[str, Collection[Any]] = {}
    for form in forms:
        fields |= form.fields_changed()
        collections |= form.collections()
    return fields, collections


def _form(kind: type[StepForm], chosen: Mapping[str, dict[str, Value]], facts: Mapping[str, Any]) -> StepForm:
    data = _as_typed(kind, facts)
    for key, values in chosen.items():
        if FIELDS[key][0] is kind:
            data |= dict.fromkeys(fields_of(key), "") if key in {"fee", "hours"} else {}
            data |= {"currency": facts["currency"]} if key == "fee" else {}
            data |= values
    if kind is editor.HoursForm and not data.get("time_zone"):
        data["time_zone"] = facts["time_zone"] or _zone(chosen) or facts["usual_zone"]
    form = kind(data, facts=dict(facts), live=False)
    form.is_valid()
    return form


def _zone(chosen: Mapping[str, dict[str, Value]]) -> str:
    """The zone of the spot among these, "" when there is none."""
    spot = places.find(str(chosen["spot"]["spot"]), "") if "spot" in chosen else None
    return spot.time_zone if spot else ""


def _as_typed(kind: type[StepForm], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the form would send if nobody touched it."""
    blank = kind(facts=dict(facts), live=False)
    typed: dict[str, Any] = {}
    for name in blank.fields:
        value = blank[name].value()
        typed[name] = "" if value is None or value is False else "on" if value is True else value
    return typed


def _words(key: str, values: Mapping[str, Value], form: StepForm) -> str:
    """The values as people read them."""
    if key == "fee":
        amounts = [str(values[name]) for name in ("least", "most") if name in values]
        return " – ".join(amounts) + f" {values.get('currency', '')}"
    if key == "hours":
        lines = [f"{form.fields[day].label}: {values[day]}" for day in DAYS if day in values]
        return "; ".join([*lines, str(values.get("time_zone", ""))]).strip("; ")
    value = values[key]
    labels = _labels(form, key)
    if isinstance(value, list):
        return ", ".join(labels.get(code, code) for code in value)
    return labels.get(value, "✓" if value == "on" else value)


def _labels(form: StepForm, key: str) -> dict[str, str]:
    """The names of the codes a field offers."""
    found: dict[str, str] = {}
    for code, label in getattr(form.fields[key], "choices", ()):
        inner = label if isinstance(label, list | tuple) else [(code, label)]
        found |= {str(each): str(name) for each, name in inner}
    return found


def _now(key: str, facts: Mapping[str, Any]) -> str:
    """What the listing says now, to be read; "" when nothing."""
    form = FIELDS[key][0](facts=dict(facts), live=False)
    values = {name: form[name].value() or "" for name in fields_of(key)}
    if key in {"fee", "hours"}:
        own = {"currency", "time_zone"}
        said = {name: str(value) for name, value in values.items() if value}
        return _words(key, said, form) if said.keys() - own else ""
    value = values[key]
    if not value:
        return ""
    return _words(key, {key: [str(code) for code in value] if isinstance(value, list) else str(value)}, form)
