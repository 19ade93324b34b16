"""One form for specs: `edusync fmt` changes how a spec looks, never what it says, and loses no
comment.
"""

from __future__ import annotations

import re
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from edusync.spec.document import read_document
from edusync.spec.layout import WIDTH, formatted
from tests.support.search import examples

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [*(ROOT / "specs").rglob("*.yaml"), *(ROOT / "tests" / "connectors").rglob("*.y*ml")]
)
LONG = "x" * 120


def said(text: str) -> object:
    document = read_document(text, "spec.yaml")
    assert not document.has_errors, document.findings
    return document.data


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"# noted \d+", text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("connector: a\nedusync:    1\n", "edusync: 1\nconnector: a\n"),
        (
            "edusync: 1\nfilters:\n    a:\n        item: id\noptions: {b: {type: text}}\n",
            "edusync: 1\n\noptions: {b: {type: text}}\n\nfilters:\n  a:\n    item: id\n",
        ),
        (
            "resources:\n  a:\n    key: id\n    ignore: row.x\n    add: {x: y}\n    get: /a\n",
            "resources:\n  a:\n    get: /a\n    add: {x: y}\n    ignore: row.x\n    key: id\n",
        ),
        (
            "resources:\n  a: {key: id, get: /a}\n  b:\n    get: /b\n  c: {get: /c}\n",
            "resources:\n  a: {get: /a, key: id}\n  b:\n    get: /b\n  c: {get: /c}\n",
        ),
        (
            "resources:\n  a: {get: /a,\n    key: id}\n",
            "resources:\n  a: {get: /a,\n      key: id}\n",
        ),
        (
            f"resources:\n  a: {{get: /a, text: {LONG}, key: {LONG}}}\n",
            f"resources:\n  a:\n    get: /a\n    text: {LONG}\n    key: {LONG}\n",
        ),
        (
            "rules: {a: [ 1,2 ],\n  b:   {},\n  c: []}\n",
            "rules: {a: [1, 2],\n        b: {},\n        c: []}\n",
        ),
        (
            "# about all of it\n\n# first\nedusync: 1   # the version\n",
            "# about all of it\n# first\nedusync: 1   # the version\n",
        ),
        (
            (
                "resources:\n  # about a\n  a: {get: /a}      # and more\n\n  b: {get: /b}\n# "
                "the end\n"
            ),
            (
                "resources:\n  # about a\n  a: {get: /a}      # and more\n\n  b: {get: /b}\n# "
                "the end\n"
            ),
        ),
        (
            "resources:\n  a:\n    # about the key\n    key: id\n    get: /a\n",
            "resources:\n  a:\n    get: /a\n    # about the key\n    key: id\n",
        ),
        (
            "rules:\n  a: {b: 1,  # about all of a\n      c: 2}\n",
            "rules:\n  a: {b: 1,  # about all of a\n      c: 2}\n",
        ),
        (
            "rules:\n  a: {b: 1,\n      c: 2,  # about c\n      d: 3}\n",
            "rules:\n  a:\n    b: 1\n    c: 2     # about c\n    d: 3\n",
        ),
        (
            "rules:\n  a: {b: 1,\n      c: 2}  # about all of a\n",
            "rules:\n  a: {b: 1,  # about all of a\n      c: 2}\n",
        ),
        (
            "rules:\n  a: 'it is # no comment'  # it is\n",
            "rules:\n  a: 'it is # no comment'  # it is\n",
        ),
        (
            "rules:\n  a: >-\n       one\n\n         two\n  b: |\n   # text\n",
            "rules:\n  a: >-\n    one\n\n      two\n  b: |\n    # text\n",
        ),
        (
            'rules:\n  a: one\n    two\n  b: "one\n    two"\n',
            'rules:\n  a: one two\n  b: "one two"\n',
        ),
        (
            "rules:\n  - a: 1\n    b:\n    - 2\n    - [3]\n  -   - 4\n",
            "rules:\n  - a: 1\n    b:\n      - 2\n      - [3]\n  -\n    - 4\n",
        ),
        (
            "rules:\n  a: >-  # about a\n      one\n  # about b\n  b: 1\n",
            "rules:\n  a: >-  # about a\n    one\n  # about b\n  b: 1\n",
        ),
        (
            "rules:\n  a: |+\n    one\n\n  b: |1\n    two\n",
            'rules:\n  a: "one\\n\\n"\n  b: " two\\n"\n',
        ),
        (
            "rules:\n  a: one\n\n    two\n  b: 'it''s\n    so'\n",
            'rules:\n  a: "one\\ntwo"\n  b: "it\'s so"\n',
        ),
        ("\ufeffedusync: 1\r\nlabel: 'x' # said\r\n", "edusync: 1\nlabel: 'x'  # said\n"),
        (
            "rules:\n  -\n    # about a\n    a: 1\n    b: 2\n",
            "rules:\n  # about a\n  - a: 1\n    b: 2\n",
        ),
        (
            f"rules:\n  a: {'one ' * 25}two\n  b: '{'its ' * 25}so'  # about b\n\n  c: 1\n",
            (
                f"rules:\n  a: >-\n    {' '.join(['one'] * 24)}\n    one two\n"
                f"  b: >-  # about b\n    {' '.join(['its'] * 24)}\n    its so\n\n  c: 1\n"
            ),
        ),
        (
            f"rules:\n  a: '{'x' * 70} {{{{ row.name | lower | trim }}}}'\n",
            f"rules:\n  a: >-\n    {'x' * 70}\n    {{{{ row.name | lower | trim }}}}\n",
        ),
        (
            f"rules:\n  a: {'x' * 60}  # {'y' * 40}\n",
            f"rules:\n  # {'y' * 40}\n  a: {'x' * 60}\n",
        ),
        ("{edusync: 1, rules: {a: null, b: }}\n", "edusync: 1\n\nrules: {a: null, b: null}\n"),
    ],
)
def test_layout(before: str, after: str) -> None:
    assert formatted(before) == after
    assert (said(after), formatted(after)) == (said(before), after)


