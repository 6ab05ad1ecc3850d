from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "breathingroom.notify"
    verbose_name = _("mail")

    def ready(self) -> None:
        from breathingroom.notify import adapters, admin, tasks  # noqa: F401 - each registers itself
