"""What decides the scope is seen when it changes, and nothing else: every key of eight specs."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edusync.diagnostics import Location
from edusync.engine.map.skipped import Skipped
from edusync.engine.plan.scope_digest import CANCELLED, Remembered, ScopeGuard
from edusync.registry import Registry
from edusync.resources import bundled
from edusync.spec import Spec, load_spec
from edusync.spec.build.scope import scope_keys
from edusync.spec.document import read_document
from edusync.spec.needs import needs
from edusync.spec.scope import SESSIONS, ScopeKeys, with_asked

SPECS = sorted(path.stem for path in (Path(__file__).parents[3] / "specs").glob("*.yaml"))
SECRET = b"0" * 32
NOT_OF_EVERY_SESSION = {"as", "add", "columns", "drop", "filter_by"}
"""Keys of a list that something else has to read, or that drop a session with a reason."""
NEVER = {"assumed", "optional", "failing_call"}


@pytest.fixture(params=SPECS)
def spec(request: pytest.FixtureRequest, registry: Registry) -> Spec:
    found, _ = load_spec(text_of(request.param), f"{request.param}.yaml", registry.functions)
    assert found is not None
    return found


def text_of(name: str) -> str:
    return (bundled("specs") / f"{name}.yaml").read_text(encoding="utf-8")


def data_of(spec: Spec) -> dict[str, Any]:
    data: dict[str, Any] = read_document(text_of(spec.connector), spec.file).data
    return data


def answers(spec: Spec, **changed: str) -> dict[str, dict[str, Any]]:
    """Return answers to everything that a spec asks, with those of some keys changed."""
    found: dict[str, dict[str, Any]] = {
        "options": dict.fromkeys(spec.options, "said"),
        "filters": {name: ["said"] for name in spec.filters},
        "connection": dict.fromkeys(spec.connection, "said"),
        "account": {"name": "main"},
        "rules": {"vanished": "delete"},
    }
    for key, value in changed.items():
        section, name = key.split(".")
        found[section][name] = value
    return found


def guard(spec: Spec, before: ScopeGuard | None = None, **changed: str) -> ScopeGuard:
    remembered = None if before is None else Remembered.from_json(before.remembered({}))
    return ScopeGuard(spec, answers(spec, **changed), SECRET, remembered)


def dropped(place: Location, code: str = "DOWN_COURSE_STATUS_EXCLUDED") -> Skipped:
    return Skipped("course", "7", code, place, None, None)


def with_text(spec: Spec, key: str) -> Spec:
    """Return a spec in which something else stands under a key."""
    scope, texts = spec.scope, {**spec.scope.texts, key: "other"}
    return replace(spec, scope=ScopeKeys(texts, scope.rests_on, scope.rules))


def test_nothing_is_held_when_nothing_changed(spec: Spec) -> None:
    now = guard(spec, guard(spec))
    assert now.because("7", None) == ()
    assert [now.because("7", dropped(place)) for place in spec.scope.rules] == [
        () for _ in spec.scope.rules
    ]


def test_nothing_is_held_when_there_is_nothing_to_compare_with(spec: Spec) -> None:
    assert guard(spec).because("7", None) == ()


def test_digests_of_another_version_say_nothing(spec: Spec) -> None:
    stored = guard(spec).remembered({"7": ("zone",)})
    assert Remembered.from_json({**stored, "version": 0}) is None


def test_every_key_that_sessions_rest_on_is_named_when_it_changes(spec: Spec) -> None:
    before, keys = guard(spec), sorted(spec.scope.reach(SESSIONS))
    for key in keys:
        if key in spec.scope.texts:
            now = guard(with_text(spec, key), before)
        elif ".columns." in key:
            _, listed, _, column = key.split(".", 3)
            resource = spec.resources[listed]
            columns = {**resource.columns, column: "other"}
            lists = {**spec.resources, listed: replace(resource, columns=columns)}
            now = guard(replace(spec, resources=lists), before)
        else:
            now = guard(spec, before, **{key: "other"})
        assert now.because("7", None) == (key,)
    assert len(keys) > 10, f"{len(keys)} keys were tried"


def test_every_key_that_a_rule_rests_on_is_named_when_it_changes(spec: Spec) -> None:
    before = guard(spec)
    for place, rule in spec.scope.rules.items():
        for key in sorted(spec.scope.reach(rule) & spec.scope.texts.keys()):
            now = guard(with_text(spec, key), before)
            assert now.because("7", dropped(place)) == (key,)
            assert now.because("7", dropped(place, *CANCELLED)) == (key,)
        for key in sorted(spec.scope.reach(with_asked(rule)) - spec.scope.reach(rule)):
            if key in spec.scope.texts:
                now = guard(with_text(spec, key), before)
                assert now.because("7", dropped(place)) == (key,)
                assert now.because("7", dropped(place, *CANCELLED)) == ()


def test_policy_for_what_vanished_counts_for_every_deletion(spec: Spec) -> None:
    now = guard(spec, guard(spec), **{"rules.vanished": "keep"})
    assert now.because("7", None) == ("rules.vanished",)
    assert {now.because("7", dropped(place)) for place in spec.scope.rules} <= {("rules.vanished",)}


def test_new_secret_changes_nothing(spec: Spec) -> None:
    secrets = [name for name, question in spec.connection.items() if question.type == "secret"]
    now = guard(spec, guard(spec), **{f"connection.{name}": "other" for name in secrets})
    assert now.because("7", None) == ()


def test_order_of_a_filter_changes_nothing(spec: Spec) -> None:
    first, second = answers(spec), answers(spec)
    for name in spec.filters:
        first["filters"][name], second["filters"][name] = ["a", "b"], ["b", "a"]
    before = ScopeGuard(spec, first, SECRET, None)
    now = ScopeGuard(spec, second, SECRET, Remembered.from_json(before.remembered({})))
    assert now.because("7", None) == ()


def leaves(data: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the routes of every scalar."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        if isinstance(value, dict | list):
            yield from leaves(value, (*route, key))
        else:
            yield (*route, key)


def from_chain(spec: Spec) -> set[str]:
    """Return the lists that sessions come out of and are asked for with."""
    found, waiting = set[str](), [spec.entities["course"].source]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            ways = needs(spec.resources[name]).items()
            waiting += [other for other, how in ways if how in {"from", "for_each", "the"}]
    return found


def decides(spec: Spec, route: tuple[Any, ...]) -> bool:
    """Whether a scalar has to do with every session: what is asked for, which rows count."""
    match route:
        case ("resources", name, word, *_):
            return name in from_chain(spec) and word not in NOT_OF_EVERY_SESSION | NEVER
        case ("transport", word, *_):
            return word in {"base_url", "url", "wsdl", "auth", "answers", "shape", "headers"}
        case ("entities", "course", word, *_):
            return bool(word == "source_id")
    return bool(route[0] == "namespace")


def is_harmless(spec: Spec, route: tuple[Any, ...]) -> bool:
    """Whether a scalar has nothing to do with sessions: words, the schedule, people, the way up."""
    match route:
        case ("connection" | "options" | "writeback" | "schedule" | "rules", *_):
            return True
        case ("filters", _, word, *_):
            return word in {"label", "help", "reason", "per_account"}
        case ("entities", kind, word, *_):
            return kind != "course" or word not in {"from", "ignore", "drop", "source_id"}
    return route[-1] == "assumed" or route[:2] == ("transport", "limits")


def changed_at(spec: Spec, data: dict[str, Any], route: tuple[Any, ...]) -> Spec:
    """Return a spec in whose document something else stands at a route."""
    changed = here = copy.deepcopy(data)
    for step in route[:-1]:
        here = here[step]
    here[route[-1]] = "something else"
    return replace(spec, scope=scope_keys(spec, changed))


def test_every_scalar_that_decides_is_seen_and_no_other(registry: Registry) -> None:
    """Change each scalar of the eight documents in turn, down to the last word of a query."""
    seen = unseen = 0
    for name in SPECS:
        spec, _ = load_spec(text_of(name), f"{name}.yaml", registry.functions)
        assert spec is not None
        data, before = data_of(spec), guard(spec)
        for route in leaves(data):
            if decides(spec, route):
                assert guard(changed_at(spec, data, route), before).because("7", None), route
                seen += 1
            elif is_harmless(spec, route):
                now = guard(changed_at(spec, data, route), before)
                gone = [None, *(dropped(place) for place in spec.scope.rules)]
                assert {now.because("7", one) for one in gone} == {()}, route
                unseen += 1
    assert (seen > 170, unseen > 1100) == (True, True), f"{seen} decide, {unseen} do not"


def test_rule_that_is_new_is_named(registry: Registry) -> None:
    text = text_of("ammon")
    old = text.replace("      DOWN_COURSE_CANCELLED: row.annulee\n", "")
    before, after = (load_spec(one, "a.yaml", registry.functions)[0] for one in (old, text))
    assert before is not None
    assert after is not None
    rule = "resources.seances.drop.DOWN_COURSE_CANCELLED"
    place = next(place for place, key in after.scope.rules.items() if key == rule)
    now = guard(after, guard(before))
    assert now.because("7", dropped(place, *CANCELLED)) == (rule,)
    assert now.because("7", None) == ()


def test_key_that_is_gone_is_named(registry: Registry) -> None:
    text = text_of("ypareo")
    new = text.replace("    ignore: row.prixDeVente is none", "   ")
    before, after = (load_spec(one, "y.yaml", registry.functions)[0] for one in (text, new))
    assert before is not None
    assert after is not None
    assert guard(after, guard(before)).because("7", None) == ("resources.groupes.ignore",)


def test_nothing_that_is_stored_says_what_was_answered(spec: Spec) -> None:
    held = {"7": ("filters.a",)}
    stored = guard(spec).remembered(held)
    assert "said" not in str({**stored, "held": {}})
    found = Remembered.from_json(stored)
    assert found is not None
    assert found.held == held
