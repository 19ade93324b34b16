"""The examples of the documents work as they stand."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from edusync.app.authoring.connector_page import BEGIN, within
from edusync.app.files.connector_file import read_instance
from edusync.cli import COMMANDS
from edusync.registry import Registry
from edusync.spec import load_spec

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_yaml_of_a_page_is_valid(
    page: Path, tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("YPAREO_KEY", "EDUSIGN_KEY", "HORIZON_KEY", "LUMEN_KEY", "AIMAIRA_PASSWORD"):
        monkeypatch.setenv(name, "x")
    found: list[str] = []
    (tmp_path / "specs").mkdir()
    for block in (block for block in blocks(page) if "edusync: 1\n" in block):
        if "accounts:" in block:
            (tmp_path / "school.yaml").write_text(block, encoding="utf-8")
            found += [
                finding.message for finding in read_instance(tmp_path / "school.yaml", registry)[1]
            ]
        elif "entities:" in block:
            name = re.findall(r"^connector: (\w+)", block, re.MULTILINE)[0]
            (tmp_path / "specs" / f"{name}.yaml").write_text(block, encoding="utf-8")
            found += [finding.message for finding in load_spec(block, "page.yaml")[1].findings]
    assert found == []


@pytest.mark.parametrize(
    "spec", sorted((ROOT / "specs").glob("*.yaml")), ids=lambda spec: spec.stem
)
def test_page_of_a_connector_is_what_its_spec_says(spec: Path, registry: Registry) -> None:
    built, _ = load_spec(spec.read_text(encoding="utf-8"), spec.name, registry.functions)
    page = (ROOT / "docs" / "connectors" / f"{spec.stem}.md").read_text(encoding="utf-8")
    assert built is not None
    assert BEGIN in page
    assert within(page, built) == page, (
        f"run: edusync docs specs/{spec.name} --into docs/connectors/{spec.stem}.md"
    )


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_commands_of_a_page_exist(page: Path) -> None:
    named = set(re.findall(r"`edusync ([a-z]+)", page.read_text(encoding="utf-8")))
    assert named - COMMANDS.keys() == set()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as they are made of them on GitHub."""
    found, met = set[str](), dict[str, int]()
    flags = re.DOTALL | re.MULTILINE
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=flags)
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = met.get(slug, 0)
        met[slug] = count + 1
        found.add(f"{slug}-{count}" if count else slug)
    return found | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_anchors_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", text)
    lost = [
        f"{file}#{anchor}"
        for file, anchor in links
        if (target := page.parent / file if file else page).suffix == ".md"
        and anchor not in anchors(target)
    ]
    assert lost == []


@cache
def names_of(module: Path) -> frozenset[str]:
    """Return the classes, methods and functions of a module: `name` and `Class.name`."""

    def names(body: list[ast.stmt], above: str) -> set[str]:
        found = set[str]()
        for node in body:
            if isinstance(node, ast.ClassDef):
                found |= {node.name} | names(node.body, f"{node.name}.")
            elif isinstance(node, ast.FunctionDef):
                found.add(above + node.name)
        return found

    return frozenset(names(ast.parse(module.read_text(encoding="utf-8")).body, ""))


def places(page: Path) -> list[tuple[str, str]]:
    """Return the places that a page names, as `path/of/module.py` or `path/of/module.py::name`."""
    return re.findall(r"`([\w/-]+/[\w-]+\.py)(?:::([\w.]+))?`", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_places_in_the_code_that_a_page_names_exist(page: Path) -> None:
    missing = [path for path, _ in places(page) if not (ROOT / path).is_file()]
    assert missing == []
    strange = [(p, name) for p, name in places(page) if name and name not in names_of(ROOT / p)]
    assert strange == []


def test_architecture_follows_a_row_by_named_places() -> None:
    found = places(ROOT / "docs" / "explanation" / "architecture.md")
    assert len([name for _, name in found if name]) > 40


def test_decisions_are_dated_records_newest_first() -> None:
    page = (ROOT / "docs" / "explanation" / "decisions.md").read_text(encoding="utf-8")
    intro, *records = re.split(r"^## ", page, flags=re.MULTILINE)
    assert "To be dated" in intro
    assert records.pop().startswith("To be dated\n")
    titles = [record.partition("\n")[0] for record in records]
    assert [title for title in titles if not re.match(r"20\d\d-\d\d-\d\d — \S", title)] == []
    days = [title[:10] for title in titles]
    assert days == sorted(days, reverse=True)
    parts = [re.findall(r"^- (\w+): ", record, re.MULTILINE) for record in records]
    assert [
        t for t, p in zip(titles, parts, strict=True) if p != ["Decided", "Why", "Refused"]
    ] == []
    assert len(records) > 40


def test_every_command_has_its_line() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`(?:edusync )?([a-z]+)\b", page))
    assert set(COMMANDS) - listed == set()


def test_readme_is_one_screen_with_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 65
    assert "![" in "\n".join(text.splitlines()[:12])


@pytest.mark.parametrize(
    "picture", sorted((ROOT / "docs" / "images").glob("*.svg")), ids=lambda one: one.stem
)
def test_recorded_terminal_fetches_nothing(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert re.findall(r"url\((?!#)|@import|xlink:href|src=", text) == []
    assert "edusync" in text
