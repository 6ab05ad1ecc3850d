"""What is handed in: cleaned, sealed, kept where no address leads, and gone when it is deleted."""

import datetime as dt
import io
import os
import stat
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from breathingroom.licensure import evidence
from breathingroom.licensure.models.verification import MOST_BYTES
from breathingroom.licensure.tests.checking import PDF, WORDS, folder, lying, on_disk, picture


def test_a_pdf_stays_as_it_is() -> None:
    assert evidence.clean(PDF) == ("pdf", PDF)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_anew(kind: str) -> None:
    found, content = evidence.clean(picture(kind, (4000, 100)))
    with Image.open(io.BytesIO(content)) as drawn:
        assert (found, drawn.format, drawn.size) == ("jpeg", "JPEG", (2400, 60))


def test_where_a_picture_was_taken_does_not_come_along() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A telling camera"
    upload = picture("JPEG", exif=exif, comment=b"at home")
    assert b"A telling camera" in upload
    assert not {b"A telling camera", b"at home"} & set(evidence.clean(upload)[1].split(b"\0"))
    assert b"Exif" not in evidence.clean(upload)[1]


@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (b"", evidence.EMPTY),
        (b"x" * (MOST_BYTES + 1), evidence.TOO_LARGE),
        (b"hello", evidence.NEITHER),
        (b"<svg onload='alert(1)'/>", evidence.NEITHER),
        (b"%PDF-1.4 without an end", evidence.NEITHER),
        (b"%PDF-1.4 <</Encrypt 5 0 R>> %%EOF", evidence.LOCKED),
        (picture("GIF"), evidence.NEITHER),
        (picture("JPEG")[:300], evidence.NEITHER),
        (picture("PNG", (6000, 5000)), evidence.TOO_MANY_PIXELS),
    ],
)
def test_anything_else_is_refused_in_words(upload: bytes, why: str) -> None:
    with pytest.raises(evidence.Unusable) as error:
        evidence.clean(upload)
    assert error.value.why is why


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
)
@settings(max_examples=60, deadline=None)
def test_no_bytes_break_it(tail: bytes, head: bytes) -> None:
    try:
        kind, content = evidence.clean(head + tail)
    except evidence.Unusable:
        return
    assert kind in evidence.TYPES
    assert content


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("licence.pdf", "pdf", "licence.pdf"),
        ("My licence 2026.PNG", "jpeg", "My licence 2026.jpg"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\Users\\nora\\scan.pdf", "pdf", "scan.pdf"),
        ("a\0b\n<script>.pdf", "pdf", "a b script.pdf"),
        ("\u202egnp.exe", "jpeg", "gnp.jpg"),
        (".pdf", "pdf", "pdf.pdf"),
        ("...", "pdf", "file.pdf"),
        ("", "pdf", "file.pdf"),
        ("ü" * 300, "pdf", "ü" * 60 + ".pdf"),
        ("page.html", "pdf", "page.pdf"),
    ],
)
def test_a_name_becomes_a_plain_word_with_the_ending_it_deserves(given: str, kind: str, name: str) -> None:
    assert evidence.clean_name(given, kind) == name


@given(st.text(max_size=100))
def test_no_name_is_more_than_a_name(text: str) -> None:
    name = evidence.clean_name(text, "pdf")
    assert len(name) <= 64
    assert not set(name) & set('/\\\0\n\r"<>:;')


def test_it_lies_sealed_for_nobody_but_the_house() -> None:
    number = uuid4()
    evidence.store(number, PDF)
    path = folder() / f"{number}.sealed"
    assert evidence.read(number) == PDF
    assert WORDS not in path.read_bytes()
    assert not on_disk(WORDS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    evidence.remove(number)
    evidence.remove(number)
    assert evidence.read(number) is None
    assert f"{number}.sealed" not in lying()


def test_a_file_sealed_with_a_lost_key_is_gone() -> None:
    number = uuid4()
    evidence.store(number, PDF)
    (folder() / f"{number}.sealed").write_bytes(b"other bytes")
    assert evidence.read(number) is None
    evidence.remove(number)


def test_only_old_files_are_swept() -> None:
    number = uuid4()
    evidence.store(number, PDF)
    path = folder() / f"{number}.sealed"
    draft = folder() / "half.draft"
    draft.write_bytes(b"x")
    hour_ago = dt.datetime.now().timestamp() - 3700
    os.utime(draft, (hour_ago, hour_ago))
    found = evidence.older_than(3600)
    assert draft in found
    assert found[draft] is None
    assert path not in found
    os.utime(path, (hour_ago, hour_ago))
    assert evidence.older_than(3600)[path] == number
    draft.unlink()
    path.unlink()
