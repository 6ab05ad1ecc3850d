"""The words of the interface in other languages, without a system gettext.

python tools/messages.py extract    new words into the catalogues, words no longer used out of them
python tools/messages.py compile    write the .mo files that are read at run time
python tools/messages.py check      say what is missing, doubtful, stale or out of step
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "breathingroom"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("es",)

SINGULAR = ("_", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(SINGULAR),
    **dict.fromkeys(PLURAL, (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
BORROWED: tuple[str | tuple[str, str], ...] = (
    "Enter a number.",
    "Enter a valid date.",
    "Enter a valid email address.",
    "Enter a valid URL.",
    "Enter a valid value.",
    "Enter a whole number.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "No file was submitted. Check the encoding type on the form.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Too many failed login attempts. Try again later.",
    "You cannot add an email address to an account protected by two-factor authentication.",
    "You cannot remove your primary email address.",
    *(
        (f"Ensure this value has at {end} %(limit_value)d character (it has %(show_value)d).",
         f"Ensure this value has at {end} %(limit_value)d characters (it has %(show_value)d).")
        for end in ("least", "most")
    ),
    ("Ensure that there are no more than %(max)s decimal place.",
     "Ensure that there are no more than %(max)s decimal places."),
    *("authenticators", "created at", "data", "last seen at", "last used at", "place", "type", "user"),
    *("user agent", "user sessions"),
)  # fmt: skip
"""What Django and allauth say, made-up names included: without Spanish, or not in the voice of this house."""

TOLD = {
    "licensure/facts/jurisdictions.json": {"name", "country_name"},
    "licensure/facts/professions.json": {"display_name"},
    "licensure/facts/compacts.json": {
        "name", "status", "limit", "note", "practitioner_conditions", "not_covered",
    },
    "licensure/facts/elsewhere.json": {"name", "status"},
    "safety/facts/snapshot.json": {"audience_note", "hours", "note", "text"},
}  # fmt: skip
"""What the packaged facts say: the keys that hold words, by file. What an operator types stays as typed."""

WORD = re.compile(r"[a-z]{2}")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sdif]|\{(\w*)[^{}]*\}|%%")


def _sources() -> Iterator[tuple[str, str]]:
    """(path from the package, Python that carries its words) for each module and template."""
    for path in sorted(PACKAGE.rglob("*")):
        name = str(path.relative_to(PACKAGE))
        if re.search(r"(^|/)(tests|migrations|locale|static|__pycache__)/", name):
            continue
        if path.suffix == ".py":
            yield name, path.read_text()
        elif path.is_file() and "templates" in path.parts:
            yield name, _as_python(path.read_text(), name)


def _as_python(template: str, name: str) -> str:
    """Django blanks all but the words; without indents the rest is tokens that Babel can read."""
    return "\n".join(line.lstrip() for line in templatize(template, origin=name).splitlines())


def _told(data: Any, keys: set[str]) -> Iterator[str]:
    """Every text with a word in it that stands under one of `keys`, at any depth, alone or in a list."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in keys:
            yield from filter(WORD.search, [value] if isinstance(value, str) else value)
        elif isinstance(value, dict | list):
            yield from _told(value, keys)


def wanted() -> Catalog:
    """Every marked word of the source, and every word of the packaged facts, with the files that say it."""
    catalog = Catalog(charset="utf-8")
    for name, code in _sources():
        stream = io.BytesIO(code.encode())
        for _line, words, _notes, context in extract_from("python", stream, KEYWORDS):
            catalog.add(words, locations=[(name, 0)], context=context)
    for name, keys in TOLD.items():
        for text in _told(json.loads((PACKAGE / name).read_text()), keys):
            catalog.add(text, locations=[(name, 0)])
    for words in BORROWED:
        catalog.add(words, auto_comments=["Of a library, in the voice of this house."])
    for message in catalog:
        message.locations = sorted(set(message.locations))
    return catalog


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def held(language: str) -> Catalog:
    """What stands in the catalogue of a language; an empty one if there is none yet."""
    if not _po(language).exists():
        return _blank(language)
    with _po(language).open("rb") as stream:
        return read_po(stream, locale=language)


def _blank(language: str) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# Breathing Room in this language. AGPL-3.0-or-later, as the rest.",
        project="Breathing Room",
        version="1",
        last_translator="Breathing Room",
        language_team="Breathing Room",
        msgid_bugs_address="",
        charset="utf-8",
        fuzzy=False,
    )


def extract() -> None:
    """Bring every catalogue in step with the source; translations are kept."""
    for language in LANGUAGES:
        catalog = held(language)
        made = catalog.creation_date
        catalog.update(wanted(), no_fuzzy_matching=True, update_header_comment=False)
        catalog.creation_date = made
        _po(language).parent.mkdir(parents=True, exist_ok=True)
        with _po(language).open("wb") as stream:
            write_po(stream, catalog, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
        blank = sum(not _is_said(message) for message in catalog if message.id)
        print(f"{language}: {len(catalog)} words, {blank} still to translate")


def _compiled(language: str) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, held(language))
    return stream.getvalue()


def compile_all() -> None:
    """Write the file that is read at run time beside each catalogue."""
    for language in LANGUAGES:
        _po(language).with_suffix(".mo").write_bytes(_compiled(language))


def problems(language: str) -> list[str]:
    """Everything that keeps a catalogue from being complete, one line each."""
    catalog, source = held(language), wanted()
    words = {(m.id, m.context) for m in source if m.id}
    known = {(m.id, m.context) for m in catalog if m.id}
    found = [f"missing: {_name(key)}" for key in words - known]
    found += [f"stale: {_name(key)}" for key in known - words]
    for message in catalog:
        found += _doubts(message) if message.id else []
    mo = _po(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != _compiled(language):
        found.append("the .mo file is not in step: python tools/messages.py compile")
    return sorted(found)


def _name(key: tuple[object, object]) -> str:
    return repr(key[0])


def _is_said(message: Message) -> bool:
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(said)


def _doubts(message: Message) -> list[str]:
    if message.fuzzy:
        return [f"fuzzy: {message.id!r}"]
    if not _is_said(message):
        return [f"not translated: {message.id!r}"]
    return [] if _same_placeholders(message) else [f"placeholders differ: {message.id!r} {message.string!r}"]


def _same_placeholders(message: Message) -> bool:
    """A form for one may leave the number out; no form names what the source does not give."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    given = [_placeholders(text) for text in ids]
    spoken = [_placeholders(text or "") for text in said]
    if len(ids) == 1:
        return spoken[0] == given[0]
    return spoken[-1] == given[-1] and all(set(form) <= set(given[-1]) for form in spoken)


def _placeholders(text: str) -> list[str]:
    return sorted(found.group(0) for found in PLACEHOLDER.finditer(text))


def renew() -> None:
    extract()
    compile_all()


def check() -> int:
    """Print what is wrong with each catalogue; 1 if anything is."""
    found = [f"{language}: {problem}" for language in LANGUAGES for problem in problems(language)]
    print("\n".join(found) or "Every word has its translation.")
    return int(bool(found))


def main() -> NoReturn:
    verbs = {"": renew, "extract": extract, "compile": compile_all, "check": check}
    chosen = verbs.get(" ".join(sys.argv[1:]))
    sys.exit(chosen() if chosen else __doc__)


if __name__ == "__main__":
    main()
