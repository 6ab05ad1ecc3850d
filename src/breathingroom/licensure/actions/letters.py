"""What is written to members by mail. It names no topic: whoever reads the mail may be somebody else."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from breathingroom.licensure.models import Licence
from breathingroom.notify import actions as notify
from breathingroom.people.models import Member


def news(member: Member) -> None:
    """That there is something to read."""
    with override(member.language or settings.LANGUAGE_CODE):
        body = _(
            "Hello,\n\n"
            "somebody has looked at something you asked us for. Sign in and open your account: "
            "what came of it is there.\n"
        )
        notify.post(to=member.email, subject=_("There is something for you to read"), body=body)


def date_ahead(licence: Licence, days: int) -> None:
    """That a licence runs out in at most `days` days; once for each end, however often it is asked for."""
    member = licence.member
    with override(member.language or settings.LANGUAGE_CODE):
        body = _(
            "Hello,\n\n"
            "a date that you gave us is %(days)d days away or less. Sign in and open your account "
            "to see which. If it has moved, please change it there.\n"
        ) % {"days": days}
        key = f"licensure.ending:{licence.pk}:{licence.expires_on}:{days}"
        notify.post(to=member.email, subject=_("A date is coming up"), body=body, key=key)
