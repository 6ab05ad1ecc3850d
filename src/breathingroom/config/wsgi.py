"""The WSGI entry that granian serves."""

import logging
import os
import threading

from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
application = get_wsgi_application()


def _get_ready(**_signal: object) -> None:
    """Behind the first answer of this process, so that neither it nor the first search has to wait."""
    request_finished.disconnect(_get_ready)
    threading.Thread(target=_make_index, daemon=True).start()


def _make_index() -> None:
    from django.db import connections

    from breathingroom.directory import index

    try:
        index.current()
    except Exception:
        logging.getLogger("breathingroom").exception("the index was not made ahead; the first search will try")
    finally:
        connections.close_all()


request_finished.connect(_get_ready)
