"""Reading the mail that tests caused."""

import re

from breathingroom.notify.models import Mail

CODE = re.compile(r"^ {4}(\d{4}-\d{4})$", re.MULTILINE)


def last_mail(to: str) -> Mail:
    """The newest mail to an address. Raises Mail.DoesNotExist."""
    return Mail.objects.filter(to=to).latest("created_at")


def last_code(to: str) -> str:
    """The code in the newest mail to an address."""
    found = CODE.search(last_mail(to).body)
    assert found, last_mail(to).body
    return found[1]
