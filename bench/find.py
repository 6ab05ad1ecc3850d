"""What Find care costs: CPU of a page as a multiple of a bare page with one query, and the search alone.

    python bench/find.py [rounds]

Fills a scratch house with the demo's 1,200 listings and calls the WSGI application in this process: the
house's pages, and between them a bare one (Django's default middleware, one query, twenty rows), in
interleaved rounds after a warm-up. CPU time is of the process, so SQLite counts. The median is printed.
"""

import gc
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from typing import Any

if "DATABASE_URL" not in os.environ:
    os.environ["BREATHINGROOM_HOME"] = tempfile.mkdtemp(prefix="bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
os.environ["LOG_LEVEL"] = "ERROR"
warnings.filterwarnings("ignore", "No directory at")

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.test.client import FakePayload  # noqa: E402
from django.urls import path  # noqa: E402

from breathingroom.config.demo import community  # noqa: E402
from breathingroom.directory import index  # noqa: E402
from breathingroom.directory.index import Criteria  # noqa: E402
from breathingroom.licensure import facts  # noqa: E402
from breathingroom.licensure.models import Jurisdiction  # noqa: E402

LISTINGS, WARM_UP, A_ROUND = 1200, 30, 25
PAGES = {
    "nothing chosen": "",
    "place, format, two concerns": "where=US-WA&format=online&concern=burnout&concern=grief",
    "place and free words": "where=US-CA&q=can%27t+stop+thinking+about+a+client",
}
SEARCHES = {
    "nothing chosen": Criteria(),
    "place, two concerns": Criteria(where="US-WA", concerns=frozenset({"burnout", "grief"})),
    "words": Criteria(words=("mar", "psych")),
}
ROWS = """<ul>{% for row in rows %}
<li>{{ row.code }}: {{ row.name }}, {{ row.country_name }}</li>
{% endfor %}</ul>{{ pad }}"""
BARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def bare(_request: HttpRequest) -> HttpResponse:
    """The yardstick: one query, twenty rows, about seven kilobytes."""
    return HttpResponse(_template.render({"rows": Jurisdiction.objects.all()[:20], "pad": "x" * 6000}))


urlpatterns = [path("q/", bare)]
_template = engines.all()[0].from_string(ROWS)


def application(**changed: Any) -> Callable[[str, str], bytes]:
    """A page of the house, or of a house with other settings, as a function of path and query."""
    with override_settings(**changed):
        handler = WSGIHandler()

    def get(where: str, query: str) -> bytes:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": FakePayload(b""),
            "wsgi.url_scheme": "http",
        }
        with override_settings(**changed):
            answer = handler(environ, lambda status, _headers: _demand(status))
        return b"".join(answer)

    return get


def _demand(status: str) -> None:
    if not status.startswith("200"):
        raise SystemExit(f"the page answered {status}")


def cpu(call: Callable[[], object], times: int = A_ROUND) -> float:
    """CPU milliseconds of one call, over a round of them."""
    began = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - began) * 1000 / times


def wall(call: Callable[[], object]) -> tuple[float, float]:
    """p50 and p99 in milliseconds over 500 calls."""
    spent = []
    for _ in range(500):
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), sorted(spent)[494]


def settle() -> None:
    call_command("migrate", verbosity=0)
    facts.load(by=None)
    community.settle(LISTINGS)


def main(rounds: int) -> None:
    settle()
    index.forget()
    print(f"index of {LISTINGS} listings made in {cpu(index.current, 1):.0f} ms")
    for name, criteria in SEARCHES.items():
        p50, p99 = wall(lambda criteria=criteria: index.search(index.current(), criteria))  # type: ignore[misc]
        print(f"search, {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    house, yardstick = application(), application(MIDDLEWARE=BARE, ROOT_URLCONF=__name__)
    calls = {name: lambda query=query: house("/find/", query) for name, query in PAGES.items()}
    calls["(bare)"] = lambda: yardstick("/q/", "")
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        cpu(call, WARM_UP)
    gc.collect()
    for _ in range(rounds):
        for name, call in calls.items():
            spent[name].append(cpu(call))
    unit = statistics.median(spent["(bare)"])
    for name, times in spent.items():
        median = statistics.median(times)
        print(f"/find/ {name}: {median:.2f} ms CPU, {median / unit:.1f} times the bare page")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
