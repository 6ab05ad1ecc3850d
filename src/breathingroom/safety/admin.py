"""Crisis lines and emergency numbers for operators."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from breathingroom.core.factadmin import DatedAdmin
from breathingroom.people.staff import FactAdmin, site
from breathingroom.safety.actions import crisis as actions
from breathingroom.safety.models import CrisisLine, EmergencyNumber


class SafetyAdmin(DatedAdmin, FactAdmin):
    """Every write puts a new snapshot in place, so that pages show it even with the database down."""

    def written(self) -> None:
        actions.publish_on_commit()


@admin.register(CrisisLine, site=site)
class CrisisLineAdmin(SafetyAdmin):
    list_display = ("name", "country", "audience", "call", "text", "certainty", "as_of", "hidden")
    list_filter = ("country", "audience", "certainty", "hidden")
    search_fields = ("name", "call", "text", "note")
    date_hierarchy = "as_of"
    ordering = ("country", "position")
    fieldsets = (
        (None, {"fields": ("slug", "name", "country", "audience", "audience_note", "position", "hidden")}),
        (
            _("How to reach it"),
            {"fields": ("call", "text", "url", "hours", "languages", "note", "staff_note")},
        ),
        (
            _("How sure this is"),
            {
                "fields": ("as_of", "certainty", "source", "edited_on"),
                "description": _("When you have checked a line, set the day and the certainty here."),
            },
        ),
    )


@admin.register(EmergencyNumber, site=site)
class EmergencyNumberAdmin(SafetyAdmin):
    list_display = ("country", "numbers", "certainty", "as_of")
    search_fields = ("country", "numbers")
