"""What a release needs stands ready: schemas with addresses, news that make a changelog."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.stem)
def test_schema_has_an_absolute_address_that_ends_in_its_file_and_version(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    address = urlsplit(schema["$id"])
    assert (address.scheme, address.path) == ("https", f"/schemas/{file.name}")
    assert not address.fragment
    assert not address.query
    assert file.name.endswith(".v1.schema.json")
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)
    assert schema["title"]


def test_schemas_share_one_host_and_no_address() -> None:
    found = [json.loads(file.read_text(encoding="utf-8"))["$id"] for file in SCHEMAS]
    assert len(set(found)) == len(found)
    assert len({urlsplit(one).netloc for one in found}) == 1


def test_news_make_a_changelog() -> None:
    """Every fragment is of a kind that the changelog has, and none is lost."""
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "## 9.9.9 (" in ended.stdout
    kinds = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "towncrier"
    ]
    known = {kind["directory"] for kind in kinds["type"]}
    plain = " ".join(ended.stdout.split())
    for file in (ROOT / "docs" / "news").glob("*.md"):
        assert file.name.split(".")[1] in known, file.name
        words = file.read_text(encoding="utf-8").split()
        assert " ".join(words[:8]) in plain, file.name
