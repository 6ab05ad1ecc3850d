from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "breathingroom.core"
