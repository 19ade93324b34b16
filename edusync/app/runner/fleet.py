"""The connectors of a project as the runner needs them: when they run, and ready to run."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from edusync.app.files.connector_file import load_instance, read_instance
from edusync.app.files.pins import pinned_spec
from edusync.app.files.project import listed_in
from edusync.app.runner.slots import calendars
from edusync.diagnostics import Severity
from edusync.errors import UsageProblem
from edusync.model import PARIS
from edusync.spec.tree import Schedule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.app.files.checkout import Checkout
    from edusync.app.files.connector_file import Instance
    from edusync.app.files.project import Listed, Project
    from edusync.app.runner.slots import Calendar, Direction
    from edusync.registry import Registry

Calendars = dict["Direction", "Calendar"]
_SECRETS = frozenset({"CONF_SECRET_MISSING", "CONF_SECRET_KEY"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a connector file says, as it was read last. `label` is the ERP's, as its spec says."""

    listed: Listed
    label: str
    zone: ZoneInfo
    goes_up: bool
    at_once: bool = False
    """Whether attendance goes up when Edusign says that a sheet was archived."""
    accounts: tuple[str, ...] = ()


class Fleet:
    """The connector files of a project; one that did not change is not read again.

    With a `checkout`, they are those of the release that is in force by then.
    """

    def __init__(
        self, project: Project, registry: Registry, checkout: Checkout | None = None
    ) -> None:
        self.project, self.registry, self.checkout = project, registry, checkout
        self._release: int | None = None
        self.strays: list[Path] = []
        """Files of which nobody knows what connector they are: unreadable, or a name twice."""
        self._files: dict[str, Path] = {}
        self._stamped: dict[Path, tuple[object, str | None]] = {}
        self._calendars: dict[str, Calendars] = {}
        self._known: dict[str, Known] = {}
        self._looking = Lock()

    def calendars(self) -> Mapping[str, Calendars]:
        """Return when each connector runs, by name; files that changed are read.

        A file with errors keeps the times that it had, else those of no schedule at all: its slots
        come and fail, and are seen.
        """
        self._follow()
        settings = self.project.settings
        specs = _stamps(settings.specs)
        stamps = _stamps(settings.connectors)
        for file in self._stamped.keys() - stamps.keys():
            del self._stamped[file]
        for file, stamp in stamps.items():
            if self._stamped.get(file, (None, None))[0] != (stamp, specs):
                self._read(file, (stamp, specs))
        files: dict[str, Path] = {}
        strays: list[Path] = []
        for file in sorted(self._stamped):
            name = self._stamped[file][1]
            if name is None or name in files:
                strays.append(file)
            else:
                files[name] = file
        self._files, self.strays = files, strays  # at once: workers look at them meanwhile
        self._calendars = {name: self._calendars[name] for name in self._files}
        self._known = {name: self._known[name] for name in self._files}
        return self._calendars

    def look(self, connector: str) -> None:
        """Look for a release that is new, and for a connector that is not known: it may be new."""
        with self._looking:
            if self.checkout is not None or connector not in self._files:
                self.calendars()

    def _follow(self) -> None:
        """Take the connector files of the release that is in force.

        Those that are as they were in the last one are not read again.
        """
        if self.checkout is None:
            return
        number, project = self.checkout.newest()
        if number == self._release:
            return
        specs = _stamps(project.settings.specs)
        for file, stamp in _stamps(project.settings.connectors).items():
            old = self.project.settings.connectors / file.name
            if old in self._stamped and _same(old, file):
                self._stamped[file] = (stamp, specs), self._stamped[old][1]
        self.project, self._release = project, number

    def _read(self, file: Path, stamp: object) -> None:
        listed = listed_in(file)
        self._stamped[file] = stamp, listed.name if listed else None
        if listed is None:
            return
        instance, findings = read_instance(file, self.registry)
        if instance is None and _SECRETS.issuperset(
            one.code for one in findings if one.severity is Severity.ERROR
        ):
            self._stamped[file] = (
                None,
                listed.name,
            )  # looked at again: a secret comes without the file
        if instance is not None:
            zone = ZoneInfo(instance.spec.zone)
            goes_up = instance.spec.writeback is not None and not instance.schedule.shadow
            self._calendars[listed.name] = calendars(
                listed.name, instance.schedule, zone, goes_up=goes_up
            )
            self._known[listed.name] = Known(
                listed,
                instance.spec.label,
                zone,
                goes_up,
                goes_up and instance.schedule.at_once,
                tuple(account.name for account in instance.accounts),
            )
        elif listed.name not in self._calendars:
            self._calendars[listed.name] = calendars(listed.name, Schedule(), PARIS, goes_up=False)
            self._known[listed.name] = Known(listed, Path(listed.erp).stem, PARIS, goes_up=False)

    def files(self) -> Mapping[str, Path]:
        """Return the file of each connector, as they were looked at last."""
        return self._files

    def known(self) -> Mapping[str, Known]:
        """Return what each connector file says, as they were looked at last."""
        return self._known

    def starts(self, name: str, first: datetime, last: datetime) -> list[datetime]:
        """Return when a connector starts by itself between two instants, in their order."""
        return sorted(
            occurrence.starts_at
            for calendar in self._calendars.get(name, {}).values()
            for occurrence in calendar.between(first, last)
        )

    def instance(self, name: str) -> Instance:
        """Load a connector that is to run; FilesInvalid, UsageProblem when it cannot."""
        file = self._files.get(name)
        if file is None:
            raise UsageProblem(
                "RUN_USAGE",
                f"no connector file of the project is called '{name}'",
                "see `edusync status`",
            )
        return load_instance(file, self.registry)


def _same(old: Path, new: Path) -> bool:
    """Whether a connector file says the same, and its spec is the same."""
    name = new.stem
    try:
        texts = old.read_bytes(), new.read_bytes()
    except OSError:
        return False
    return texts[0] == texts[1] and pinned_spec(old, name) == pinned_spec(new, name)


def answers_digest(instance: Instance, key: bytes) -> str:
    """Return a keyed digest of what the sign-ins on both sides need."""
    needed = [
        (account.base_url, account.api_key.encode(), sorted(account.answers.connection.items()))
        for account in instance.accounts
    ]
    return blake2b(_plain(needed), key=key, digest_size=16).hexdigest()


def _plain(value: object) -> bytes:
    """Write answers out with their secrets; the text leaves this module as a digest only."""
    if isinstance(value, list | tuple):
        return b"[" + b",".join(map(_plain, value)) + b"]"
    return value if isinstance(value, bytes) else str.encode(str(value), "utf-8", "replace")


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return what tells whether a YAML file changed, for each of a folder."""
    found: dict[Path, tuple[int, int]] = {}
    for file in (*folder.rglob("*.yaml"), *folder.rglob("*.yml")):
        try:
            stat = file.stat()
        except OSError:  # it went away meanwhile
            continue
        found[file] = stat.st_mtime_ns, stat.st_size
    return found
