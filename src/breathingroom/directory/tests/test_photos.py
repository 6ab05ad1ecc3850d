"""What becomes of an upload."""

import io
from contextlib import suppress
from unittest import mock
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from breathingroom.core.tests.generated import generated
from breathingroom.directory import photos
from breathingroom.directory.tests import pictures


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def test_a_photograph_is_made_small_upright_and_clean() -> None:
    clean = photos.clean(pictures.jpeg())
    found = opened(clean)
    assert (found.format, max(found.size)) == ("WEBP", photos.SIDE)
    assert found.width > found.height  # it was turned by its orientation, which is gone with the rest
    assert not found.getexif()
    assert b"SECRETCAMERA" not in clean
    assert b"EXIF" not in clean


@pytest.mark.parametrize(
    ("format", "mode"),
    [
        *(("PNG", mode) for mode in ("RGBA", "P", "L", "I;16", "1")),
        ("WEBP", "RGBA"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
    ],
)
def test_every_kind_of_valid_picture_is_taken(format: str, mode: str) -> None:
    assert opened(photos.clean(pictures.image(format, mode))).size == (20, 10)


@pytest.mark.parametrize(
    ("format", "mode"), [("PNG", "I;16"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGBA"), ("JPEG", "CMYK")]
)
def test_a_large_picture_of_every_kind_is_made_small(format: str, mode: str) -> None:
    assert opened(photos.clean(pictures.image(format, mode, (2000, 1000)))).size == (640, 320)


def test_turning_happens_after_the_picture_was_made_small() -> None:
    with mock.patch.object(ImageOps, "exif_transpose", wraps=ImageOps.exif_transpose) as turn:
        photos.clean(pictures.image("PNG", "RGBA", (3000, 2000)))
    assert max(turn.call_args.args[0].size) == photos.SIDE


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_what_must_be_decoded_in_full_may_have_fewer_pixels(format: str) -> None:
    with pytest.raises(photos.UnusablePhoto) as caught:
        photos.clean(pictures.image(format, "L" if format == "PNG" else "RGB", (4100, 4000)))
    assert caught.value.why == photos.TOO_MANY_PIXELS
    assert photos.clean(pictures.jpeg(size=(4100, 4000)))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (b"", photos.NOT_A_PICTURE),
        (b"<svg onload=alert(1)>", photos.NOT_A_PICTURE),
        (pictures.jpeg()[:400], photos.NOT_A_PICTURE),
        (pictures.image("GIF", "P"), photos.NOT_A_PICTURE),
        (pictures.bomb(), photos.TOO_MANY_PIXELS),
        (pictures.bomb(7_000), photos.TOO_MANY_PIXELS),
        (pictures.bomb(12_000), photos.TOO_MANY_PIXELS),
        (b"x" * (photos.MOST_BYTES + 1), photos.TOO_LARGE),
    ],
    ids=["empty", "svg", "cut off", "gif", "huge bomb", "bomb", "warned bomb", "large"],
)
def test_what_is_no_usable_photograph_is_refused_with_the_reason(upload: bytes, why: object) -> None:
    with pytest.raises(photos.UnusablePhoto) as caught:
        photos.clean(upload)
    assert caught.value.why == why
    assert str(caught.value)


HEADS = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x24\0\0\0WEBP"]


@generated(50, 150)
@given(st.binary(max_size=300), st.sampled_from(HEADS))
def test_no_bytes_break_it(noise: bytes, head: bytes) -> None:
    with suppress(photos.UnusablePhoto):
        photos.clean(head + noise)


@pytest.mark.filterwarnings("ignore::UserWarning")
@generated(30, 80)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=8))
def test_no_damage_breaks_it(at: int, noise: bytes) -> None:
    whole = pictures.jpeg(size=(40, 30))
    with suppress(photos.UnusablePhoto):
        photos.clean(whole[:at] + noise + whole[at + len(noise) :])


def test_names_depend_on_the_listing_and_the_picture() -> None:
    picture, one, other = photos.clean(pictures.jpeg()), uuid4(), uuid4()
    names = {photos.store(one, picture), photos.store(one, picture), photos.store(other, picture)}
    assert len(names) == 2
    assert all(photos.read(name) == picture for name in names)
    for name in names:
        photos.remove(name)
    assert [photos.read(name) for name in names] == [None, None]
