"""One request to the register, with a limit on its time and on its size. Nothing of it is kept."""

import http.client
import socket
import threading
from concurrent.futures import Future
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

SECONDS = 4.0
"""From the look-up of the host's name to the last byte read, however slowly they come."""
MOST_BYTES = 256 * 1024
AT_ONCE = 2
"""Requests of one process that may be under way: a slow register must not take the pages with it."""
_HEADERS = {"Accept": "application/json", "User-Agent": "breathingroom", "Connection": "close"}
_room = threading.BoundedSemaphore(AT_ONCE)


class Unavailable(Exception):
    """The register gave no answer that can be used; the text says why, for a log or a test."""


def get(base: str, query: dict[str, str]) -> bytes:
    """The JSON bytes that `base` answers. Follows no redirect. Raises Unavailable, within SECONDS.

    A timeout of a socket begins anew at every byte, and the look-up of a name has none. So the request
    runs in a thread of its own, which is left behind, and its connection cut, when the time is up.
    """
    if not _room.acquire(blocking=False):
        raise Unavailable("busy")
    request = _Request(base, query)
    threading.Thread(target=request.run, daemon=True).start()
    try:
        return request.answer.result(SECONDS)
    except TimeoutError as error:
        request.cut()
        raise Unavailable("too late") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unavailable(type(error).__name__) from error


class _Request:
    """One request, under way in a thread; it gives its place back when it ends, and not before."""

    def __init__(self, base: str, query: dict[str, str]) -> None:
        there = urlsplit(base)
        kind = http.client.HTTPSConnection if there.scheme == "https" else http.client.HTTPConnection
        self.wire = kind(there.hostname or "", there.port, timeout=SECONDS)
        self.path = f"{there.path or '/'}?{urlencode(query)}"
        self.answer: Future[bytes] = Future()
        self.is_late = threading.Event()
        self.line: socket.socket | None = None  # http.client lets go of its own while a body is being read

    def run(self) -> None:
        try:
            self.answer.set_result(self._ask())
        except Exception as error:  # it is raised where the answer is waited for
            self.answer.set_exception(error)
        finally:
            self.wire.close()
            _room.release()

    def cut(self) -> None:
        """Nobody waits any more: wake the thread from whatever it reads."""
        self.is_late.set()
        line = self.line or self.wire.sock
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    def _ask(self) -> bytes:
        self.wire.connect()
        self.line = self.wire.sock
        if self.is_late.is_set():
            raise Unavailable("too late")
        self.wire.request("GET", self.path, headers=_HEADERS)
        return _body(self.wire.getresponse())


def _body(answer: http.client.HTTPResponse) -> bytes:
    if answer.status != http.client.OK:
        raise Unavailable(f"status {answer.status}")
    if answer.headers.get_content_type() != "application/json":
        raise Unavailable("not JSON")
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Unavailable("too large")
    if answer.length:
        raise Unavailable("cut short")
    return body
