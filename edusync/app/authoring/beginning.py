"""What a connector begins with: the lists of its ERP, and the files around its spec."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.app.authoring.samples import Sample, as_yaml, read_sample, word_of
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from edusync.spec.tree import Spec
    from edusync.spec.tree.connection import Question

FOLDER = "folder"
"""The answer that says where the files of an ERP are."""
MADE_UP = [
    Sample(
        "sessions",
        "sessions",
        keyed=False,
        rows=({},),
        made_up=True,
        values={
            "id": [1],
            "title": ["Accounting"],
            "date": ["17/03/2026"],
            "from": ["09:00"],
            "to": ["12:00"],
            "room": ["B12"],
            "teachers": [[1]],
            "students": [[1]],
        },
    ),
    Sample(
        "people",
        "people",
        keyed=False,
        rows=({},),
        made_up=True,
        values={"id": [1], "last_name": ["x"], "first_name": ["x"], "email": ["x@ecole.test"]},
    ),
]


@dataclass(slots=True)
class Beginning:
    """What a description of an ERP, or samples of it, say: its lists, and how it is asked.

    `connection` and `transport` are lines of YAML; `notes` what was not understood. `asks` is how
    a list is asked for that nothing describes, with {name} for its name; by a path when not said.
    """

    lists: list[Sample]
    origin: str
    connection: list[str] = field(default_factory=list)
    transport: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    url: str | None = None
    asks: str | None = None


def from_samples(files: Sequence[Path]) -> Beginning:
    """Return what samples say; made-up answers when there are none."""
    lists: list[Sample] = []
    for file in files:
        samples = read_sample(file)
        _name_apart(samples, lists, file.stem)
        lists += samples
    if not lists:
        return Beginning(deepcopy(MADE_UP), MADE_UP_ORIGIN)
    return Beginning(lists, "samples: look at every line that says `guess`")


def from_folder(folder: Path) -> Beginning:
    """Return what the files of a folder say, each a list; UsageProblem when it has none.

    What cannot be read as a list of rows is noted.
    """
    beginning = Beginning([], "the files of a folder: look at every line that says `guess`")
    beginning.url = str(folder.absolute())
    beginning.connection = [f"  {FOLDER}: {{type: text, label: {{en: Folder, fr: Dossier}}}}"]
    beginning.transport = ["  kind: files", f'  url: "{{{{ connection.{FOLDER} }}}}"']
    beginning.asks = "file: {name}.csv"
    for file in sorted(folder.iterdir()):
        if not file.is_file() or file.name.startswith((".", "~$")):
            continue
        try:
            samples = read_sample(file)
        except UsageProblem as problem:
            beginning.notes.append(f"not understood: {problem.message}")
            continue
        _name_apart(samples, beginning.lists, file.stem)
        for one in samples:
            one.file = file.name
        beginning.lists += samples
    if not beginning.lists:
        words = f"{folder.name} has no .csv, .txt, .json or .xml file with a list of rows"
        raise UsageProblem("RUN_USAGE", words, "give the folder of the ERP's exports")
    return beginning


def _name_apart(samples: Sequence[Sample], before: Sequence[Sample], file: str) -> None:
    """Give a list another name whose own is that of a list before."""
    taken = {word_of(one.name) for one in before}
    for sample in samples:
        old = sample.name
        while word_of(sample.name) in taken:
            sample.name = f"{file}_{sample.name}"
        taken.add(word_of(sample.name))
        for inner in samples:
            inner.source = sample.name if inner.source == old else inner.source


MADE_UP_ORIGIN = "made-up answers: put the ERP's own words in their place"


def school_file(name: str, url: str, edusign: str | None, spec: Spec) -> str:
    """Return the text of the connector file: an answer for each question that needs one."""
    base = f"\n      base_url: {edusign}" if edusign else ""
    word = name.upper().replace("-", "_")
    connection = "\n".join(
        f"  {key}: {_answer(key, question, url, f'{word}_{key.upper()}')}"
        for key, question in spec.connection.items()
        if question.default is None and not question.optional
    )
    return f"""edusync: 1
connector: {name}-school
spec: specs/{name}.yaml
connection:
{connection}
accounts:
  - name: main
    edusign:{base}
      api_key: "${{env:EDUSIGN_KEY}}"
"""


def _answer(key: str, question: Question, url: str, variable: str) -> str:
    if question.type == "url":
        return url
    if key == FOLDER:
        return as_yaml(url)
    return f'"${{env:{variable}}}"' if question.type == "secret" else "to-be-filled-in"


README = """# Cases of {label}

Each folder is a case: `case.yaml` says what it shows, `exchanges.yaml` what the ERP answered,
`expected.yml` what came of it.

    edusync record {name}-school.yaml --case nominal
    edusync test specs/{name}.yaml --update
"""

PYTEST = """[pytest]
edusync_collect = true
edusync_cases = cases
edusync_spec_dirs = specs
"""
