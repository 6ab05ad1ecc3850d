"""What the passkey pages hand to the browser."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute: JSON that the template escapes as any other text."""
    return json.dumps(value, cls=DjangoJSONEncoder)
