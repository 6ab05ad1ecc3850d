"""What Find care costs beside a bare page that shows the same, and the search alone.

    python bench/find.py [--listings 1200] [--home FOLDER] [--rounds 7]

Fills a house with a demo community (FOLDER keeps it for the next time; DATABASE_URL puts it elsewhere) and
calls the WSGI application in this process: pages of the house, and beside each of them a bare one, which is
Django's default middleware, one query, and a plain template over the same data. Rounds are interleaved
after a warm-up. CPU time is of the process, so SQLite counts and PostgreSQL's own does not; wall time counts
both. Medians are printed.
"""

import argparse
import gc
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
options.add_argument("--listings", type=int, default=1200)
options.add_argument("--home", default=None)
options.add_argument("--rounds", type=int, default=7)
OPTIONS = options.parse_args()
os.environ["BREATHINGROOM_HOME"] = OPTIONS.home or tempfile.mkdtemp(prefix="bench-")
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
from django.template import Context, Template, engines  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.client import FakePayload  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402
from django.urls import path  # noqa: E402

from breathingroom.config import urls  # noqa: E402
from breathingroom.config.demo import community  # noqa: E402
from breathingroom.directory import index  # noqa: E402
from breathingroom.directory.index import Criteria, store  # noqa: E402
from breathingroom.licensure import facts  # noqa: E402
from breathingroom.licensure.models import Jurisdiction  # noqa: E402

WARM_UP, A_ROUND = 30, 25
PLAIN = Path(__file__).with_suffix(".html")
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
BARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


_shown: dict[str, dict[str, Any]] = {}
"""For each query the data its page was made from."""


def bare(request: HttpRequest) -> HttpResponse:
    """The yardstick: one query, and a plain template over the data of the page, which lie ready."""
    list(Jurisdiction.objects.all()[:20])
    return HttpResponse(_template().render(Context(_shown[request.META["QUERY_STRING"]])))


@cache
def _template() -> Template:
    found: Template = engines.all()[0].from_string(PLAIN.read_text()).template  # type: ignore[attr-defined]
    return found


def capture(query: str) -> None:
    """Remember what the page of a query is made from."""
    setup_test_environment()
    try:
        data = Client().get(f"/find/?{query}").context
    finally:
        teardown_test_environment()
    found = data["page"].filters
    some = (found.roles, found.formats, found.within, found.answers, *found.concerns, *found.folded)
    groups = [{"legend": group.legend, "options": list(group.options)} for group in some if group]
    groups += [{"legend": "", "options": list(found.fee)}, {"legend": "", "options": list(found.openings)}]
    _shown[query] = {"page": data["page"], "form": data["form"], "groups": groups}


urlpatterns = [path("bare/", bare), *urls.urlpatterns]  # the words of the page name other pages


def application(**changed: Any) -> Callable[[str, str], bytes]:
    """This house, or one with other middleware, as a function of path and query."""
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
        answer = handler(environ, lambda status, _headers: _demand(status))
        body = b"".join(answer)
        answer.close()
        return body

    return get


def _demand(status: str) -> None:
    if not status.startswith("200"):
        raise SystemExit(f"the page answered {status}")


def cost(call: Callable[[], object], times: int = A_ROUND) -> tuple[float, float]:
    """Milliseconds of CPU and of wall time that one call takes, over a round of them."""
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(times):
        call()
    return (time.process_time() - cpu) * 1000 / times, (time.perf_counter() - wall) * 1000 / times


def spread(call: Callable[[], object]) -> tuple[float, float]:
    """p50 and p99 in milliseconds over 500 calls."""
    spent = []
    for _ in range(500):
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), sorted(spent)[494]


def settle() -> None:
    """A house with as many listings as were asked for, and its index."""
    call_command("migrate", verbosity=0)
    facts.load(by=None)
    community.settle(OPTIONS.listings)
    if OPTIONS.listings >= store.WORTH_A_FILE:
        store.make()
    print(f"index of {OPTIONS.listings} listings there in {cost(index.current, 1)[0]:.0f} ms of CPU")


def main() -> None:
    settle()
    for name, criteria in SEARCHES.items():
        p50, p99 = spread(lambda criteria=criteria: index.search(index.current(), criteria))  # type: ignore[misc]
        print(f"search, {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    settings.ROOT_URLCONF = __name__
    house, yardstick = application(), application(MIDDLEWARE=BARE)
    for name, query in PAGES.items():
        capture(query)
        ours, theirs = compare(lambda q=query: house("/find/", q), lambda q=query: yardstick("/bare/", q))  # type: ignore[misc]
        print(
            f"/find/ {name}: {ours[0]:.2f} ms CPU beside {theirs[0]:.2f}, {ours[0] / theirs[0]:.2f} times the"
            f" bare page; {ours[1] / theirs[1]:.2f} times its wall time"
        )


def compare(*calls: Callable[[], object]) -> list[tuple[float, float]]:
    """The median cost (CPU, wall) of each, in interleaved rounds."""
    spent: list[list[tuple[float, float]]] = [[] for _ in calls]
    for call in calls:
        cost(call, WARM_UP)
    gc.collect()
    for _ in range(OPTIONS.rounds):
        for call, times in zip(calls, spent, strict=True):
            times.append(cost(call))
    return [
        (statistics.median(c for c, _ in times), statistics.median(w for _, w in times)) for times in spent
    ]


if __name__ == "__main__":
    main()
