"""Facts of licensing for operators, and the page where licences are checked."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breathingroom.audit import actions as audit
from breathingroom.core.factadmin import DatedAdmin
from breathingroom.licensure import actions, queries
from breathingroom.licensure.choices import LicenceStatus
from breathingroom.licensure.models import (
    Authority,
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Licence,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)
from breathingroom.people import access
from breathingroom.people.staff import FactAdmin, site

CHANGED_SINCE = _(
    "The member changed this licence after you opened it, so nothing was saved. "
    "The page now shows what it says today: please check that."
)
GRANTED = _(
    "Nothing was saved: another member’s licence with this number was found active before. "
    "Compare both, and take that check back first."
)
_SURE = ("certainty", "as_of", "source")


site.desks["staff_checks"] = _("Licences to check")


class LicensureAdmin(DatedAdmin, FactAdmin):
    """Every write moves the position "licensure", so that answers are worked out anew."""

    def written(self) -> None:
        audit.advance("licensure", "facts")


@admin.register(NuccCode, site=site)
class NuccCodeAdmin(LicensureAdmin):
    list_display = ("code", "name", *_SURE)
    search_fields = ("code", "name")


@admin.register(Profession, site=site)
class ProfessionAdmin(LicensureAdmin):
    list_display = ("name", "kind", "nucc_primary", *_SURE)
    list_filter = ("kind", "certainty")
    search_fields = ("slug", "name", "nucc_primary")


@admin.register(Title, site=site)
class TitleAdmin(LicensureAdmin):
    list_display = ("name", "country", "profession", *_SURE)
    list_filter = ("country", "certainty")
    list_select_related = ("profession",)
    search_fields = ("name",)
    autocomplete_fields = ("profession",)


@admin.register(Jurisdiction, site=site)
class JurisdictionAdmin(LicensureAdmin):
    list_display = ("code", "name", "country_name", "primary_time_zone", *_SURE)
    list_filter = ("country", "certainty")
    search_fields = ("code", "name")


@admin.register(Registration, site=site)
class RegistrationAdmin(LicensureAdmin):
    list_display = ("country", "name", "scope", *_SURE)
    search_fields = ("country", "name")


@admin.register(Compact, site=site)
class CompactAdmin(LicensureAdmin):
    list_display = ("name", "country", "model", "status", *_SURE)
    list_filter = ("model", "certainty")
    search_fields = ("slug", "name")
    filter_horizontal = ("professions",)


@admin.register(CompactPrivilege, site=site)
class CompactPrivilegeAdmin(LicensureAdmin):
    list_display = ("name", "compact", "kind", "covers_online", "covers_in_person", *_SURE)
    list_filter = ("compact", "certainty")
    list_select_related = ("compact",)
    search_fields = ("name",)


@admin.register(CompactMember, site=site)
class CompactMemberAdmin(LicensureAdmin):
    list_display = ("jurisdiction", "compact", "status", "operational_on", *_SURE)
    list_filter = ("compact", "status", "certainty")
    list_select_related = ("compact", "jurisdiction")
    search_fields = ("jurisdiction__name", "jurisdiction__code")
    autocomplete_fields = ("jurisdiction",)


@admin.register(Mobility, site=site)
class MobilityAdmin(LicensureAdmin):
    list_display = ("name", "home", "away", *_SURE)
    search_fields = ("name",)
    filter_horizontal = ("professions",)


class HeldAdmin(FactAdmin):
    """What members say they hold: operators check it, and change nothing else.

    `licensure.actions` writes the audit lines, which name the member; so does the way to the history.
    """

    list_per_page = 50

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """Nothing more: a line of Django's would name the row."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        held = self.get_object(request, object_id)
        if held is None:
            raise Http404
        member = held.member if isinstance(held, Licence) else held.licence.member
        about = urlencode({"on_type": member._meta.label_lower, "on_id": str(member.pk)})
        return redirect(f"{reverse('staff:audit_event_changelist')}?{about}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
    ) -> bool:
        return False


