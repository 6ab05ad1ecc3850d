"""The outbox for operators: how sending goes, never whom or what."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breathingroom.audit import actions as audit
from breathingroom.notify import actions
from breathingroom.notify.models import Mail
from breathingroom.people import access
from breathingroom.people.staff import FactAdmin, site


@admin.register(Mail, site=site)
class MailAdmin(FactAdmin):
    list_display = ("created_at", "state", "attempts", "due_at", "sent_at", "error")
    list_display_links = None
    list_filter = ("state",)
    fields = list_display
    readonly_fields = list_display
    actions = ("try_again",)
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    @admin.action(description=_("Try again to send the chosen mails that were given up"))
    def try_again(self, request: HttpRequest, mails: models.QuerySet[Mail]) -> None:
        count = actions.try_again(mails=mails)
        audit.record(by=access.operator(request), did="notify.mail.tried_again", on=Mail._meta.label_lower)
        words = ngettext("%(count)d mail will be tried again.", "%(count)d mails will be tried again.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
