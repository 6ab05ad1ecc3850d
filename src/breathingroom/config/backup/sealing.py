"""age around a stream: to a recipient, or to a passphrase, or not at all.

Under a passphrase the file begins with a key of its own, sealed by the passphrase in age's armour; the rest
is sealed to that key. So nothing needs to fit into memory, and the stock `age` opens both halves.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyrage

from breathingroom.config.house import Refusal

END_OF_KEY = b"-----END AGE ENCRYPTED FILE-----"
ARMOUR = b"-----BEGIN AGE"
BINARY = b"age-encryption.org"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Lock:
    """How to seal: `recipient` is an age public key, `passphrase` words; neither means an open file."""

    recipient: str = ""
    passphrase: str = ""


@dataclass(frozen=True)
class Key:
    """How to open: `identity` is a file with age secret keys, `passphrase` words."""

    identity: Path | None = None
    passphrase: str = ""


@contextmanager
def sealed(target: IO[bytes], lock: Lock) -> Iterator[IO[bytes]]:
    """Give a stream; what is written there arrives in `target`, sealed. Raises Refusal on a bad recipient."""
    if not lock.recipient and not lock.passphrase:
        yield target
        return
    recipient = _recipient(lock, target)
    with _pump(lambda pipe: pyrage.encrypt_io(pipe, target, [recipient]), give="w") as stream:
        yield stream


@contextmanager
def opened(source: IO[bytes], key: Key) -> Iterator[IO[bytes]]:
    """Give a stream of what was sealed in `source`, which can seek.

    Raises Refusal when the key does not fit, or when the file was cut off or changed.
    """
    start = source.read(len(BINARY))
    source.seek(0)
    if not start.startswith((ARMOUR, BINARY)):
        yield source
        return
    identities = _own_key(source, key) if start.startswith(ARMOUR) else _identities(key)
    try:
        with _pump(lambda pipe: pyrage.decrypt_io(source, pipe, identities), give="r") as stream:
            yield stream
    except (pyrage.DecryptError, OSError) as error:
        raise Refusal(f"the file cannot be opened: {error}. Wrong key, or a damaged file.") from None


def _recipient(lock: Lock, target: IO[bytes]) -> Any:
    if lock.passphrase:
        identity = pyrage.x25519.Identity.generate()
        target.write(pyrage.passphrase.encrypt(str(identity).encode(), lock.passphrase, armored=True))
        return identity.to_public()
    try:
        return pyrage.x25519.Recipient.from_str(lock.recipient)
    except pyrage.RecipientError:
        raise Refusal(f"{lock.recipient} is no age recipient (age1…). Nothing was written.") from None


def _own_key(source: IO[bytes], key: Key) -> list[Any]:
    """The key at the head of the file, opened with the passphrase; `source` is left behind it."""
    if not key.passphrase:
        raise Refusal("the file was sealed with a passphrase: say --passphrase-file.")
    head = b""
    for line in source:
        head += line
        if line.strip() == END_OF_KEY or len(head) > CHUNK:
            break
    try:
        return _parsed(pyrage.passphrase.decrypt(head, key.passphrase).decode())
    except pyrage.DecryptError:
        raise Refusal("the passphrase does not open this file.") from None


def _identities(key: Key) -> list[Any]:
    if key.identity is None:
        raise Refusal("the file was sealed to an age key: say --identity FILE.")
    try:
        return _parsed(key.identity.read_text())
    except OSError as error:
        raise Refusal(f"{key.identity} cannot be read: {error.strerror}.") from None


def _parsed(text: str) -> list[Any]:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Refusal("the identity file holds no age secret key (AGE-SECRET-KEY-1…).")
    return found


@contextmanager
def _pump(work: Callable[[IO[bytes]], object], *, give: str) -> Iterator[IO[bytes]]:
    """Run `work` in a thread with one end of a pipe, and give the other; its error is raised at the end."""
    ends = dict(zip("rw", os.pipe(), strict=True))
    mine = os.fdopen(ends.pop(give), give + "b")
    theirs = os.fdopen(next(iter(ends.values())), next(iter(ends)) + "b")
    failed: list[BaseException] = []
    thread = threading.Thread(target=_guarded, args=(work, theirs, failed))
    thread.start()
    try:
        yield mine
        while give == "r" and mine.read(CHUNK):  # to the end, where age finds out whether anything is missing
            pass
    except Exception:
        _close(mine)
        thread.join()
        if failed and not isinstance(failed[0], BrokenPipeError):
            raise failed[0] from None
        raise
    _close(mine)
    thread.join()
    if failed:
        raise failed[0]


def _guarded(work: Callable[[IO[bytes]], object], pipe: IO[bytes], failed: list[BaseException]) -> None:
    try:
        work(pipe)
    except Exception as error:
        failed.append(error)
    finally:
        try:
            _close(pipe)
        except OSError as error:
            failed.append(error)


def _close(pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        pipe.close()
