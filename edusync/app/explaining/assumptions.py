"""Try what is assumed of the ERP and of Edusign on the real systems; keep what was found.

Of the ERP only reading is tried, list by list; of Edusign what writing shows, too, on an account
that the operator names for it and that is none of the connector's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.app.runs.downward import Downward
from edusync.app.runs.sides import open_edusign
from edusync.engine.map.mapper import Mapper, Skipped
from edusync.engine.outcome import Report
from edusync.errors import EdusyncError, UsageProblem
from edusync.target.client import EdusignClient
from edusync.target.facts import READ, Observation, read_facts
from edusync.target.trials import WRITTEN, Trials
from edusync.target.wire import record_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.read.lists import Lists
    from edusync.registry import Registry
    from edusync.spec import Spec
    from edusync.state.store import Store
    from edusync.target.facts import Value

AS_ASSUMED, UNSEEN = "as assumed", "unseen"
LONGEST_SPAN = timedelta(days=90)
_FAR = timedelta(days=45)
"""How far ahead the sheet begins that is made on the sandbox account."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One fact: what is assumed, what was found, and whether that is something else.

    `place` is the line of the spec that rests on it, `observed` a word, a number or a flag and
    never a value of the ERP.
    """

    side: str
    name: str
    sentence: str
    assumed: Value
    observed: Value
    is_different: bool
    place: str | None = None
    why: str | None = None

    @classmethod
    def of(cls, observation: Observation) -> Assumption:
        """Return a fact of Edusign."""
        fact = observation.fact
        return cls(
            "edusign",
            fact.name,
            fact.sentence,
            fact.assumed,
            observation.value,
            observation.is_different,
            why=observation.why,
        )


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """An account of Edusign that the operator named for trials that write."""

    base_url: str
    api_key: str


def assumptions(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    sandbox: SandboxAccount | None = None,
) -> Iterator[Assumption]:
    """Yield every assumption with what was found of it.

    Args:
        instance: The connector; its first account stands for Edusign as it is read.
        store: The store, which is only read.
        registry: What the plugins brought.
        moment: Now, and the tools of a run.
        sandbox: Where what has to be written is tried; nothing of it is when not given.

    Raises:
        UsageProblem: The sandbox account is one of the connector's.
        TargetError: Edusign cannot be reached, or refuses a key.
        SourceError: The ERP cannot be reached, or refuses the sign-in.

    """
    with Downward(instance, store, registry, moment) as downward:
        client = open_edusign(instance.accounts[0], moment.tools)
        downward.stack.callback(client.close)
        for found in read_facts(client, downward.window.today, LONGEST_SPAN):
            yield Assumption.of(found)
        trials = None
        if sandbox is not None:
            trials = _trials(downward, sandbox)
            yield from map(Assumption.of, trials.tried())
        else:
            yield from (Assumption.of(Observation(fact, None, _NO_SANDBOX)) for fact in WRITTEN)
        lists = downward.erp.open_lists(instance.accounts[0], Report())
        yield from _of_erp(instance.spec, lists)
        if trials is not None and trials.left:
            left = ", ".join(trials.left)
            raise UsageProblem("RUN_USAGE", f"not taken away on the sandbox account: {left}")


_NO_SANDBOX = "only writing shows it: name an account for that with --sandbox"


def _trials(downward: Downward, sandbox: SandboxAccount) -> Trials:
    """Open the account for trials; UsageProblem when it is one of the connector's."""
    hint = "name an account on which no school works"
    tools = downward.moment.tools
    for account in downward.instance.accounts:
        if str.__str__(account.api_key) == str.__str__(sandbox.api_key):
            message = f"the sandbox account is the account '{account.name}' of this connector"
            raise UsageProblem("RUN_USAGE", message, hint)
    client = EdusignClient(
        sandbox.base_url, sandbox.api_key, per_minute=120, sleep=tools.sleep, not_found=()
    )
    downward.stack.callback(client.close)
    school = record_id(client.school())
    for account in downward.instance.accounts:
        other = open_edusign(account, tools)
        downward.stack.callback(other.close)
        if school and record_id(other.school()) == school:
            message = f"the sandbox account is of the school of the account '{account.name}'"
            raise UsageProblem("RUN_USAGE", message, hint)
    at = (downward.moment.now + _FAR).replace(microsecond=0)
    return Trials(client, at)


# the ERP


