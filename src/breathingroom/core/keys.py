"""Keys that this house makes for itself, once, in files that only its user can read."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def secret_key(home: Path) -> str:
    """The key that signs cookies."""
    return _once(home / "keys" / "secret_key", secrets.token_urlsafe(50))


def field_keys(home: Path) -> list[str]:
    """Fernet keys that seal single fields, newest first, one per line of the file."""
    return _once(home / "keys" / "field_keys", Fernet.generate_key().decode()).split()


def _once(path: Path, fresh: str) -> str:
    """Read `path`, writing `fresh` there first if nobody has: two processes starting together agree."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(fresh + "\n")
        try:
            os.link(draft, path)  # fails, atomically, if another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
