"""Hostile YAML is refused at its place within a second and 50 MB, whoever reads it (P19, F29)."""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest

from edusync.diagnostics import Severity
from edusync.spec import load_spec
from edusync.spec.document import read_document
from tests.support.commands import edusync

LEVELS = "abcdefghi"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n" for before, one in pairwise(LEVELS)
)
MERGES = "".join(f"m{n}: &m{n} {{k{n}: {n}}}\n" for n in range(1000)) + "".join(
    f"n{n}: {{<<: [{', '.join(f'*m{m}' for m in range(0, 1000, 100))}]}}\n" for n in range(500)
)
TEXTS = {
    "aliases that multiply": BOMB,
    "merges that multiply": MERGES,
    "alias of itself": "a: &a [*a]\n",
    "alias of nothing": "a: *b\n",
    "nested lists": "a: " + "[" * 20_000,
    "nested lists that end": "a: " + "[" * 20_000 + "]" * 20_000,
    "nested mappings": "a: " + "{a: " * 20_000,
    "nested dashes": "- " * 20_000 + "x",
    "nested blocks": "".join(" " * depth + "a:\n" for depth in range(600)),
    "ten megabytes": "a: " + "x" * 10_000_000,
    "one long quote": 'a: "' + "x" * 250_000,
    "many keys": "".join(f"k{n}: 1\n" for n in range(25_000)),
    "many documents": "--- a\n" * 40_000,
    "many comments": "# x\n" * 60_000,
    "a long comment": "# " + "x" * 250_000,
    "the same key": "edusync: 1\nedusync: 2\n",
    "the same key, many times": "a: 1\n" * 20_000,
    "a tag of Python": "a: !!python/object/apply:os.system [ls]\n",
    "a tag of its own": "a: !mine x\n",
    "bytes": "a: !!binary aGk=\n",
    "a set": "a: !!set {x, y}\n",
    "a tag that is declared": "%TAG !e! tag:example.org,2026:\n---\na: !e!x y\n",
    "another version": "%YAML 9.9\n---\na: 1\n",
    "a key that is a list": "? [a, b]\n: 1\n",
    "a key that is a mapping": "{{a: 1}: 2}\n",
    "NUL": "a: \x00\n",
    "control characters": "a: \x07\x1b[31m\n",
    "half of a letter": 'a: "\\ud800"\n',
    "beyond Unicode": 'a: "\\UFFFFFFFF"\n',
    "a mark in the middle": "a: 1\n\ufeffb: 2\n",
    "a number of 5,000 digits": "edusync: " + "9" * 5_000 + "\n",
    "a number beyond floats": "edusync: 1e999999\n",
    "no number": "edusync: .nan\n",
    "a tab": "a:\n\tb: 1\n",
    "nothing": "",
    "a comment alone": "# nothing\n",
    "a text": "nothing\n",
    "a list": "- edusync\n",
    "half of a quote": "a: 'x\n",
    "half of a block": "a: |9\n x\n",
    "an anchor of 100,000 letters": f"a: &{'x' * 100_000} y\n",
}
BYTES = {
    "UTF-16": "edusync: 1\n".encode("utf-16"),
    "UTF-32": "edusync: 1\n".encode("utf-32"),
    "another charset": "label: é\n".encode("windows-1252"),
    "any bytes": bytes(range(256)) * 10,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
}
MOST_SECONDS, MOST_BYTES = 1.0, 50_000_000


@pytest.mark.promise("P19")
@pytest.mark.fault("F29")
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_yaml_is_refused_at_its_place_in_time(text: str) -> None:
    seconds = []
    for _ in range(2):  # into one of them may fall what earlier tests left behind
        began = time.thread_time()
        spec, document = load_spec(text, "hostile.yaml")
        seconds.append(time.thread_time() - began)
    errors = [one for one in document.findings if one.severity is Severity.ERROR]
    assert spec is None
    assert errors or document.data is None  # which whoever reads the file says
    assert all(one.location.line >= 1 and one.location.column >= 1 for one in errors)
    assert min(seconds) < MOST_SECONDS


@pytest.mark.promise("P19")
@pytest.mark.fault("F29")
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_yaml_takes_no_memory(text: str) -> None:
    load_spec("", "warm.yaml")
    tracemalloc.start()
    try:
        read_document(text, "hostile.yaml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES


@pytest.mark.promise("P19")
@pytest.mark.fault("F29")
@pytest.mark.parametrize("raw", BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("command", ["validate", "check", "plan"])
def test_file_that_is_no_text_is_refused(tmp_path: Path, command: str, raw: bytes) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_bytes(raw)
    ended = edusync(command, str(file), cwd=tmp_path)
    assert ended.returncode == (1 if command == "validate" else 2), ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "hostile.yaml" in ended.stdout + ended.stderr