def test_every_yaml_file_of_the_project_says_the_same_afterwards() -> None:
    changed = []
    for file in FILES:
        before = file.read_text(encoding="utf-8")
        data = read_document(before, str(file)).data
        if isinstance(data, dict):
            after = formatted(before)
            if (said(after), formatted(after)) != (data, after) or after.count("#") != before.count(
                "#"
            ):
                changed.append(str(file))
    assert (changed, len(FILES) > 400) == ([], True)


@examples(25)
@given(
    spec=st.sampled_from(sorted((ROOT / "specs").glob("*.yaml"))),
    indent=st.integers(2, 5),
    width=st.integers(30, 300),
    flow=st.booleans(),
    seed=st.randoms(use_true_random=False),
)
def test_whatever_it_looked_like_nothing_is_lost(
    spec: Path, indent: int, width: int, flow: bool, seed: object
) -> None:
    writer, out = YAML(), StringIO()
    writer.indent(mapping=indent, sequence=indent + 2, offset=2)
    writer.width, writer.default_flow_style = width, flow or None
    writer.dump(said(spec.read_text(encoding="utf-8")), out)
    lines, inside = out.getvalue().splitlines(), re.compile(r"[|>][-+]?$")
    noted = []
    for number, (line, following) in enumerate(pairwise([*lines, "end:"])):
        is_safe = (
            not inside.search(line)
            and re.match(r"^ *(- )?[\w-]+:( |$)", following)  # a comment ends a text of two lines
            and line.count('"') % 2 == 0
            and line.count("'") % 2 == 0
            and re.match(r"^[\s\w-]+: ", line)
        )
        noted.append(
            line + f"  # noted {number}"
            if is_safe and line.endswith((",", "}", "]")) and seed.random() < 0.3  # type: ignore[attr-defined]
            else line
        )
        if re.match(r"^\w+:$", line) and seed.random() < 0.5:  # type: ignore[attr-defined]
            noted.insert(len(noted) - 1, f"# noted {number + 10_000}")
    before = "\n".join(noted) + "\n"
    after = formatted(before)
    assert (said(after), comments(after)) == (said(before), comments(before))
    assert formatted(after) == after


def test_shipped_specs_have_the_one_form_and_no_line_is_longer_than_it_has_to_be() -> None:
    specs = {file: file.read_text(encoding="utf-8") for file in (ROOT / "specs").rglob("*.yaml")}
    assert [str(file) for file, text in specs.items() if formatted(text) != text] == []
    long = [
        line
        for text in specs.values()
        for line in text.splitlines()
        if len(line) > WIDTH and " " in re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<.*", "", line).strip()
    ]
    assert long == []
