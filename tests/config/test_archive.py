"""The tar of a backup: nothing missing, changed or added goes unnoticed, and no name leads elsewhere."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from breathingroom.config.backup import archive, manifest
from breathingroom.config.house import Refusal

MEMBERS = {"database": b"rows" * 700, "keys/field_keys": b"key", "media/listings/a.webp": b"picture" * 300}


def ignore(_: int) -> None:
    pass


def built(tmp_path: Path, members: dict[str, bytes], said: dict[str, str] | None = None) -> bytes:
    """An archive of `members` whose manifest says the checksums in `said`, or the true ones."""
    target = io.BytesIO()
    writer = archive.Writer(target, ignore)
    for name, content in members.items():
        writer.add_text(name, content)
    files = dict(writer.files) if said is None else said
    about = manifest.Manifest("1", "now", "sqlite", [], {}, files, "")
    writer.add_text(manifest.NAME, about.to_json())
    writer.close()
    return target.getvalue()


def unpack(content: bytes, folder: Path) -> manifest.Manifest:
    return archive.unpack(io.BytesIO(content), folder, ignore)


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    said = unpack(built(tmp_path, MEMBERS), tmp_path / "out")
    assert set(said.files) == set(MEMBERS)
    for name, content in MEMBERS.items():
        assert (tmp_path / "out" / name).read_bytes() == content
        assert (tmp_path / "out" / name).stat().st_mode & 0o077 == 0


def test_no_changed_byte_of_a_member_passes(tmp_path: Path) -> None:
    whole = built(tmp_path, MEMBERS)
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        places = [info.offset_data + step for info in tar for step in range(0, info.size, 211)]
    for number, at in enumerate(places):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(Refusal):
            unpack(changed, tmp_path / str(number))


def test_no_cut_passes(tmp_path: Path) -> None:
    whole = built(tmp_path, MEMBERS)
    end = whole.rindex(b'"version"')
    for number, size in enumerate(range(0, end, 499)):
        with pytest.raises(Refusal):
            unpack(whole[:size], tmp_path / str(number))


def test_missing_and_added_members_are_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="media/b"):
        unpack(
            built(tmp_path, {**MEMBERS, "media/b": b"x"}, said=dict.fromkeys(MEMBERS, "")), tmp_path / "added"
        )
    fewer = {"keys/field_keys": b"key"}
    with pytest.raises(Refusal, match="database"):
        unpack(built(tmp_path, fewer), tmp_path / "fewer")


@pytest.mark.parametrize(
    "name", ["../out", "media/../../out", "/etc/out", "media//out", "other", "media/./x", "media/a\n/.."]
)
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="no backup of ours"):
        unpack(built(tmp_path, {**MEMBERS, name: b"x"}), tmp_path / "out")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_taken(tmp_path: Path, kind: bytes) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        info = tarfile.TarInfo("media/a")
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(Refusal, match="no backup of ours"):
        unpack(target.getvalue(), tmp_path / "out")


def test_a_file_that_has_gone_is_passed_over(tmp_path: Path) -> None:
    writer = archive.Writer(io.BytesIO(), ignore)
    writer.add("media/gone", tmp_path / "gone")
    assert writer.files == {}


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"\xff", json.dumps({"format": 1}).encode()])
def test_a_manifest_that_is_none_is_said(text: bytes) -> None:
    with pytest.raises(Refusal, match="manifest"):
        manifest.read(text)


def test_another_format_is_said() -> None:
    text = manifest.Manifest("1", "now", "sqlite", [], {}, {}, "", format=2).to_json()
    with pytest.raises(Refusal, match="format 2"):
        manifest.read(text)
