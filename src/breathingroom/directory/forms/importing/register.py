"""What the public register says of a number, as proposals like any other."""

from breathingroom.directory.forms.importing.meaning import Meant
from breathingroom.directory.forms.importing.raw import clean
from breathingroom.licensure.npi import Prefill


def proposed(said: Prefill) -> dict[str, Meant]:
    """The four things it may say, each in its place; what it leaves empty is not proposed."""
    given = {
        "name": said.name,
        "credentials": said.credential,
        "profession": said.profession,
        "place": said.state,
    }
    return {key: Meant({key: clean(value)}) for key, value in given.items() if value}
