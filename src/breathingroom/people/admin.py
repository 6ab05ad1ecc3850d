"""Staff pages about members, staff sessions and the audit log."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from breathingroom.audit.models import Event
from breathingroom.people import access, actions
from breathingroom.people.models import Member, StaffSession
from breathingroom.people.staff import FactAdmin, site


class LookOnly(FactAdmin):
    """Pages on which nothing can be added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Member, site=site)
class MemberAdmin(LookOnly):
    """Find a member, and use the few powers there are; each leaves an audit line."""

    list_display = ("email", "name", "joined_at", "is_active", "is_moderator", "is_staff")
    list_filter = ("is_active", "is_moderator", "is_staff")
    search_fields = ("email", "name")
    fields = list_display
    ordering = ("email",)
    list_per_page = 50
    actions = ("suspend", "restore", "make_moderator", "unmake_moderator", "make_operator", "unmake_operator")

    @admin.action(description=_("Suspend: sign out everywhere and refuse sign-in"))
    def suspend(self, request: HttpRequest, members: models.QuerySet[Member]) -> None:
        self._each(request, members, actions.suspend)

    @admin.action(description=_("Let sign in again"))
    def restore(self, request: HttpRequest, members: models.QuerySet[Member]) -> None:
        self._each(request, members, actions.restore)

    @admin.action(description=_("Make moderator"))
    def make_moderator(self, request: HttpRequest, members: models.QuerySet[Member]) -> None:
        self._each(request, members, actions.set_power, power="is_moderator", on=True)

    @admin.action(description=_("Take the moderator’s power away"))
    def unmake_moderator(self, request: HttpRequest, members: models.QuerySet[Member]) -> None:
        self._each(request, members, actions.set_power, power="is_moderator", on=False)

    @admin.action(description=_("Make operator"))
    def make_operator(self, request: HttpRequest, members: models.QuerySet[Member]) -> None:
        self._each(request, members, actions.set_power, power="is_staff", on=True)

    @admin.action(description=_("Take the operator’s power away"))
    def unmake_operator(self, request: HttpRequest, members: models.QuerySet[Member]) -> None:
        self._each(request, members, actions.set_power, power="is_staff", on=False)

    def _each(self, request: HttpRequest, members: models.QuerySet[Member], act: Any, **how: Any) -> None:
        session = access.staff_session(request)
        for member in members:
            try:
                act(by=access.operator(request), member=member, session=session, **how)
            except actions.OwnPower:
                words = _("Nobody changes their own power. Ask another operator.")
                self.message_user(request, words, messages.WARNING)


@admin.register(StaffSession, site=site)
class StaffSessionAdmin(LookOnly):
    list_display = ("began_at", "member", "reason", "minutes", "ended_at", "id")
    list_display_links = None
    list_select_related = ("member",)
    date_hierarchy = "began_at"


@admin.register(Event, site=site)
class EventAdmin(LookOnly):
    """The audit log, newest first."""

    list_display = ("at", "did", "actor", "on_type", "on_id", "why")
    list_display_links = None
    list_filter = ("on_type",)
    asked_by = ("on_id",)
    search_fields = ("did", "=on_id", "why")
    list_per_page = 100
