"""How forms look here: one renderer, one bound field."""

from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property


class Field(BoundField):
    """A bound field that knows which template its widget wants."""

    def css_classes(self, extra_classes: Any = None) -> str:
        return " ".join(filter(None, ["field", f"field--{self.kind}", super().css_classes(extra_classes)]))

    @cached_property
    def kind(self) -> str:
        """`check`, `choices`, `select` or `text`, from the widget."""
        return {
            "CheckboxInput": "check",
            "CheckboxSelectMultiple": "choices",
            "RadioSelect": "choices",
            "Select": "select",
        }.get(type(self.field.widget).__name__, "text")


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field
