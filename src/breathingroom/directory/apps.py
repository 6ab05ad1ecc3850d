from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "breathingroom.directory"
    verbose_name = _("Find care")

    def ready(self) -> None:
        from breathingroom.directory import adapters, tasks  # noqa: F401 - each registers itself
