"""Every relative link in the Markdown of this repository leads to a file, and to the heading it names."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(
    r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)|(?:src|href)=\"([^\"]+)\"", re.M
)
CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|`[^`\n]*`", re.M | re.S)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


def main() -> int:
    """Print each broken link; returns 1 when there is one."""
    broken = [f"{page.relative_to(ROOT)}: {target}" for page in pages() for target in broken_in(page)]
    print("\n".join(f"broken link in {line}" for line in broken), end="\n" if broken else "")
    return 1 if broken else 0


def pages() -> list[Path]:
    """The Markdown files that git knows or would take up, but not what the house itself shows (`src/`)."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md", ":!src"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in said.stdout.splitlines() if (path := ROOT / name).exists()]


def broken_in(page: Path) -> Iterator[str]:
    """The targets in `page` that lead nowhere."""
    for found in LINK.finditer(CODE.sub("", page.read_text())):
        target = next(group for group in found.groups() if group)
        if not ELSEWHERE.match(target) and not leads_somewhere(page, target):
            yield target


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether a relative `target` exists, with the heading it names."""
    path, _, anchor = unquote(target).partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists() or ROOT not in (file, *file.parents):
        return False
    return not anchor or file.suffix != ".md" or anchor in anchors(file)


@lru_cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors of a page's headings, as code hosts make them."""
    found: list[str] = []
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", CODE.sub(_keep_inline, page.read_text()), re.M):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        base = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        before = sum(1 for other in found if other == base or re.fullmatch(rf"{re.escape(base)}-\d+", other))
        found.append(f"{base}-{before}" if before else base)
    return frozenset(found)


def _keep_inline(code: re.Match[str]) -> str:
    return "" if code[0].startswith(("```", "~~~")) else code[0].strip("`")


if __name__ == "__main__":
    sys.exit(main())
