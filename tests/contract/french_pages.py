"""Pages that stand in French beside English ones, and what was recorded of them, part by part.

A part whose English has changed since then waits for its French. When the French says it, too:
`python -m tests.contract.french_pages`. Where nothing had to change in it: the same with `--same`.
"""

from __future__ import annotations

import json
import re
import sys
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
RECORD = Path(__file__).with_suffix(".json")
CODE = re.compile(r"```.*?```", re.DOTALL)
PAGES = {
    file: FOLDER / found[1]
    for file in sorted(FOLDER.glob("*.md"))
    if (found := re.search(r"\n\[In English\]\(([\w-]+\.md)\)\n", file.read_text("utf-8")))
}
"""French pages, with the English one that each names below its title."""


def parts(page: Path) -> dict[str, str]:
    """Return each heading and a digest of what it heads; how lines are broken does not count."""
    text = CODE.sub(lambda code: code[0].replace("\n#", "\n #"), page.read_text(encoding="utf-8"))
    found = re.split(r"^#+ ", text, flags=re.MULTILINE)[1:]
    return {
        part.partition("\n")[0]: sha256(" ".join(part.split()).encode()).hexdigest()[:12]
        for part in found
    }


def pairs(page: Path) -> dict[str, str]:
    """Return both digests of each part of a French page, under its English heading."""
    english, french = parts(PAGES[page]), parts(page)
    both = zip(english.items(), french.values(), strict=True)
    return {heading: f"{one} {other}" for (heading, one), other in both}


def recorded() -> dict[str, dict[str, str]]:
    """Return the pairs of each page as they were recorded."""
    kept: dict[str, dict[str, str]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return kept


def behind(now: dict[str, str], before: dict[str, str]) -> list[str]:
    """Return the parts whose English has changed and whose French has not."""
    changed = {
        heading: [
            new != old for new, old in zip(both.split(), before[heading].split(), strict=True)
        ]
        for heading, both in now.items()
        if heading in before
    }
    return [heading for heading, how in changed.items() if how == [True, False]]


def record(*, same: bool) -> str | None:
    """Record every page, unless the French of a part is behind: then say which."""
    now, before = {page.name: pairs(page) for page in PAGES}, recorded()
    waiting = [
        f"  {page}: {heading}"
        for page, both in now.items()
        for heading in behind(both, before.get(page, {}))
    ]
    if waiting and not same:
        return "\n".join(["the English changed, the French did not:", *waiting])
    RECORD.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(record(same="--same" in sys.argv))