def _of_erp(spec: Spec, lists: Lists) -> Iterator[Assumption]:
    """Yield what the spec marks as assumed, with what reading says of it."""
    for resource in spec.resources.values():
        if resource.assumed:
            verdict, why = _of_list(lists, resource.name)
            yield _assumption(f"resources.{resource.name}", resource, verdict, why)
    for kind, entity in spec.entities.items():
        if entity.assumed:
            read_back = UNSEEN, "edusync reconcile reads it"
            verdict, why = _of_entity(lists, kind) if kind in spec.items else read_back
            yield _assumption(f"entities.{kind}", entity, verdict, why)
    if spec.transport.assumed:
        name = next((name for name, one in spec.resources.items() if one.call is not None), None)
        verdict, why = _of_list(lists, name) if name else (UNSEEN, "no list is asked for")
        yield _assumption("transport", spec.transport, verdict, why)
    if spec.writeback is not None and spec.writeback.assumed:
        why = "only the first sheet that goes up shows it"
        yield _assumption("writeback", spec.writeback, UNSEEN, why)
    for sentence, place in spec.assumed_formats:
        where = f"{place.file}:{place.line}"
        yield Assumption(
            "erp", f"formats:{place.line}", sentence, AS_ASSUMED, None, False, where, UNSEEN
        )


def _assumption(name: str, thing: Any, found: str, why: str | None) -> Assumption:
    place = f"{thing.place.file}:{thing.place.line}"
    is_seen = found != UNSEEN
    return Assumption(
        "erp",
        name,
        thing.assumed,
        AS_ASSUMED,
        found if is_seen else None,
        is_seen and found != AS_ASSUMED,
        place,
        why,
    )


def _of_list(lists: Lists, name: str) -> tuple[str, str | None]:
    """Read a list to its end; return what was found of it, and why not more."""
    try:
        table = lists.table(name)
    except EdusyncError as error:
        return error.code, error.message
    status, missed = lists.statuses.get(name), f"no row of '{name}' has it"
    if status is not None and status.switched_off:
        return UNSEEN, "switched off by an option"
    problems = list(status.problems) if status is not None else []
    if "CONN_OPTIONAL_FORBIDDEN" in problems:
        return UNSEEN, "the user of the connector may not read it"
    for code in problems:
        return code, None
    for one in lists.report.outcomes:
        if one.code == "SPEC_PATH_NEVER_SEEN" and str(one.detail).startswith(missed):
            return one.code, f"{one.field}: {one.words}"
    if not lists.is_whole(name):
        return UNSEEN, "it was not read whole"
    return (AS_ASSUMED, None) if table.rows or table.dropped else (UNSEEN, "it has no row")


def _of_entity(lists: Lists, kind: str) -> tuple[str, str | None]:
    """Map the rows of a kind; return whether their values could be read."""
    source = lists.spec.entities[kind].source
    found, why = _of_list(lists, source)
    if found != AS_ASSUMED:
        return found, why
    report = Report()
    items = [one for one in Mapper(lists, report).items(kind) if not isinstance(one, Skipped)]
    wrong = next((one for one in report.outcomes if one.code == "DOWN_VALUE_UNREADABLE"), None)
    if wrong is not None:
        return wrong.code, wrong.words
    return (AS_ASSUMED, None) if items else (UNSEEN, "no row of it counts")


# what is kept, and sent back


def facts_to_keep(found: list[Assumption], day: str) -> dict[str, Any]:
    """Return what a connector file keeps: what was seen, by side and name."""
    sides: dict[str, Any] = {"looked_at": day}
    for one in found:
        if one.observed is not None:
            sides.setdefault(one.side, {})[one.name] = one.observed
    return sides


def exported(facts: Mapping[str, Any], spec: Spec) -> dict[str, Any]:
    """Return kept facts as they are sent back: no name of a school, and no personal value.

    What edusync does not know as a fact is left out, since anything may stand in a file.
    """
    known = {fact.name: fact for fact in (*READ, *WRITTEN)}
    places = {f"resources.{name}" for name in spec.resources}
    places |= {f"entities.{kind}" for kind in spec.entities} | {"transport"}
    edusign = {
        name: value
        for name, value in (facts.get("edusign") or {}).items()
        if name in known and _is_plain(value)
    }
    erp = {
        name: value
        for name, value in (facts.get("erp") or {}).items()
        if name in places and (value == AS_ASSUMED or str(value).replace("_", "").isupper())
    }
    return {
        "version": 1,
        "spec": spec.connector,
        "spec_digest": spec.digest,
        "looked_at": str(facts.get("looked_at", "")),
        "edusign": {
            name: {"found": edusign[name], "assumed": known[name].assumed} for name in edusign
        },
        "erp": erp,
    }


def _is_plain(value: object) -> bool:
    """Whether a value is a flag, a number, or words without an address or a long number."""
    if isinstance(value, bool | int):
        return True
    return isinstance(value, str) and "@" not in value and not any(map(str.isdigit, value))
