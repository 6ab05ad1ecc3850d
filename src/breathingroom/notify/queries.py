"""Reading the outbox, for the demo's mail page."""

import re
import time
from dataclasses import dataclass

from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from breathingroom.notify.models import Mail
from breathingroom.people.choices import DEMO_DOMAIN

_CODE = re.compile(r"^ {4}(\S{4,12})$", re.MULTILINE)


@dataclass(frozen=True)
class Letter:
    """One mail, with the code it brings, if it brings one."""

    mail: Mail
    code: str


def newest(count: int = 20) -> list[Letter]:
    """The newest mails whose words are still there."""
    rows = Mail.objects.exclude(body="").order_by("-created_at")[:count]
    return [Letter(mail, found[1] if (found := _CODE.search(mail.body)) else "") for mail in rows]


@dataclass(frozen=True)
class AppCode:
    """What an authenticator app shows at this moment, and for how many more seconds."""

    email: str
    code: str
    seconds: int


def demo_app_codes() -> list[AppCode]:
    """Current codes of the demo's own people; one query."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__email__endswith=DEMO_DOMAIN)
    now = int(time.time())
    return [
        AppCode(row.user.email, _code_now(row, now), mfa.TOTP_PERIOD - now % mfa.TOTP_PERIOD)
        for row in rows.select_related("user").order_by("user__email")
    ]


def _code_now(row: Authenticator, now: int) -> str:
    secret = get_adapter().decrypt(row.data["secret"])
    return str(format_hotp_value(hotp_value(secret, now // mfa.TOTP_PERIOD)))
