"""What nobody sends by mistake: values, ids, bodies, files and headers that break careless code."""

from urllib.parse import quote

from hypothesis import strategies as st

# Percent-encoded, so that bytes which are no UTF-8 at all can be sent too.
VALUES = [
    "", "%00", "a%00b", "%ED%A0%80", "%FF%FE", "%E2%80%AE%E2%80%8Fabc", "%F0%9F%8C%BF" * 40, "x" * 100_000,
    quote("' OR 1=1 --"), quote('"><script>alert(1)</script>'), quote("{{ 7*7 }}{% debug %}"),
    quote("%s%n%(x)s"), quote("../../etc/passwd"), quote("${jndi:ldap://x}"), "%0D%0ASet-Cookie:%20a=b",
    "-1", "0", "1e309", "NaN", "9" * 40, "-" + "9" * 40, "2147483648", "9223372036854775808", "%D9%A3",
    "0000-00-00", "9999-12-31", "99999-01-01", "2026-02-30", "true", "null", "[]", "{}", "US-ZZ",
    "00000000-0000-0000-0000-000000000000", quote("someone@example.org"), quote("a@b"), "published", "en",
    "USD", "%C2%A0", "+", "%", "%zz", "a&a=b",
]  # fmt: skip
NAMES = {"next", "page", "q", "id", "action", "o", "p", "e", "_popup", "__proto__", "%00", ""}
IDS = [
    "0", "-1", "9" * 40, "00000000-0000-0000-0000-000000000000", "%00", "a" * 5000, "%ED%A0%80", "..%2f..",
    quote("' OR 1=1"), "%F0%9F%8C%BF", "published", "_3A_22", "__",
]  # fmt: skip

_PARTS = "multipart/form-data; boundary=x"
_FORM = "application/x-www-form-urlencoded"
BODIES: list[tuple[bytes, str]] = [
    (b"", "multipart/form-data"),
    (
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a\0.png"\r\n\r\n\x89PNG\r\n--x--',
        _PARTS,
    ),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x", _PARTS),
    (b"--x", "multipart/form-data; boundary=" + "y" * 300),
    (b"{", "application/json"),
    (b"\xff" * 100, f"{_FORM}; charset=utf-16"),
    (b"a=b", f"{_FORM}; charset=nothing-like-it"),
    (b"&".join(b"f%d=1" % number for number in range(1500)), _FORM),
    (b"a=" + b"x" * 3_000_000, _FORM),
]
_CUT = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
FILES: dict[str, bytes] = {
    "empty.png": b"",
    "cut.png": _CUT,
    "text.jpg": b"hello",
    "script.svg": b"<svg onload='alert(1)'/>",
    "polyglot.gif": b"GIF89a<script>alert(1)</script>",
    "\u202egnp.exe": b"MZ",
    "a" * 300 + ".png": _CUT,
}
HEADERS = [
    {"accept-language": "x" * 5000},
    {"accept-language": "%00,;q=9"},
    {"referer": "javascript:alert(1)"},
    {"x-forwarded-for": "not an address"},
    {"cookie": "session=%00; csrf=" + "x" * 3000 + "; language=%FF"},
    {"hx-request": "true", "hx-current-url": "::"},
    {"range": "bytes=9-1"},
    {"if-modified-since": "never"},
]

_typed = st.text(max_size=40).map(lambda text: quote(text.encode("utf-8", "replace")))


def filled(names: set[str], turn: int) -> bytes:
    """Form data with something hostile in every field, in each field and at each turn something else."""
    pairs = [
        f"{name}={VALUES[(turn + number) % len(VALUES)]}" for number, name in enumerate(sorted(names | NAMES))
    ]
    return "&".join(sorted(pairs, key=len)).encode()  # where it is cut off, the longest is lost


def forms(names: set[str]) -> st.SearchStrategy[bytes]:
    """Form data, percent-encoded: known fields with hostile values, some left out, some doubled."""
    pair = st.tuples(st.sampled_from(sorted(names | NAMES)), st.one_of(st.sampled_from(VALUES), _typed))
    return st.lists(pair, max_size=8).map(lambda pairs: "&".join(f"{n}={v}" for n, v in pairs).encode())
