"""age around a stream: what goes in comes out, the stock format opens it, and no damage passes."""

import io
import os
from functools import cache
from pathlib import Path

import pyrage
import pytest

from breathingroom.config.backup import sealing
from breathingroom.config.house import Refusal

CONTENT = os.urandom(200_000)  # several of age's chunks of 64 KiB
MINE = pyrage.x25519.Identity.generate()


def seal(lock: sealing.Lock) -> bytes:
    target = io.BytesIO()
    with sealing.sealed(target, lock) as stream:
        stream.write(CONTENT)
    return target.getvalue()


def unseal(content: bytes, key: sealing.Key) -> bytes:
    with sealing.opened(io.BytesIO(content), key) as stream:
        return stream.read()


@pytest.fixture
def identity(tmp_path: Path) -> sealing.Key:
    (tmp_path / "key").write_text(f"# made today\n\n{MINE}\n")
    return sealing.Key(identity=tmp_path / "key")


def test_open_stays_open() -> None:
    assert unseal(seal(sealing.Lock()), sealing.Key()) == CONTENT


def test_the_stock_format_opens_what_a_passphrase_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyrage.passphrase, "decrypt", cache(pyrage.passphrase.decrypt))  # slow on purpose
    whole = seal(sealing.Lock(passphrase="six plain words"))
    head, mark, rest = whole.partition(b"-----END AGE ENCRYPTED FILE-----\n")
    key = pyrage.passphrase.decrypt(head + mark, "six plain words").decode()
    assert pyrage.decrypt(rest, [pyrage.x25519.Identity.from_str(key)]) == CONTENT
    assert unseal(whole, sealing.Key(passphrase="six plain words")) == CONTENT
    with pytest.raises(Refusal, match="passphrase does not open"):
        unseal(whole[:200] + whole[202:], sealing.Key(passphrase="six plain words"))
    with pytest.raises(Refusal, match="--passphrase-file"):
        unseal(whole, sealing.Key())


def test_a_recipient_opens_it(identity: sealing.Key) -> None:
    whole = seal(sealing.Lock(recipient=str(MINE.to_public())))
    assert unseal(whole, identity) == CONTENT
    assert pyrage.decrypt(whole, [MINE]) == CONTENT
    assert CONTENT[:64] not in whole


def test_no_cut_and_no_changed_byte_passes(identity: sealing.Key) -> None:
    whole = seal(sealing.Lock(recipient=str(MINE.to_public())))
    damaged = [whole[:end] for end in range(1, len(whole), 9973)] + [whole[:-1]]
    for at in range(0, len(whole), 7919):
        damaged.append(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    for content in damaged:
        if content.startswith(sealing.BINARY):  # otherwise it is no age file at all, which the tar notices
            with pytest.raises(Refusal):
                unseal(content, identity)


def test_keys_that_are_none_are_said(tmp_path: Path) -> None:
    whole = seal(sealing.Lock(recipient=str(MINE.to_public())))
    (tmp_path / "empty").write_text("# nothing\n")
    (tmp_path / "other").write_text(f"{pyrage.x25519.Identity.generate()}\n")
    for name, words in {
        "empty": "no age secret key",
        "other": "cannot be opened",
        "absent": "cannot be read",
    }.items():
        with pytest.raises(Refusal, match=words):
            unseal(whole, sealing.Key(identity=tmp_path / name))
    with pytest.raises(Refusal, match="--identity"):
        unseal(whole, sealing.Key())
    with pytest.raises(Refusal, match="age1nonsense"):
        seal(sealing.Lock(recipient="age1nonsense"))


def test_an_error_while_writing_is_not_swallowed() -> None:
    target = io.BytesIO()
    with pytest.raises(KeyError), sealing.sealed(target, sealing.Lock(recipient=str(MINE.to_public()))):
        raise KeyError
