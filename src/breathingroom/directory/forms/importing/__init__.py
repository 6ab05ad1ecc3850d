"""A listing that somebody already has elsewhere, as a file of their own: read, shown, and only then taken.

Nothing is fetched: what is read was pasted or uploaded by the provider. `schema` reads schema.org's JSON-LD,
`table` our CSV; `meaning` turns words into what the editor knows, and the editor's own forms judge it.
"""

from breathingroom.directory.forms.importing import schema, table
from breathingroom.directory.forms.importing.asked import NpiForm, SourceForm, TakeForm
from breathingroom.directory.forms.importing.meaning import Meant, meant
from breathingroom.directory.forms.importing.proposals import Preview, forms_for, preview, together
from breathingroom.directory.forms.importing.raw import Raw, Unreadable
from breathingroom.directory.forms.importing.register import proposed

__all__ = [
    "Meant",
    "NpiForm",
    "Preview",
    "SourceForm",
    "TakeForm",
    "Unreadable",
    "forms_for",
    "meant",
    "preview",
    "proposed",
    "read",
    "table",
    "together",
]


def read(text: str, own: str) -> Raw:
    """What a text says of the member called `own`: JSON, a page with JSON-LD, or CSV. Raises Unreadable."""
    text = text.strip()
    is_schema = text[:1] in ("{", "[", "<") or "application/ld+json" in text
    return schema.read(text, own) if is_schema else table.read(text)
