"""Hold what should stand on Edusign against what does, whoever made it: nothing is planned.

A sheet is that of a session by its id, else by start, end and name, else by time and people: these
are evidence for a person to look at, never enough to write on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from edusync.engine.judge.verdicts import Verdicts, WantedSheet
    from edusync.target.records import Person, Sheet

MADE, CHANGED, DELETED = "SHADOW_WOULD_MAKE", "SHADOW_WOULD_CHANGE", "SHADOW_WOULD_DELETE"


class Known(NamedTuple):
    """The people of a kind: who of the ERP is which record, and the way back."""

    records: Mapping[str, str]
    """Source id to Edusign id."""
    refs: Mapping[str, str]
    """Edusign id to source id."""

    @classmethod
    def of(cls, people: Mapping[str, object], there: Iterable[Person]) -> Known:
        """Find people by their e-mail, by the id that their record carries, else by their names.

        Names count where nobody else has them, on either side.
        """
        by_email, by_id = dict[str, str](), dict[str, str]()
        by_name = dict[str, str | None]()
        for person in there:
            by_email.setdefault(person.email.casefold(), person.edusign_id)
            by_id.setdefault(person.source_id, person.edusign_id)
            name = _name(person)
            by_name[name] = None if name in by_name else person.edusign_id
        records: dict[str, str] = {}
        names = Counter(map(_name, people.values()))
        for source_id, one in people.items():
            email = str(getattr(one, "email", None) or "").casefold()
            found = by_email.get(email) if email else None
            bare = source_id.rpartition("/")[2]
            found = found or by_id.get(source_id) or by_id.get(bare)
            if found is None and names[_name(one)] == 1:
                found = by_name.get(_name(one))
            if found is not None:
                records[source_id] = found
        return cls(records, {found: source_id for source_id, found in records.items()})


@dataclass(slots=True)
class Compared:
    """What came of one account, day by day, and what differs."""

    days: dict[date, int | None] = field(default_factory=dict)
    """How many sheets were compared; None for a day of which not everything was read."""
    outcomes: list[Outcome] = field(default_factory=list)


@dataclass
class Beside:
    """One account while it is compared.

    `unread` is the guard that fires on what was not read: what differs is still found, and no day
    counts as looked at.
    """

    verdicts: Verdicts
    sheets: Sequence[Sheet]
    students: Known
    professors: Known
    unread: str | None
    pairs: dict[str, Sheet] = field(default_factory=dict)
    """The sheet of each session."""

    def compared(self) -> Compared:
        """Return what edusync would have made, changed or deleted."""
        self._pair()
        found, window = Compared(), self.verdicts.window
        days = {day: 0 for day in window.days if day > window.today}
        for source_id, wanted in sorted(self.verdicts.sheets.items()):
            day = window.day_of(wanted.facts.values["starts_at"])
            if day in days:
                days[day] += 1
                found.outcomes += self._session(source_id, wanted)
        taken = {sheet.edusign_id for sheet in self.pairs.values()}
        for sheet in self.sheets:
            if sheet.edusign_id not in taken and self._day(sheet) in days:
                days[self._day(sheet)] += 1
                found.outcomes += self._stranger(sheet)
        found.days = {day: None if self._is_unread(day) else count for day, count in days.items()}
        return found

    def _is_unread(self, day: date) -> bool:
        """Whether nobody can say what the ERP has on a day."""
        unknown = self.verdicts.unknown_days
        return (
            self.unread is not None
            or day in self._in_part
            or any(first <= day <= last for first, last in unknown)
        )

    @cached_property
    def _in_part(self) -> set[date]:
        """The days of sessions of which people could not be told: they wait in a run."""
        verdicts, held = self.verdicts, "DOWN_COURSE_HELD_DEPENDENCY"
        facts = [
            one.facts for one in verdicts.sheets.values() if "students" not in one.facts.values
        ]
        facts += [one for ref, one in verdicts.blocked.items() if verdicts.stuck.get(ref) == held]
        return {verdicts.window.day_of(one.values["starts_at"]) for one in facts}

    # which sheet is whose

    def _pair(self) -> None:
        """Find the sheet of each session, by the strongest evidence first."""
        ways: tuple[tuple[Callable[[WantedSheet], Hashable], Callable[[Sheet], Hashable]], ...] = (
            (lambda one: one.course.source_id, lambda sheet: sheet.source_id),
            (lambda one: one.course.source_id.rpartition("/")[2], lambda sheet: sheet.source_id),
            (_when_and_name, lambda sheet: (sheet.starts_at, sheet.ends_at, sheet.name.casefold())),
            (self._when_and_people, lambda sheet: (sheet.starts_at, sheet.ends_at, _first(sheet))),
            (self._day_and_name, lambda sheet: (self._day(sheet), sheet.name.casefold())),
        )
        for of_session, of_sheet in ways:
            taken = {sheet.edusign_id for sheet in self.pairs.values()}
            there = defaultdict(list)
            for sheet in self.sheets:
                if sheet.edusign_id not in taken:
                    there[of_sheet(sheet)].append(sheet)
            here = defaultdict(list)
            for source_id, wanted in self.verdicts.sheets.items():
                if source_id not in self.pairs:
                    here[of_session(wanted)].append(source_id)
            for key, sessions in here.items():
                if len(sessions) == 1 and len(there[key]) == 1:
                    self.pairs[sessions[0]] = there[key][0]

    def _when_and_people(self, wanted: WantedSheet) -> Hashable:
        values = wanted.facts.values
        first = values["professors"][0] if values["professors"] else ""
        return values["starts_at"], values["ends_at"], self.professors.records.get(first, first)

    def _day_and_name(self, wanted: WantedSheet) -> Hashable:
        values = wanted.facts.values
        return self.verdicts.window.day_of(values["starts_at"]), str(values["name"]).casefold()

    def _day(self, sheet: Sheet) -> date:
        return self.verdicts.window.day_of(sheet.starts_at)

    # what differs

    def _session(self, source_id: str, wanted: WantedSheet) -> Iterator[Outcome]:
        sheet, values = self.pairs.get(source_id), wanted.facts.values
        at = self._at(values["starts_at"])
        if sheet is None:
            words = "no sheet is that of the session"
            yield Outcome(MADE, "course", source_id, detail=f"{at}: {words}")
            return
        fields, words = self._differing(wanted, sheet)
        if not fields:
            return
        if sheet.locked is not False or sheet.signed:
            words = "it is archived or signed, so nobody would touch it"
        names = ", ".join(fields)
        yield Outcome(
            CHANGED, "course", source_id, sheet.edusign_id, field=names, detail=f"{at}: {words}"
        )

    def _differing(self, wanted: WantedSheet, sheet: Sheet) -> tuple[list[str], str]:
        """Return the fields in which a sheet differs, and what is said of it without its words."""
        values, fields = wanted.facts.values, list[str]()
        words = "what the ERP says is something else"
        for name in ("starts_at", "ends_at", "name", "classroom", "description"):
            if name in values and values[name] != getattr(sheet, name):
                fields.append(name)
        if {"starts_at", "ends_at"} & set(fields):
            words = f"it is from {self._at(sheet.starts_at)} to {self._at(sheet.ends_at)} there"
        professors = [self.professors.records.get(one, "") for one in values["professors"]]
        if tuple(professors) != sheet.professors:
            fields.append("professors")
        if "students" in values:
            ours = {self.students.records.get(one, f"none {one}") for one in values["students"]}
            more, fewer = len(set(sheet.students) - ours), len(ours - set(sheet.students))
            if more or fewer:
                fields.append("students")
                words = f"{fewer} students are not on it, {more} are too many"
        return fields, words

    def _stranger(self, sheet: Sheet) -> Iterator[Outcome]:
        """Yield a sheet that is of no session that comes down; one made by hand is left alone."""
        if not sheet.source_id:
            return
        reason = self._reason(sheet)
        if reason is None:
            return
        at = self._at(sheet.starts_at)
        yield Outcome(
            DELETED, "course", sheet.source_id, sheet.edusign_id, detail=f"{at}: {reason}"
        )

    def _reason(self, sheet: Sheet) -> str | None:
        """Return why the session of a sheet does not come down; None when nobody can say."""
        verdicts = self.verdicts
        ids = [one for one in verdicts.dropped if _is_called(one, sheet.source_id)]
        for source_id in ids:
            return verdicts.dropped[source_id].code
        for (kind, source_id), outcome in verdicts.reasons.items():
            if kind == "course" and _is_called(source_id, sheet.source_id):
                return outcome.code
        when = [one.code for one in verdicts.dropped.values() if one.starts_at == sheet.starts_at]
        when += [
            verdicts.stuck[ref]
            for ref, facts in verdicts.blocked.items()
            if ref in verdicts.stuck and facts.values["starts_at"] == sheet.starts_at
        ]
        if len(when) == 1:
            return when[0]
        if self._is_unread(self._day(sheet)):
            return None
        return "the ERP has no such session"

    def _at(self, moment: object) -> str:
        zone = self.verdicts.window.zone
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"  # type: ignore[attr-defined]  # a moment


def _name(person: object) -> str:
    last, first = (getattr(person, name, None) for name in ("last_name", "first_name"))
    return f"{last} {first}".casefold()


def _is_called(source_id: str, there: str) -> bool:
    return there in {source_id, source_id.rpartition("/")[2]}


def _when_and_name(wanted: WantedSheet) -> Hashable:
    values = wanted.facts.values
    return values["starts_at"], values["ends_at"], str(values["name"]).casefold()


def _first(sheet: Sheet) -> str:
    return sheet.professors[0] if sheet.professors else ""
