"""What the site needs beside the documents: pages of the root, links out of docs/, languages.

A site does not have what these lead to: it is named in place of the link.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
OF_ROOT = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
}
_FRENCH = "En français"
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")
_PICTURE = re.compile(r"(!\[[^\]]*\]\()docs/")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that stand at the root of the repository."""
    for name, page in OF_ROOT.items():
        text = _PICTURE.sub(r"\1", (ROOT / name).read_text(encoding="utf-8"))
        files.append(File.generated(config, page, content=_relinked(text, name, page)))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_more: object) -> str:
    """Lead links to where the site has their page; what it does not have is named."""
    if page.file.src_uri in OF_ROOT.values():
        return markdown
    return _relinked(markdown, f"docs/{page.file.src_uri}", page.file.src_uri)


def on_post_page(output: str, *, page: Page, **_more: object) -> str:
    """Say of a page in French that it is: a screen reader then speaks it as French."""
    is_french = any(part.title == _FRENCH for part in page.ancestors)
    return output.replace("<article ", '<article lang="fr" ', 1) if is_french else output


def _relinked(text: str, at: str, page: str) -> str:
    """Return a text of the repository as it stands on a page of the site."""

    def one(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        file = posixpath.normpath(posixpath.join(posixpath.dirname(at), target))
        inside = OF_ROOT.get(file) or file.removeprefix("docs/")
        if file in OF_ROOT or (file.startswith("docs/") and _is_shown(file)):
            return f"[{words}]({posixpath.relpath(inside, posixpath.dirname(page) or '.')}{anchor})"
        return f"{words} (`{file}`)" if words.strip("`") != file else f"`{file}`"

    return _LINK.sub(one, text)


def _is_shown(file: str) -> bool:
    return file.endswith((".md", ".png", ".svg")) and not file.startswith(("docs/news/",))
