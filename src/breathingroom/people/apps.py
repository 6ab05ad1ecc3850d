from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "breathingroom.people"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from breathingroom.people import adapters, admin, checks, privacy, tasks  # noqa: F401 - each registers itself

        privacy.declare_all()