class NumberlessList(ChangeList):
    """A list that leaves the numbers sealed."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> models.QuerySet[Any]:
        return super().get_queryset(request, exclude_parameters).defer("number")


class LicenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the operator found, about the number and the end that their page showed and no others."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Licence
        fields = ("status", "expires_on", "checked_against")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = queries.mark(self.instance)

    def clean(self) -> None:
        """Runs inside the transaction of the save, which keeps the row locked."""
        try:
            actions.lock_as_seen(licence=self.instance, seen=self.cleaned_data.get("seen", ""))
        except actions.ChangedSince:
            now = {name: self.initial.get(name) for name in ("seen", "expires_on")}
            self.data = {**self.data, **now}
            raise forms.ValidationError(CHANGED_SINCE) from None
        if self.cleaned_data.get("status") == LicenceStatus.ACTIVE and queries.granted_to_others(
            self.instance
        ):
            raise forms.ValidationError(GRANTED)
        if self.cleaned_data.get("status") == LicenceStatus.CLAIMED:
            self.cleaned_data["checked_against"] = ""


@admin.register(Licence, site=site)
class LicenceAdmin(HeldAdmin):
    """The number is on the page of one licence only, and opening that page leaves an audit line."""

    form = LicenceForm
    list_display = (
        "member",
        "profession",
        "jurisdiction",
        "status",
        "expires_on",
        "checked_on",
        "checked_by",
    )
    list_filter = ("status", "checked_on", "profession", "jurisdiction__country")
    list_select_related = ("member", "profession", "jurisdiction")
    search_fields = ("member__name", "member__email", "jurisdiction__name")
    readonly_fields = (
        "member", "profession", "jurisdiction", "number", "created_on", "checked_on", "checked_by",
    )  # fmt: skip
    fields = (*readonly_fields, "status", "expires_on", "checked_against", "seen")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NumberlessList

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        licence = self.get_object(request, object_id)
        if licence is not None:
            actions.open_number(by=access.operator(request), licence=licence)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Licence, form: Any, change: bool) -> None:
        by, against = access.operator(request), obj.checked_against
        try:
            actions.check_licence(
                by=by, licence=obj, status=obj.status, expires_on=obj.expires_on, against=against
            )
        except actions.GrantedToAnother:  # in the very same moment
            self.message_user(request, GRANTED, messages.ERROR)


class AuthorityForm(forms.ModelForm):  # type: ignore[type-arg]
    """One box: whether the operator found it held."""

    found = forms.BooleanField(
        label=_("I checked today: it is held"),
        required=False,
        help_text=_("Leave it empty to take an earlier check back."),
    )

    class Meta:
        model = Authority
        fields = ("expires_on",)


@admin.register(Authority, site=site)
class AuthorityAdmin(HeldAdmin):
    form = AuthorityForm
    list_display = ("licence", "privilege", "jurisdiction", "expires_on", "checked_on", "checked_by")
    list_filter = ("privilege__compact", "checked_on")
    list_select_related = ("licence__profession", "licence__jurisdiction", "privilege", "jurisdiction")
    search_fields = ("licence__member__name", "licence__member__email")
    fields = (
        "licence", "privilege", "jurisdiction", "checked_on", "checked_by", "expires_on", "found",
    )  # fmt: skip
    readonly_fields = ("licence", "privilege", "jurisdiction", "checked_on", "checked_by")
    actions = ("found_held",)

    def save_model(self, request: HttpRequest, obj: Authority, form: Any, change: bool) -> None:
        found = form.cleaned_data["found"]
        actions.check_authority(
            by=access.operator(request), authority=obj, found=found, expires_on=obj.expires_on
        )

    @admin.action(description=_("Checked today: held"))
    def found_held(self, request: HttpRequest, chosen: models.QuerySet[Authority]) -> None:
        by = access.operator(request)
        for authority in chosen:
            actions.check_authority(by=by, authority=authority, expires_on=authority.expires_on)
        _said(self, request, len(chosen))


def _said(page: HeldAdmin, request: HttpRequest, count: int) -> None:
    words = ngettext("%(count)d checked today.", "%(count)d checked today.", count) % {"count": count}
    page.message_user(request, words, messages.SUCCESS)
