"""The demo's sign-ins, one a role. Plain data, so that printing them needs no database."""

from dataclasses import dataclass

DOMAIN = "demo.invalid"  # RFC 2606: nobody can ever own an address there
TOTP_SECRET = "BREATHINGROOMDEMOSECRETONLYAAAA2"  # noqa: S105 - for the demo alone


@dataclass(frozen=True)
class Account:
    """A sign-in: `role` in words, and whether it also asks for a code from an authenticator app."""

    role: str
    email: str
    name: str
    can: str
    second_factor: bool = False


ACCOUNTS = (
    Account("member", f"member@{DOMAIN}", "Mira Okonjo-Lund", "looks for care and asks for it"),
    Account("provider", f"provider@{DOMAIN}", "Tomas Wren Abara", "has a listing of his own"),
    Account(
        "moderator", f"moderator@{DOMAIN}", "Ines Calloway-Tran", "looks after safety", second_factor=True
    ),
    Account(
        "operator",
        f"operator@{DOMAIN}",
        "Pascale Ndour-Hale",
        "runs the house, at /staff/",
        second_factor=True,
    ),
)

WELCOME = """
  Breathing Room is at {address}/

  Visitor     nothing to do: look around, and find care
{rows}

  Sign in with one of these addresses. The code appears here, and at
  {address}/demo/mail/ with the second code that moderator and operator need.
  To try a passkey, open {named}/ instead: browsers make none for a bare number.

  Nobody here exists. Ctrl-C stops it.
"""


def welcome(address: str) -> str:
    """What the terminal says once the pages answer."""
    rows = "\n".join(f"  {a.role.capitalize():<12}{a.email:<26}{a.can}" for a in ACCOUNTS)
    return WELCOME.format(address=address, named=address.replace("127.0.0.1", "localhost"), rows=rows)


def by_role(role: str) -> Account:
    """The sign-in of a role. Raises StopIteration when there is none."""
    return next(account for account in ACCOUNTS if account.role == role)
