"""The web server: granian in front of Django.

The master process reads all code, and of a large house the index, and then forks: workers share that memory.
"""

import gc
import importlib
import os
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from breathingroom.config import environment
from breathingroom.config.house import Refusal
from breathingroom.config.ports import refuse_if_taken

TARGET = "breathingroom.config.wsgi:application"
# One thread is fastest, but a form that arrives slowly holds its thread, and others must not wait for it.
THREADS = 4


def serve() -> None:
    """Serve until SIGTERM or Ctrl-C. Raises Refusal when the house is not ready or the address is taken."""
    values = environment.read(dict(os.environ))
    refuse_if_not_ready(values)
    host, _, port = values["BIND"].rpartition(":")
    refuse_if_taken(host.strip("[]"), int(port))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
    get_ready()
    Server(
        TARGET,
        address=host.strip("[]"),
        port=int(port),
        interface=Interfaces.WSGI,
        workers=values["WORKERS"],
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def get_ready() -> None:
    """Load what every worker needs. Connections stay behind: a fork must not share one.

    Of a large house also the places and the index, which is a file; that of a small one each worker makes
    behind its first answer, for nobody should wait for a first page.
    """
    wsgi = importlib.import_module(TARGET.partition(":")[0])
    from django.db import connections
    from django.urls import get_resolver

    from breathingroom.core import places
    from breathingroom.directory.index import store

    get_resolver().url_patterns  # noqa: B018 - reading it loads every view
    if store.mark():
        places.warm()
        wsgi.make_index()
    for connection in connections.all(initialized_only=True):
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
    gc.freeze()  # so that sweeping does not touch, and thereby copy, what is shared


def refuse_if_not_ready(values: dict[str, Any]) -> None:
    """Raise Refusal when static files were not gathered: every page would fail."""
    if not (Path(values["BREATHINGROOM_HOME"]) / "static" / "staticfiles.json").exists():
        raise Refusal("this house is not up to date with the code. Say first: breathingroom migrate")
