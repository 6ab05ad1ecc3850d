"""Parameters read strictly: a program is told what was wrong, where a page would keep going."""

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from breathingroom.directory.api.door import Bad
from breathingroom.directory.forms import SearchForm
from breathingroom.directory.forms.search import Asked, Codes
from breathingroom.directory.index import Grouped

SWITCH = {"1": "1", "true": "1", "0": "", "false": ""}
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def search(query: QueryDict, places: Grouped) -> Asked:
    """The search that `query` asks for, by the same form as the page. Raises Bad."""
    form = SearchForm(plain(query, SearchForm.base_fields), places=places)
    demand(form)
    return form.asked()


def demand(form: forms.Form) -> None:
    """Raises Bad unless the form is valid."""
    if not form.is_valid():
        raise Bad({name: [str(each) for each in found] for name, found in form.errors.items()})


def plain(query: QueryDict, fields: dict[str, forms.Field]) -> QueryDict:
    """The parameters that say something, switches as a form has them. Raises Bad.

    An empty parameter asks nothing. One that there is not is an error: a filter with a slip in its name
    would otherwise be left out in silence, and show people who do not fit.
    """
    said, wrong = QueryDict(mutable=True), {}
    for name in query:
        values = [value for value in query.getlist(name) if value]
        if fault := _fault(fields.get(name), values):
            wrong[name] = [fault]
        elif isinstance(fields[name], forms.BooleanField):
            values = [SWITCH[value] for value in values if SWITCH[value]]
        said.setlist(name, values)
    if wrong:
        raise Bad(wrong)
    return said


def _fault(field: forms.Field | None, values: list[str]) -> str:
    """What is wrong with these values, before the form looks at them; "" when nothing is."""
    if field is None:
        return _("There is no such parameter.")
    if len(values) > 1 and not isinstance(field, Codes):
        return _("Say this once.")
    if isinstance(field, forms.BooleanField) and not all(value in SWITCH for value in values):
        return _("Say true or false.")
    if isinstance(field, forms.IntegerField) and not all(_NUMBER.fullmatch(value) for value in values):
        return _("Enter a whole number.")
    return ""
