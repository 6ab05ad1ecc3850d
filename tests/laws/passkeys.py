"""A passkey as a browser would have registered it, made without a browser."""

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "testserver"


def registered(name: str) -> dict[str, Any]:
    """What allauth keeps of a passkey called `name`; the same name gives the same key."""
    number = hashlib.sha256(name.encode()).digest()
    public = ec.derive_private_key(int.from_bytes(number[:31], "big"), ec.SECP256R1()).public_key()
    cose = ES256.from_cryptography_key(public)  # type: ignore[no-untyped-call]
    key = AttestedCredentialData.create(bytes(16), number, cose)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    seen = AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, 0, key)
    client = CollectedClientData.create("webauthn.create", number, f"http://{HOST}")
    response = {
        "clientDataJSON": websafe_encode(bytes(client)),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", seen, {}))),
    }
    known = websafe_encode(number)
    credential = {"id": known, "rawId": known, "type": "public-key", "response": response}
    return {"name": name, "credential": credential}
