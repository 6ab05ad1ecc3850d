"""An answer, judged: the headers that all of them carry, and what a whole page must have."""

from django.http import HttpResponse, HttpResponseBase

from tests.laws import page

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}


def faults(response: HttpResponseBase, *, signed_in: bool) -> list[str]:
    """What its headers lack and, where it is a page, what the page does."""
    found = header_faults(response, signed_in=signed_in)
    return found + (page.faults(body(response)) if _is_page(response) else [])


def header_faults(response: HttpResponseBase, *, signed_in: bool) -> list[str]:
    """What an answer's headers lack."""
    policy = dict(
        part.strip().split(" ", 1) for part in response.get("Content-Security-Policy", "").split(";") if part
    )
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = [
        f"{name} is {response.get(name)}" for name, value in wanted.items() if response.get(name) != value
    ]
    if response.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append(f"Referrer-Policy is {response.get('Referrer-Policy')}")
    if policy != POLICY:
        found.append(f"policy is {policy}")
    if "camera=()" not in response.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    is_picture = response.get("Content-Type", "").startswith("image/")  # its address changes with it
    if signed_in and not is_picture and "no-store" not in response.get("Cache-Control", ""):
        found.append(f"may be kept: {response.get('Cache-Control')}")
    return found


def body(response: HttpResponseBase) -> str:
    """The words of an answer that is no stream."""
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def _is_page(response: HttpResponseBase) -> bool:
    html = response.get("Content-Type", "").startswith("text/html")
    return html and response.status_code not in {301, 302, 303, 307, 308} and bool(body(response))
