"""Whether an address can be listened on, and whether somebody answers there."""

import http.client
import socket

from breathingroom.config.house import Refusal


def refuse_if_taken(host: str, port: int) -> None:
    """Raise Refusal when nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"cannot listen on {host} port {port}: {error.strerror}. "
                "Stop what listens there, or choose another port."
            ) from None


def answer(host: str, port: int, timeout: float = 30.0) -> int | None:
    """The status of `/` there, waited for at most `timeout` seconds; None when nobody listens."""
    wire = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        wire.request("GET", "/")
        return wire.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        wire.close()
