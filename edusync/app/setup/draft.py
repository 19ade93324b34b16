"""A setup that is under way, kept so that leaving it loses nothing.

`setups/NAME.json` in the project, for its owner alone. It holds what the connector file will: of a
secret only where it is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from edusync.app.files.specs import shown
from edusync.app.setup.secret_place import keep_private
from edusync.errors import FilesInvalid, UsageProblem
from edusync.locale import gettext as _
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from pathlib import Path

    from edusync.app.files.project import Project
    from edusync.diagnostics import Route

GROUPS = ("connection", "accounts", "scope", "options", "reasons", "schedule")
"""The groups of questions, in the order in which they are gone through."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\Z")
"""As many characters as the store keeps of a name, and fewer than a file may have."""


@dataclass(slots=True)
class Draft:
    """The answers so far.

    `data` is what the connector file will say, `gates` which questions of yes or no were answered,
    by the name of what stands behind them, such as `filters.siteCodes`.
    """

    name: str
    file: Path
    data: dict[str, Any]
    gates: dict[str, bool] = field(default_factory=dict)
    began_with: str | None = None
    """A digest of the connector file that is changed; None when it is a new one."""
    done: list[str] = field(default_factory=list)
    """The groups of questions that were gone through."""

    @property
    def spec(self) -> str:
        """The name of the ERP's spec."""
        return str(self.data["spec"])

    def get(self, route: Route) -> Any:
        """Return the answer at a route, None when there is none."""
        here: Any = self.data
        for step in route:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def put(self, route: Route, value: Any) -> None:
        """Write an answer, or take it away where it is empty."""
        here: MutableMapping[Any, Any] = self.data
        for step in route[:-1]:
            here = here[step] if isinstance(step, int) else here.setdefault(step, {})
        if value in (None, "", [], {}):
            here.pop(route[-1], None)
        else:
            here[route[-1]] = value

    def check_unchanged(self) -> None:
        """Refuse to write over a connector file that somebody changed in the meantime."""
        if digest_of(self.file) != self.began_with:
            raise UsageProblem(
                "RUN_USAGE",
                _("{file} was changed since this setup began", file=shown(self.file)),
                _("begin the setup anew: `edusync setup {name} --anew`", name=self.name),
            )


def digest_of(file: Path) -> str | None:
    """Return a digest of a file, None when there is none."""
    return blake2b(file.read_bytes(), digest_size=16).hexdigest() if file.is_file() else None


class Drafts:
    """The setups of a project that are under way."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.file.parent / "setups"

    def names(self) -> list[str]:
        """Return the connectors whose setup is under way."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def load(self, name: str) -> Draft | None:
        """Return the setup of a connector that was left, None when there is none."""
        path = self._path(name)
        if not path.is_file():
            return None
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            return Draft(name, self.file_of(name), **fields)
        except (ValueError, TypeError) as error:
            raise UsageProblem(
                "RUN_USAGE",
                _("{file} cannot be read", file=shown(path)),
                _("begin the setup anew: `edusync setup {name} --anew`", name=name),
            ) from error

    def save(self, draft: Draft) -> None:
        """Keep a setup, readable for its owner alone."""
        fields = {name: getattr(draft, name) for name in ("data", "gates", "began_with", "done")}
        text = json.dumps(fields, indent=1, ensure_ascii=False)
        keep_private(self._path(draft.name), text + "\n")

    def discard(self, name: str) -> None:
        """Forget a setup."""
        self._path(name).unlink(missing_ok=True)

    def file_of(self, name: str) -> Path:
        """Return the connector file of a name, which need not exist."""
        known = self.project.listing().connectors
        if name in known:
            return known[name].file
        return self.project.settings.connectors / f"{name}.yaml"

    def begin(self, name: str, spec: str | None) -> Draft:
        """Begin the setup of a connector: a new one, or what its file says.

        UsageProblem for a name that cannot be one, FilesInvalid for a file that cannot be read.
        """
        if NAME.match(name) is None:
            raise UsageProblem(
                "RUN_USAGE",
                _("'{name}' cannot be the name of a connector", name=name),
                _("letters, digits, '.', '-' and '_', such as lycee-hugo"),
            )
        file = self.file_of(name)
        if file.is_file():
            document = read_document(file.read_text(encoding="utf-8"), shown(file))
            if not document.has_errors:
                check_schema(document, "connector")
            if document.has_errors:
                raise FilesInvalid(sorted(document.findings, key=lambda found: found.order))
            return Draft(name, file, document.data, {}, digest_of(file), [*GROUPS])
        if spec is None:
            raise UsageProblem(
                "RUN_USAGE",
                _("the project has no connector '{name}'", name=name),
                _("say which ERP it connects"),
            )
        data = {"edusync": 1, "connector": name, "spec": spec, "accounts": [{"name": "main"}]}
        data["accounts"][0]["edusign"] = {}  # type: ignore[index]  # the list above
        return Draft(name, file, data)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"
