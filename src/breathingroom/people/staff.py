"""The staff pages: Django's admin behind a staff session, with every save and delete in the audit log."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.core.privacy import DataClass, declaration
from breathingroom.people import access
from breathingroom.people.models import Member

_NOT_OURS = {"password_change", "password_change_done"}
_OPEN = {DataClass.PUBLIC, DataClass.MEMBERS}


class StaffSite(AdminSite):
    """Nobody gets in without a live staff session; whoever is no operator finds nothing here.

    `desks` are pages of other rooms, by the name of their address: each room adds its own at start.
    """

    desks: ClassVar[dict[str, str | Promise]] = {}

    site_header = site_title = _("Staff pages")
    index_title = _("Staff pages")
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        if not access.is_operator(request):
            raise Http404
        return access.staff_session(request) is not None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where Django sends whoever may not come in: to sign in, then to the page that asks for a reason."""
        if request.user.is_authenticated and not access.is_operator(request):
            raise Http404
        door = "staff_enter" if request.user.is_authenticated else "account_login"
        query = urlencode({"next": request.GET.get("next", reverse("staff:index"))})
        return redirect(f"{reverse(door)}?{query}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Signing out is the house's own page."""
        return redirect("account_logout")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        session = access.staff_session(request)
        left = session.minutes_left(clock.now()) if session else 0
        bar = {"staff_session": session, "staff_minutes_left": left, "here": "staff", "desks": self.desks}
        return {**super().each_context(request), **bar}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, less the pages about passwords."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in _NOT_OURS]


site = StaffSite(name="staff")


class FactAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Base of every staff page that edits data: each save and delete writes an audit line with it.

    Django's own log is left empty, for it would keep a copy of what a row said after the row is gone.
    """

    show_full_result_count = False
    asked_by: ClassVar[tuple[str, ...]] = ()  # closed fields by which our own links ask the list

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """A NUL byte stands in no id, and PostgreSQL will not be asked for one."""
        return None if "\0" in object_id else super().get_object(request, object_id, from_field)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Addresses ask by open fields and by what the page offers.

        Django lets them ask by every field, and by its parts: whoever sees only whether a row is found
        could read a code or an address letter by letter.
        """
        offered = (*self.asked_by, *self.get_list_filter(request), self.date_hierarchy)
        fits = any(lookup == name or lookup.startswith(f"{name}{LOOKUP_SEP}") for name in offered)
        return super().lookup_allowed(lookup, value, request) and (fits or _is_open(self.model, lookup))

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Plain lists instead: they work without scripts, and a screen reader can name them."""
        return ()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", CheckboxSelectMultiple())
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The title says what is listed. No database filters by a NUL byte: that filter is dropped."""
        if any("\0" in value for _name, values in request.GET.lists() for value in values):
            return redirect(request.path)
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record(request, obj, "added")

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record(request, obj, "changed", _changed(message))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            self._record(request, obj, "deleted")

    def log_deletion(self, request: HttpRequest, obj: models.Model, object_repr: str) -> Any:
        self._record(request, obj, "deleted")

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any
    ) -> HttpResponse | None:
        """Actions on many rows, and their audit lines, happen together or not at all."""
        with transaction.atomic():
            return super().response_action(request, queryset, *where)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Django's history reads the log that we leave empty; ours is the audit log."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        return redirect(f"{reverse('staff:audit_event_changelist')}?{urlencode(_about(obj))}")

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        raise Http404

    def _record(self, request: HttpRequest, obj: models.Model, did: str, why: str = "") -> None:
        actor = request.user if isinstance(request.user, Member) else None
        name = f"{obj._meta.app_label}.{obj._meta.model_name}.{did}"
        with transaction.atomic():
            audit.record(by=actor, did=name, on=obj, why=why)


def _is_open(model: type[models.Model], lookup: str) -> bool:
    """Whether every field on the way is public or the members' own; words that name no field ask nothing."""
    for part in lookup.split(LOOKUP_SEP):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        declared = declaration(model)
        if declared is None or declared.fields.get(field.name) not in _OPEN:
            return False
        if not isinstance(field.related_model, type):
            return True
        model = field.related_model
    return True


def _about(obj: models.Model) -> dict[str, str]:
    return {"on_type": obj._meta.label_lower, "on_id": str(obj.pk)}


def _changed(message: Any) -> str:
    """The names of the fields that changed, never their values."""
    parts: Iterable[Any] = message if isinstance(message, list) else []
    named = {
        str(name)
        for part in parts
        if isinstance(part, dict)
        for change in part.values()
        for name in (change.get("fields", []) if isinstance(change, dict) else [])
    }
    return ", ".join(sorted(named))
