from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensureConfig(AppConfig):
    name = "breathingroom.licensure"
    verbose_name = _("Licensing")

    def ready(self) -> None:
        from breathingroom.licensure import adapters, admin, tasks  # noqa: F401 - each registers itself
