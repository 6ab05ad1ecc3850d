"""The staff page of a table of facts: what was edited by hand is marked, so that no import undoes it."""

from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest

from breathingroom.core import clock


class DatedAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Mixed in before the staff pages' own base; `written` is called inside each write's transaction."""

    list_per_page = 50
    readonly_fields: ClassVar[Any] = ("edited_on",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_filter: ClassVar[Any] = ("certainty",)

    def written(self) -> None:
        """What a room does when its facts changed."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.edited_on = clock.today()
        super().save_model(request, obj, form, change)
        self.written()

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        super().delete_model(request, obj)
        self.written()

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        self.written()
