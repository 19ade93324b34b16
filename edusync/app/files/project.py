"""A project: a folder of connectors that run together, found from the folder one works in."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.project_file import FILE, Settings, load_settings
from edusync.app.files.specs import shown
from edusync.diagnostics import did_you_mean
from edusync.errors import UsageProblem
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Listed:
    """A connector file of a project, as far as it says what it is."""

    name: str
    file: Path
    erp: str
    labels: tuple[str, ...]

    def is_chosen(self, word: str) -> bool:
        """Whether a word of `--select` means it: a name, `erp=…` or `label=…`; with * and ?."""
        what, equals, pattern = word.partition("=")
        if not equals:
            return fnmatchcase(self.name, word)
        if what == "erp":
            return fnmatchcase(Path(self.erp).stem, pattern)
        return any(fnmatchcase(label, pattern) for label in self.labels)


@dataclass(frozen=True, slots=True)
class Listing:
    """The connectors of a project by name, and the files of which nobody can say the name.

    Of two files with one name the first one counts, and the other is among `strays`.
    """

    connectors: Mapping[str, Listed] = field(default_factory=dict)
    strays: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with an `edusync.yaml`."""

    file: Path
    settings: Settings

    @property
    def spec_dirs(self) -> tuple[Path, ...]:
        """The folder of specs of its own, when it is there."""
        return (self.settings.specs,) if self.settings.specs.is_dir() else ()

    def listing(self) -> Listing:
        """Read what every connector file says of itself; what else is wrong with it is not seen."""
        found: dict[str, Listed] = {}
        strays: list[Path] = []
        folder = self.settings.connectors
        for file in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml"))):
            listed = listed_in(file)
            if listed is None or listed.name in found:
                strays.append(file)
            else:
                found[listed.name] = listed
        return Listing(found, strays)

    def file_of(self, name: str) -> Path:
        """Return the file of a connector; UsageProblem when there is none of that name."""
        known = self.listing().connectors
        if name not in known:
            raise UsageProblem(
                "RUN_USAGE",
                f"the project has no connector '{name}', and there is no file of that name",
                did_you_mean(name, sorted(known)),
            )
        return known[name].file

    def chosen(self, words: Sequence[str]) -> list[Listed]:
        """Return the connectors that words of `--select` mean, all without a word.

        UsageProblem for a word that means none, or of a kind that there is not.
        """
        connectors = list(self.listing().connectors.values())
        for word in words:
            what, equals, _ = word.partition("=")
            if equals and what not in {"erp", "label"}:
                hint = "write a name, erp=NAME or label=WORD"
                raise UsageProblem("RUN_USAGE", f"nothing is chosen by '{what}'", hint)
            if not any(one.is_chosen(word) for one in connectors):
                names = sorted(one.name for one in connectors)
                raise UsageProblem(
                    "RUN_USAGE", f"no connector is chosen by '{word}'", did_you_mean(word, names)
                )
        return [
            one for one in connectors if not words or any(one.is_chosen(word) for word in words)
        ]


def listed_in(file: Path) -> Listed | None:
    """Return what a connector file says of itself, None when it names no connector."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    data: Any = read_document(text, shown(file)).data
    if not isinstance(data, dict) or not isinstance(data.get("connector"), str):
        return None
    labels = data.get("labels")
    words = tuple(map(str, labels)) if isinstance(labels, list) else ()
    return Listed(data["connector"], file, str(data.get("spec", "")), words)


def find_project(folder: Path | None = None, *, secrets: bool = False) -> Project | None:
    """Return the project of a folder, or of the one above; None when there is none.

    FilesInvalid when its file has errors.
    """
    here = (folder or Path.cwd()).absolute()
    for place in (here, *here.parents):
        file = place / FILE
        if file.is_file():
            return Project(file, load_settings(file, secrets=secrets))
    return None
