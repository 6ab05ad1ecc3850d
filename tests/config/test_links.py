"""The finder of broken links finds them, and takes none that is whole for one."""

from pathlib import Path

import pytest
from tools import links


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(links, "ROOT", tmp_path)
    links.anchors.cache_clear()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_text(
        "# One & two\n\n## `make test`\n\n## `make test`\n```\n# no heading\n```\n"
    )
    return tmp_path / "page.md"


@pytest.mark.parametrize(
    "target",
    [
        "docs/other.md",
        "docs",
        "docs/other.md#one--two",
        "docs/other.md#make-test-1",
        "#here",
        "https://example.org/x",
    ],
)
def test_a_whole_link_passes(page: Path, target: str) -> None:
    page.write_text(f"# Here\n[a]({target})\n")
    assert list(links.broken_in(page)) == []


@pytest.mark.parametrize(
    "target", ["absent.md", "docs/other.md#three", "docs/other.md#no-heading", "#there", "../outside.md"]
)
def test_a_broken_link_is_found(page: Path, target: str) -> None:
    (page.parent.parent / "outside.md").write_text("")
    page.write_text(f"# Here\n[a]({target}) `[b](in-code.md)`\n```\n[c](in-a-block.md)\n```\n")
    assert list(links.broken_in(page)) == [target]
