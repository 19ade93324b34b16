"""A customer's connector file: every wrong answer has its code; secrets come from where they are
kept; labels become ids.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.connector_file import read_instance
from edusync.registry import Registry
from edusync.spec.entries import entries, id_part, is_pair

GOOD: dict[str, Any] = {
    "edusync": 1,
    "connector": "school",
    "spec": "ammon",
    "connection": {
        "url": "https://ammon.example/api/",
        "username": "u",
        "password": "${env:P}",
        "token": "${file:token}",
    },
    "accounts": [{"name": "main", "edusign": {"api_key": "${env:P}"}}],
}


def read(tmp_path: Path, registry: Registry, change: dict[str, Any]) -> tuple[Any, list[str]]:
    (tmp_path / "token").write_text("from-file\n", encoding="utf-8")
    file = tmp_path / "c.yaml"
    file.write_text(json.dumps(GOOD | change), encoding="utf-8")
    instance, findings = read_instance(file, registry)
    return instance, [finding.code for finding in findings]


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("P", "from-env")


def test_answers_are_read_and_secrets_hide(tmp_path: Path, registry: Registry) -> None:
    instance, findings = read(tmp_path, registry, {})
    answers = instance.accounts[0].answers
    assert (
        findings,
        answers.connection["url"],
        str.__str__(answers.connection["token"]),
        answers.options["studentEmailType"],
    ) == ([], "https://ammon.example/api", "from-file", "professional")
    assert "from-" not in repr(answers)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"spec": "nobody"}, "CONF_UNKNOWN_SPEC"),
        ({"connection": GOOD["connection"] | {"token": "${file:nowhere}"}}, "CONF_SECRET_MISSING"),
        ({"connection": GOOD["connection"] | {"token": "${env:NOWHERE}"}}, "CONF_SECRET_MISSING"),
        ({"connection": GOOD["connection"] | {"token": "plain"}}, "CONF_SECRET_PLAIN"),
        ({"connection": GOOD["connection"] | {"username": ["u"]}}, "CONF_WRONG_TYPE"),
        ({"connection": GOOD["connection"] | {"url": "ammon.example"}}, "CONF_URL_INVALID"),
        *(
            ({"connection": GOOD["connection"] | {"url": url}}, "CONF_URL_INVALID")
            for url in ("http://[", "http://ammon.example:99999", "https://:443/x")
        ),
        ({"connection": {"url": "https://a.example"}}, "CONF_FIELD_MISSING"),
        ({"options": {"studentEmailType": "profesional"}}, "CONF_OPTION_VALUE"),
        ({"options": {"usesIndividualSessions": "oui"}}, "CONF_WRONG_TYPE"),
        ({"options": {"studentEmail": "x"}}, "CONF_UNKNOWN_KEY"),
        ({"accounts": GOOD["accounts"] * 2}, "CONF_ACCOUNT_TWICE"),
        (
            {"accounts": [GOOD["accounts"][0] | {"filters": {"structures": [1]}}]},
            "CONF_UNKNOWN_KEY",
        ),
        (
            {
                "accounts": [
                    GOOD["accounts"][0]
                    | {"edusign": {"api_key": "${env:P}", "base_url": "edusign"}}
                ]
            },
            "CONF_URL_INVALID",
        ),
        ({"accounts": []}, "CONF_OPTION_VALUE"),
        ({"grace": "soon"}, "CONF_OPTION_VALUE"),
    ],
)
def test_wrong_answer_has_its_code(
    tmp_path: Path, registry: Registry, change: dict[str, Any], code: str
) -> None:
    assert code in read(tmp_path, registry, change)[1]


BLANK: list[tuple[str, object, int | None]] = [
    ("filterActions", [""], 0),
    ("filterActions", ["7", "  "], 1),
    ("filterActions", [None], 0),
    ("filterActions", [True], 0),
    ("filterActions", [["7"]], 0),
    ("filterActions", [{"7": "8"}], 0),
    ("filterActions", " , ", None),
    ("filterActions", "  ", None),
    ("filterActions", {}, None),
    ("filterActions", ["7", "8 - Nine", 9], None),
    ("filterActions", "7, 8", None),
    ("filterActions", [], None),
    ("filterActions", "", None),
]
"""Entries of a filter, and which of them says nothing; those of a text stand at the filter."""


@pytest.mark.parametrize("of_account", [False, True])
@pytest.mark.parametrize(("name", "values", "number"), BLANK)
def test_entry_that_says_nothing_is_a_mistake_at_its_place(
    tmp_path: Path,
    registry: Registry,
    name: str,
    values: Any,
    number: int | None,
    of_account: bool,
) -> None:
    filters = {"filters": {name: values}}
    change = {"accounts": [GOOD["accounts"][0] | filters]} if of_account else filters
    (tmp_path / "token").write_text("from-file\n", encoding="utf-8")
    file = tmp_path / "c.yaml"
    said = json.dumps(GOOD | change)
    file.write_text(said, encoding="utf-8")
    found = read_instance(file, registry)[1]
    if number is None and (isinstance(values, list) or values in ("", "7, 8")):
        assert found == []
        return
    blank = isinstance(values, str | dict) or isinstance(values[number or 0], str | dict)
    code = "CONF_OPTION_VALUE" if blank else "CONF_WRONG_TYPE"  # the schema says it of the others
    assert [(one.code, bool(one.hint)) for one in found] == [(code, True)]
    wrong = values[number] if isinstance(values, list) and number is not None else values
    before = said.index(f'"{name}"') + len(f'"{name}": ')
    place = said.index(json.dumps(wrong), before) + 1
    assert (found[0].location.line, found[0].location.column) == (1, place)


@pytest.mark.parametrize(
    "values", [[""], ["Family"], ["Family: "], [": Rubric"], [{"Family": [""]}], [{"": ["R"]}]]
)
def test_pair_of_which_a_part_is_blank_is_none(values: list[object]) -> None:
    assert [is_pair(value) for value in values] == [False]
    assert is_pair("Family: Rubric")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("token", "${env:NOWHERE}", "CONF_SECRET_MISSING"),
        ("username", ["u"], "CONF_WRONG_TYPE"),
        ("url", "ammon.example", "CONF_URL_INVALID"),
    ],
)
def test_answer_that_cannot_be_used_is_not_called_missing_too(
    tmp_path: Path, registry: Registry, name: str, value: object, code: str
) -> None:
    assert read(tmp_path, registry, {"connection": GOOD["connection"] | {name: value}})[1] == [code]


def test_answer_that_another_one_asks_for_is_needed(tmp_path: Path, registry: Registry) -> None:
    from edusync.resources import bundled

    spec = (
        (bundled("specs") / "ammon.yaml")
        .read_text(encoding="utf-8")
        .replace(
            "earlyDeparture:\n    type: text\n    optional: true",
            "earlyDeparture:\n    type: text\n    asked_when: options.usesIndividualSessions",
        )
    )
    (tmp_path / "mine.yaml").write_text(spec, encoding="utf-8")
    assert (
        "CONF_OPTION_DEPENDENCY"
        in read(
            tmp_path, registry, {"spec": "mine.yaml", "options": {"usesIndividualSessions": True}}
        )[1]
    )
    assert read(tmp_path, registry, {"spec": "mine.yaml"})[1] == []


def test_secret_comes_from_the_keyring(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring", reason="the extra edusync[keyring] is not installed")
    monkeypatch.setattr(keyring, "get_password", lambda service, name: f"{service}+{name}")
    instance, findings = read(
        tmp_path,
        registry,
        {"connection": GOOD["connection"] | {"token": "${keyring:edusync/ammon}"}},
    )
    assert (findings, str.__str__(instance.accounts[0].answers.connection["token"])) == (
        [],
        "edusync+ammon",
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ([36, "37"], ("36", "37")),
        ("CFA Paris - 36, CFA Lyon - 37", ("CFA Paris - 36", "CFA Lyon - 37")),
        (36, ("36",)),
        (["36", 36], ("36",)),
        ("", ()),
    ],
)
def test_filter_is_read_as_people_write_it(written: object, read_as: tuple[str, ...]) -> None:
    assert entries(written) == read_as


def test_id_follows_the_last_dash() -> None:
    assert id_part("CFA Exemple - Lyon - 37") == "37"
