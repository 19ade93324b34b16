"""The `case.yaml` of a recording.

What the school answered, with everything taken out that is somebody's or secret.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from edusync.model import PARIS
from edusync.spec.document import read_document
from edusync.spec.tree import Expression, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.spec.tree import Spec
    from edusync.testing.answers import Answers

_LONG_ENOUGH = 8
_AS_THEY_ARE = ("columns", "schedule", "rules")
"""What else a connector file says that changes what is asked for, or what comes of it."""
_USER = ("user", "login", "ident", "compte", "account", "email", "mail")
"""Words in the name of an answer that is a log-in, wherever the spec uses it."""


def connection_of(instance: Instance) -> Iterator[tuple[str, str, str]]:
    """Yield the texts that were answered about the connection, as name, type and text."""
    for name, value in instance.accounts[0].answers.connection.items():
        if isinstance(value, str) and value:
            yield name, instance.spec.connection[name].type, value


def secrets_of(instance: Instance) -> list[str]:
    """Return the secrets of a connection.

    Its secret answers, and what an address holds that opens a door.
    """
    found = []
    for _, kind, text in connection_of(instance):
        if kind == "secret":
            found.append(text)
        elif "://" in text:
            parts = urlsplit(text)
            inside = [value for _, value in parse_qsl(parts.query) if len(value) >= _LONG_ENOUGH]
            found += [*inside, *([parts.password] if parts.password else [])]
    return found


def log_ins_of(instance: Instance) -> list[str]:
    """Return what the school signs in as.

    Texts that the sign-in sends, and those that are called so.
    """
    sent = _signed_in_with(instance.spec)
    found = []
    for name, kind, text in connection_of(instance):
        is_log_in = name in sent or any(word in name.lower() for word in _USER)
        if kind == "text" and "://" not in text and is_log_in:
            found.append(text)
        elif "://" in text and (user := urlsplit(text).username):
            found.append(user)
    return found


def _signed_in_with(spec: Spec) -> set[str]:
    return {
        name[1]
        for met in walk(spec.transport.auth)
        if isinstance(met.node, Expression)
        for name in met.node.names
        if name[0] == "connection" and len(name) > 1
    }


def hosts_of(instance: Instance) -> dict[str, str]:
    """Return the ERP's own addresses, and what stands in their place."""
    found: dict[str, str] = {}
    for _, kind, text in connection_of(instance):
        if kind == "url":
            parts = urlsplit(text)
            found[f"{parts.scheme}://{parts.netloc}"] = f"https://{instance.spec.connector}.example"
            if "." in parts.netloc or ":" in parts.netloc:
                found[parts.netloc] = f"{instance.spec.connector}.example"
    return found


def case_file(
    instance: Instance,
    moment: Moment,
    answers: Answers,
    name: str,
    recorded: Mapping[str, int],
) -> str:
    """Return the text of the file; `recorded` says how much the real answers gave."""
    from ruamel.yaml import YAML

    told = read_document(instance.file.read_text(encoding="utf-8"), str(instance.file)).data
    first = told["accounts"][0]
    connection = dict(instance.accounts[0].answers.connection)
    connection |= {
        key: _answer(instance.spec, kind, text, answers)
        for key, kind, text in connection_of(instance)
    }
    connector: dict[str, Any] = {
        "spec": instance.spec.connector,
        "connection": {key: value for key, value in connection.items() if value not in (None, "")},
    }
    if options := {**(told.get("options") or {}), **(first.get("options") or {})}:
        connector["options"] = {
            key: value
            if instance.spec.options[key].type == "choice"
            else _without_addresses(answers, value)
            for key, value in options.items()
        }
    connector |= {word: told[word] for word in _AS_THEY_ARE if told.get(word)}
    if chosen := {**(told.get("filters") or {}), **(first.get("filters") or {})}:
        filters = _without_addresses(answers, chosen)
        connector["accounts"] = [{"name": "main", "filters": filters}]
    out, yaml = StringIO(), YAML()
    yaml.default_flow_style = False
    data = {
        "shows": f"What the real system answered: {name}.",
        "at": moment.now.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M"),
        "recorded": dict(recorded),
        "connector": connector,
    }
    yaml.dump(data, out)
    return out.getvalue()


def _answer(spec: Spec, kind: str, text: str, answers: Answers) -> str:
    """Return an answer about the connection as a case holds it."""
    if kind == "choice":
        return text
    if kind == "secret":
        return "${env:EDUSYNC_CASE_SECRET}"
    if spec.transport.kind == "files" and ("/" in text or "\\" in text):
        return "CASE_FOLDER"
    return _without_address(answers, text)


def _without_addresses(answers: Answers, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_addresses(answers, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_addresses(answers, inner) for inner in value]
    return _without_address(answers, value) if isinstance(value, str) else value


def _without_address(answers: Answers, text: str) -> str:
    """Return a text with everybody replaced.

    An address has another host, and nobody signs in there.
    """
    if "://" not in text:
        return str(answers.sent(text))
    parts = urlsplit(text)
    scheme = "https" if parts.scheme == "http" else parts.scheme
    host = f"{answers.reading.spec.connector}.example"
    return parts._replace(
        scheme=scheme,
        netloc=host,
        path=answers.path(parts.path),
        query=answers.people.text(parts.query),
    ).geturl()
