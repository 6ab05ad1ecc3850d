"""python -m django find_index: make the search index of this host anew."""

from typing import Any

from django.core.management.base import BaseCommand

from breathingroom.directory.index import store


class Command(BaseCommand):
    help = "Make the search index of this host anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("made" if store.make() else "somebody else is making it")
