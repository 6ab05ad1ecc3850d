"""Who may do what, at every address: the statute that `test_matrix.py` holds the house to.

The rows are in the files of `statute/`, one a chapter: an address, a kind of object and a method; one
column a role. An answer is one word:

page    shown, or the form again with what is missing    in      asked to sign in first
go      done, and sent on                                setup   has to set up a second factor first
404     nothing here, for whoever may not know           prove   has to show the second factor first
403     known, and not allowed                           why     has to say why they use staff pages first
405     not a way to ask                                 door    sent to the door of the staff pages

`owner` owns the object of the row; `other` owns one like it. A bare moderator has set up no second
factor, a bare operator has not shown it, an idle operator has no staff session open. `gone` is an id
that never was. A star in an address speaks for all that match and have no row of their own; a word in
braces is a set of tables, below. HEAD answers as GET does; PUT and DELETE are refused or do nothing.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

COLUMNS = ("visitor", "member", "owner", "other", "moderator", "bare moderator",
           "operator", "idle operator", "bare operator")  # fmt: skip

STATUTE = Path(__file__).parent / "statute"

# Tables whose staff pages do less: their rows are only looked at, or only some of their fields are decided.
SETS = {
    "kept": ("audit_event", "licensure_authority", "licensure_licence", "notify_mail", "people_member",
             "people_staffsession"),
    "read": ("audit_event", "people_member", "people_staffsession"),
    "decided": ("licensure_authority", "notify_mail"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What each role of COLUMNS is answered."""

    name: str
    kind: str
    method: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        answers = " ".join(f"{answer:<5}" for answer in self.answers)
        return f"{self.name:<36} {self.kind:<9} {self.method:<4}  {answers}".rstrip()


@cache
def rows() -> list[Row]:
    """The statute, row by row: every file of the folder."""
    texts = [path.read_text() for path in sorted(STATUTE.glob("*.txt"))]
    lines = [line.split() for text in texts for line in text.splitlines() if line and line[0] != "#"]
    return [
        Row(each, kind, method, tuple(answers))
        for name, kind, method, *answers in lines
        for each in _unfolded(name)
    ]


def _unfolded(name: str) -> list[str]:
    """A name once for each table of the set it names in braces."""
    before, brace, rest = name.partition("{")
    known, _, after = rest.partition("}")
    return [f"{before}{table}{after}" for table in SETS[known]] if brace else [name]


def speaks_of(row: Row, name: str) -> bool:
    return fnmatchcase(name, row.name)


@cache
def statute_for(name: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The answers at an address by kind of object and method; its own rows before those with a star."""
    speaking = sorted((row for row in rows() if speaks_of(row, name)), key=lambda row: row.name == name)
    return {(row.kind, row.method): row.answers for row in speaking}
