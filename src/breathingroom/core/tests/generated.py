"""How many made-up examples a property is tried on: in a quick run always the same ones."""

from typing import Any

import pytest
from hypothesis import settings
from tests.plugins.depth import THOROUGH, examples


def generated(quick: int, thorough: int, **more: Any) -> settings:
    """So many examples of Hypothesis, however long one takes."""
    return settings(max_examples=examples(quick, thorough), derandomize=not THOROUGH, deadline=None, **more)


def seeds(quick: int, thorough: int) -> pytest.MarkDecorator:
    """So many tests, each with a `seed` of its own to draw from."""
    return pytest.mark.parametrize("seed", range(examples(quick, thorough)))
