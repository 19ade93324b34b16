"""`python -m edusync.testing.playground`: play one spec within limits, and end.

It reads what somebody typed as one JSON object from its standard input, and writes what comes of it
to its standard output. The console starts it (`edusync/app/console/playground.py`); nothing that is
typed runs in the process of the console.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from edusync.app.files.exchanges import check_exchanges
from edusync.app.files.recordings import case_folders
from edusync.app.files.specs import rare_file
from edusync.locale import gettext as _
from edusync.locale import speaking
from edusync.plugins import load_registry
from edusync.spec.schema_check import schema_of
from edusync.testing.case_folder import exchanges_of
from edusync.testing.confined import Refused, confine, is_possible
from edusync.testing.played import findings_of
from edusync.testing.playing import Typed, play
from edusync.testing.recorder import laid_out
from edusync.testing.replay import CANARY, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDE = 4096
_SHARED = ("exchanges.yaml", "database.sql", "files")
_OF_A_CASE = ("case.yaml", "edusign.yaml", *_SHARED)
"""What a case is made of; its golden file is another matter."""


def main() -> None:
    """Read what was typed, play it, and write what came of it."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    schema_of("spec")  # every module of the language is there before the limits
    load_registry()
    typed = sys.stdin.read()
    if not typed:  # the console ended
        return
    with redirect_stdout(sys.stderr), tempfile.TemporaryDirectory() as folder:
        found = _played(json.loads(typed), Path(folder))
        os.chdir("/")
    json.dump(found, out, default=str)
    out.close()


def _played(asked: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    if not is_possible():
        return {"findings": [], "stopped": _("The playground needs Linux or macOS.")}
    file, spec_dirs = Path(asked["file"]), tuple(map(Path, asked["spec_dirs"]))
    case = folder / "cases" / "typed" / "case"
    case.mkdir(parents=True)
    if asked["case"]:
        _copy(Path(asked["case"]), case)
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    confine(folder, [*case_folders(file), rare_file(file), *spec_dirs])
    with speaking(asked["language"]):
        try:
            found = _pasted(asked, case)
            if not found:
                found = play(Typed(asked["text"], file, folder / file.name, case, spec_dirs))
            if asked["keep"]:
                found["files"] = _files(case, found.get("connector", ""), found.get("secrets", ()))
        except Refused as refused:
            return {"findings": [], "stopped": str(refused)}
        except MemoryError:
            words = _("It needs more memory than the playground has.")
            return {"findings": [], "stopped": words}
        except RecursionError:
            return {"findings": [], "stopped": _("It is nested too deeply.")}
    return found


def _copy(home: Path, case: Path) -> None:
    """Copy a case, and what it shares with its neighbours."""
    for source, names, into in (
        (home.parent, _SHARED, case.parent),
        (home, _OF_A_CASE, case),
    ):
        for name in names:
            if (source / name).is_dir():
                shutil.copytree(source / name, into / name)
            elif (source / name).is_file():
                shutil.copyfile(source / name, into / name)


def _pasted(asked: Mapping[str, Any], case: Path) -> dict[str, Any]:
    """Put what was pasted into the case; return what is wrong with it, nothing when nothing is."""
    if asked["told"].strip():
        (case / "case.yaml").write_text(asked["told"], encoding="utf-8")
    if not asked["answers"].strip():
        return {}
    document = check_exchanges(asked["answers"], "answers")
    if document.has_errors:
        return {"findings": [], "answers": findings_of(document.findings, "answers")}
    pasted = list(document.data or ())
    new = {key_of(one["request"]) for one in pasted}
    kept = [
        one for one in exchanges_of(case / "exchanges.yaml") if key_of(one["request"]) not in new
    ]
    text = "\n".join(laid_out([dict(one) for one in (*kept, *pasted)])) + "\n"
    (case / "exchanges.yaml").write_text(text, encoding="utf-8")
    return {}


def _files(case: Path, spec: str, secrets: Sequence[str]) -> dict[str, str]:
    """Return the files of a case of a spec by their path, those that it shares included.

    A secret that was typed is taken out of all of them, as `edusync record` does.
    """
    found = {}
    for folder in (case.parent, case):
        for name in _OF_A_CASE:
            below = folder / name
            for file in sorted(below.rglob("*")) if below.is_dir() else [below]:
                if file.is_file():
                    found[file.relative_to(folder).as_posix()] = file.read_text(encoding="utf-8")
    if "case.yaml" not in found or not spec:
        return found
    found["case.yaml"], typed = _of_spec(found["case.yaml"], spec, secrets)
    for secret in typed:
        found = {path: text.replace(secret, CANARY) for path, text in found.items()}
    return found


def _of_spec(text: str, spec: str, secrets: Sequence[str]) -> tuple[str, list[str]]:
    """Return the text of a case that names this spec, and the secrets that stood in it in clear.

    A reference stands in their place; comments stay.
    """
    yaml, out = YAML(), StringIO()
    yaml.width = _WIDE
    data = yaml.load(text)
    data["connector"]["spec"] = spec
    answers, typed = data["connector"].get("connection") or {}, []
    for name in secrets:
        value = str(answers.get(name) or "")
        if value and not value.startswith("${"):
            answers[name] = "${env:EDUSYNC_CASE_SECRET}"
            typed.append(value)
    yaml.dump(data, out)
    return out.getvalue(), typed


if __name__ == "__main__":
    main()
