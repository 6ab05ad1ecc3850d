"""The environment of this repository from nothing but python3: get uv, then `uv sync --frozen`.

uv is taken from PATH when it is new enough. Otherwise the wheel that uv.lock names for this platform is
downloaded, compared with the checksum in uv.lock, and unpacked to .uv/. No pip, no venv module is needed.
"""

import hashlib
import io
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 11)  # the first that reads the lock file's revision
INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")


class Trouble(Exception):
    """The environment cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Wheel:
    """A wheel as uv.lock names it; `sha256` in hex."""

    url: str
    sha256: str

    @property
    def file(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def platforms(self) -> list[str]:
        return self.file.removesuffix(".whl").rpartition("-")[2].split(".")


@dataclass(frozen=True)
class Machine:
    """What decides which wheel runs here; `libc` is "musl" or the version of glibc or macOS."""

    system: str
    processor: str
    libc: str


def main() -> int:
    """Make or renew .venv; returns the exit status."""
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise Trouble(f"Python 3.11 or later is needed; this is {platform.python_version()}.")
        sync(find_uv())
    except Trouble as trouble:
        print(f"bootstrap: {trouble}", file=sys.stderr)
        return 1
    return 0


def sync(uv: Path) -> None:
    """Install what uv.lock names into .venv, and mark the moment for make."""
    quiet = ["--quiet"] if (ROOT / ".venv" / ".synced").exists() else []
    done = subprocess.run([uv, "sync", "--frozen", *quiet], cwd=ROOT, env=_surroundings(), check=False)
    if done.returncode:
        raise Trouble("uv could not install the environment; its reason stands above.")
    (ROOT / ".venv" / ".synced").touch()


def _surroundings() -> dict[str, str]:
    """This Python and no other; the certificates that the machine trusts, for indexes of one's own."""
    ours = {"UV_PYTHON_DOWNLOADS": "never"}
    paths = ssl.get_default_verify_paths()
    if paths.cafile or paths.capath:
        ours["UV_SYSTEM_CERTS"] = "true"
    return {**ours, **os.environ, "UV_PYTHON": sys.executable}


def find_uv() -> Path:
    """A uv that is new enough: on PATH, or fetched before, or fetched now."""
    on_path = shutil.which("uv")
    if on_path and version_of(Path(on_path)) >= OLDEST_UV:
        return Path(on_path)
    version, wheels = locked((ROOT / "uv.lock").read_text())
    fetched = ROOT / ".uv" / version / "uv"
    if not fetched.exists():
        wheel = choose(wheels, this_machine())
        print(f"Fetching {wheel.file}", file=sys.stderr)
        unpack(checked(download(wheel), wheel), fetched)
    return fetched


def version_of(uv: Path) -> tuple[int, int]:
    """Its version; (0, 0) when it does not run."""
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return (0, 0)
    found = re.match(r"uv (\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def locked(text: str) -> tuple[str, list[Wheel]]:
    """The version of uv in a lock file and its wheels."""
    import tomllib

    for package in tomllib.loads(text)["package"]:
        if package["name"] == "uv":
            wheels = [Wheel(w["url"], w["hash"].removeprefix("sha256:")) for w in package["wheels"]]
            return str(package["version"]), wheels
    raise Trouble("uv.lock does not name uv. Install uv yourself and put it on PATH.")


def this_machine() -> Machine:
    system, processor = platform.system(), platform.machine().lower()
    if system == "Darwin":
        return Machine(system, processor, platform.mac_ver()[0])
    name, version = platform.libc_ver()
    return Machine(system, processor, version if name == "glibc" else "musl")


def choose(wheels: list[Wheel], machine: Machine) -> Wheel:
    """The first wheel that runs on `machine`."""
    for wheel in wheels:
        if any(_fits(tag, machine) for tag in wheel.platforms):
            return wheel
    raise Trouble(f"There is no uv for {machine.system} on {machine.processor}. Put one of your own on PATH.")


def _fits(tag: str, machine: Machine) -> bool:
    if machine.system == "Linux" and machine.libc == "musl":
        return bool(re.fullmatch(rf"musllinux_\d+_\d+_{machine.processor}", tag))
    kind = {"Linux": "manylinux", "Darwin": "macosx"}.get(machine.system, "none")
    found = re.fullmatch(rf"{kind}_(\d+)_(\d+)_{machine.processor}", tag)
    return bool(found) and _numbers(machine.libc) >= (int(found[1]), int(found[2]))  # type: ignore[index]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def download(wheel: Wheel) -> bytes:
    """The wheel from the index of this machine's configuration, or else from where uv.lock says."""
    index = next((os.environ[name] for name in INDEXES if os.environ.get(name)), None)
    return _get(_listed(index, wheel.file) if index else wheel.url)


def _listed(index: str, file: str) -> str:
    page = index.rstrip("/") + "/uv/"
    for link in re.findall(r'href="([^"]+)"', _get(page).decode()):
        if link.partition("#")[0].endswith(file):
            return str(urllib.parse.urljoin(page, link.partition("#")[0]))
    raise Trouble(f"{page} does not list {file}.")


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise Trouble(
            f"{address} cannot be fetched: {error}. Is there a way to the package index? "
            f"Another index is named in {INDEXES[0]}; a uv of your own on PATH will do as well."
        ) from None


def checked(content: bytes, wheel: Wheel) -> bytes:
    if hashlib.sha256(content).hexdigest() != wheel.sha256:
        raise Trouble(f"{wheel.file} is not the file that uv.lock names. Nothing of it was run.")
    return content


def unpack(content: bytes, target: Path) -> None:
    """Write the program in the wheel to `target`, whole or not at all."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".data/scripts/uv"))
        program = archive.read(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"uv.{os.getpid()}")
    draft.write_bytes(program)
    draft.chmod(0o755)
    draft.replace(target)


if __name__ == "__main__":
    sys.exit(main())
