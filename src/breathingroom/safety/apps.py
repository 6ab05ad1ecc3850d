from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    name = "breathingroom.safety"
    verbose_name = _("Safety")

    def ready(self) -> None:
        from breathingroom.safety import adapters, admin, tasks  # noqa: F401 - each registers itself
