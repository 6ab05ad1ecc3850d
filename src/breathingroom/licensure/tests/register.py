"""A register of our own on this machine: it answers in the shapes of the real one, or badly, as told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

NUMBER = "1234567893"
JSON = "application/json"

Say = Callable[["Asked"], object]


class Asked(BaseHTTPRequestHandler):
    """One request, with words for the answers that a register may give."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        try:
            self.server.say(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: pytest has enough to say."""

    def answer(self, body: bytes, status: int = 200, kind: str = JSON, said: str = "", to: str = "") -> None:
        """`said` is the length it claims, `to` where it sends on."""
        self.send_response(status)
        given = {"Content-Type": kind, "Content-Length": said or str(len(body))}
        given |= {"Location": to} if to else {}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, body: bytes, seconds: float) -> None:
        """One byte at a time, each well within any timeout of a socket."""
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(seconds)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    say: Say
    asked: list[str]
    hung_up: threading.Event

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/"

    def queries(self) -> list[dict[str, list[str]]]:
        return [parse_qs(urlsplit(path).query) for path in self.asked]


@contextmanager
def serving(say: Say) -> Iterator[Server]:
    """The register at work; gone afterwards."""
    server = Server(("127.0.0.1", 0), Asked)
    server.say, server.asked, server.hung_up = say, [], threading.Event()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def saying(what: object) -> Say:
    """A register that answers this, as JSON."""
    return lambda asked: asked.answer(json.dumps(what).encode())


def person(**changes: Any) -> dict[str, Any]:
    """One result about a person, addresses and telephone numbers included."""
    return {
        "number": NUMBER,
        "enumeration_type": "NPI-1",
        "created_epoch": "1117584000000",
        "last_updated_epoch": "1183852800000",
        "basic": {
            "first_name": "NORA",
            "last_name": "O'EXAMPLE",
            "credential": "Psy.D.",
            "sole_proprietor": "YES",
            "enumeration_date": "2005-06-01",
            "last_updated": "2007-07-08",
            "status": "A",
        },
        "taxonomies": [
            {"code": "1041C0700X", "desc": "x", "primary": False, "state": "WA", "license": "NONE"},
            {"code": "103TC0700X", "desc": "x", "primary": True, "state": "OH", "license": "P.1"},
            {"code": "2084P0800X", "desc": "x", "primary": True, "state": "NY", "license": ""},
        ],
        "addresses": [
            {
                "country_code": "US",
                "address_purpose": "LOCATION",
                "address_1": "1 HOME STREET",
                "city": "HOMETOWN",
                "state": "TX",
                "postal_code": "432151234",
                "telephone_number": "614-555-0100",
            }
        ],
        "practiceLocations": [],
        "identifiers": [],
        "other_names": [],
        "endpoints": [],
        **changes,
    }


def one(**changes: Any) -> dict[str, Any]:
    """The whole answer about one person."""
    return {"result_count": 1, "results": [person(**changes)]}
