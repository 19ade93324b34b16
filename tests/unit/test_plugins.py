"""The plugin door: a broken plugin is reported and the others work; nobody takes a name that is
taken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from edusync import Connector, Simulator, hookimpl, plugins
from edusync.plugins import load_registry

ERPS = sorted(path.stem for path in (Path(__file__).parents[2] / "specs").glob("*.yaml"))


class Dist:
    """A distribution that does not exist."""

    def __init__(self, name: str) -> None:
        self.metadata = {"Name": name, "Version": "1"}


class Entry:
    """An entry point of a distribution that does not exist."""

    def __init__(self, name: str, load: Callable[[], Any], dist: str = "stranger") -> None:
        self.name, self.value, self.load = name, name, load
        self.dist = Dist(dist)


def plugin(**hooks: Callable[..., Any]) -> ModuleType:
    module = ModuleType("stranger")
    for name, function in hooks.items():
        setattr(module, name, hookimpl(function))
    return module


def nothing() -> list[Any]:
    return []


def with_entries(monkeypatch: pytest.MonkeyPatch, *entries: Entry) -> None:
    built_in = entry_points(group="edusync")
    found: list[EntryPoint | Entry] = [*built_in, *entries]
    monkeypatch.setattr(plugins, "entry_points", lambda group: found)


def explode() -> Any:
    message = "no module named 'vendor'"
    raise ImportError(message)


def test_built_in_connectors_enter_by_the_same_door() -> None:
    registry = load_registry()
    assert (
        sorted(registry.connectors),
        {found.origin for found in registry.connectors.values()},
        registry.troubles,
    ) == (ERPS, {"edusync 0.1.0"}, ())


@pytest.mark.fault("F37")
@pytest.mark.parametrize(
    ("load", "code"),
    [
        (explode, "PLUGIN_BROKEN"),
        (lambda: plugin(edusync_register_connectors=explode), "PLUGIN_BROKEN"),
        (lambda: plugin(edusync_register_conectors=list), "PLUGIN_BROKEN"),
        (
            lambda: plugin(
                edusync_register_connectors=lambda: [Connector("ammon", "Mine", "ammon.yaml")]
            ),
            "PLUGIN_NAME_TWICE",
        ),
    ],
    ids=["import", "hook", "misspelt", "taken"],
)
def test_broken_plugin_is_reported_and_the_others_work(
    monkeypatch: pytest.MonkeyPatch, load: Callable[[], Any], code: str
) -> None:
    with_entries(monkeypatch, Entry("zz-stranger", load))
    registry = load_registry()
    assert ([trouble.code for trouble in registry.troubles], sorted(registry.connectors)) == (
        [code],
        ERPS,
    )


HOOKS = (
    "edusync_register_connectors",
    "edusync_register_simulators",
    "edusync_register_functions",
)


def leave() -> Any:
    sys.exit(1)


def asks_for_more(_more: object) -> Any:
    raise AssertionError


def breaks_off() -> Iterator[Any]:
    yield SimpleNamespace(name="half")
    explode()


OTHER: dict[str, Callable[..., Any]] = {
    "raises": explode,
    "leaves": leave,
    "asks for more": asks_for_more,
    "breaks off": breaks_off,
    "number": lambda: 5,
    "text": lambda: "abc",
    "names alone": lambda: ["mine"],
    "names of numbers": lambda: {1: len},
    "no functions": lambda: {"mine": "len"},
    "things without a name": lambda: [object()],
    "connector without a name": lambda: [Connector(None, "Mine", "mine.yaml")],  # type: ignore[arg-type]  # a stranger's
    "simulator without a name": lambda: [Simulator(7, explode)],  # type: ignore[arg-type]  # a stranger's
}


@pytest.mark.fault("F37")
@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("answer", OTHER)
def test_hook_that_fails_or_answers_with_another_type_is_reported(
    monkeypatch: pytest.MonkeyPatch, hook: str, answer: str
) -> None:
    broken = Entry("aa-stranger", lambda: plugin(**{hook: OTHER[answer]}))
    mine = {"shout": str.upper}
    fine = Entry("zz-fine", lambda: plugin(edusync_register_functions=lambda: mine))
    with_entries(monkeypatch, broken, fine)
    registry = load_registry()
    assert [(one.code, one.plugin) for one in registry.troubles] == [
        ("PLUGIN_BROKEN", "aa-stranger")
    ]
    assert hook in registry.troubles[0].message
    assert (sorted(registry.connectors), "shout" in registry.functions) == (ERPS, True)


@pytest.mark.fault("F37")
def test_module_that_ends_the_process_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    with_entries(monkeypatch, Entry("stranger", leave))
    registry = load_registry()
    assert [one.code for one in registry.troubles] == ["PLUGIN_BROKEN"]
    assert sorted(registry.connectors) == ERPS


@pytest.mark.fault("F37")
def test_two_distributions_with_one_plugin_name_are_both_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_entries(monkeypatch, Entry("ammon", plugin, "impostor"))
    trouble = load_registry().troubles[0]
    assert (trouble.code, "impostor 1" in trouble.message, "edusync 0.1.0" in trouble.message) == (
        "PLUGIN_NAME_TWICE",
        True,
        True,
    )


def test_plugin_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_DISABLE_PLUGINS", "ammon")
    assert sorted(load_registry().connectors) == [erp for erp in ERPS if erp != "ammon"]


def test_edusync_register_functions_adds_words_to_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_entries(
        monkeypatch,
        Entry("words", lambda: plugin(edusync_register_functions=lambda: {"shout": str.upper})),
    )
    assert load_registry().functions["shout"]("a") == "A"


def test_edusync_register_connectors_and_simulators_are_asked_of_every_plugin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_entries(
        monkeypatch,
        Entry(
            "mine",
            lambda: plugin(
                edusync_register_connectors=lambda: [Connector("mine", "Mine", "ypareo.yaml")],
                edusync_register_simulators=nothing,
            ),
        ),
    )
    assert load_registry().connectors["mine"].plugin == "mine"
