"""The one motif: rings, drawn from a seed, so that a listing is recognised without a photograph."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Ring:
    """One ellipse in a box of 100 by 100."""

    cx: float
    cy: float
    rx: float
    ry: float
    fill: str


@dataclass(frozen=True)
class Picture:
    """A ground colour and rings from the outermost in; colours are oklch."""

    ground: str
    rings: tuple[Ring, ...]


def picture(seed: str, count: int = 5) -> Picture:
    """The same seed gives the same picture, on every machine and for ever."""
    digest = hashlib.sha256(seed.encode()).digest()
    hue = digest[0] * 360 // 256
    return Picture(
        ground=f"oklch(90% .045 {hue})",
        rings=tuple(_ring(digest[1 + 3 * i : 4 + 3 * i], i, count, hue) for i in range(count)),
    )


def _ring(noise: bytes, index: int, count: int, hue: int) -> Ring:
    drift, size = 9.5, 47.5 * (count - index) / count
    return Ring(
        cx=round(46 + (noise[0] / 255 - 0.3) * drift, 1),
        cy=round(46 + (noise[1] / 255 - 0.3) * drift, 1),
        rx=round(size, 1),
        ry=round(size * (0.94 + noise[2] / 255 * 0.12), 1),
        fill=f"oklch({84.5 - 4.5 * index:.1f}% {0.045 + 0.008 * index:.3f} {hue})",
    )
