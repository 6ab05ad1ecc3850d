"""The WSGI entry that granian serves."""

import logging
import os
import threading

from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
application = get_wsgi_application()


def _get_ready(**_signal: object) -> None:
    """Behind the first answer of a worker, so that its first search need not wait for the index."""
    request_finished.disconnect(_get_ready)
    threading.Thread(target=make_index, daemon=True).start()


def make_index() -> None:
    """Make the index of this process, ahead of whoever searches first; a failure is logged, and no more."""
    from django.db import connections

    from breathingroom.directory import index

    try:
        index.get_ready()
    except Exception:
        logging.getLogger("breathingroom").exception("no index yet; the first search will try again")
    finally:
        connections.close_all()


request_finished.connect(_get_ready)
