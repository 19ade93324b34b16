"""The `case.yaml` of a recording.

What the school answered, with everything taken out that is somebody's or secret.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from edusync.engine import calls
from edusync.model import PARIS
from edusync.spec.document import read_document
from edusync.spec.tree import Expression, FilesTransport, SqlTransport, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.spec.tree import Spec
    from edusync.testing.answers import Answers
    from edusync.testing.recorded_up import WayUp

_LONG_ENOUGH = 8
_AS_THEY_ARE = ("columns", "schedule", "rules", "reasons")
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
    up: WayUp | None = None,
) -> str:
    """Return the text of the file; `recorded` says how much the real answers gave.

    `up` holds the classes that were played for the way up.
    """
    from ruamel.yaml import YAML

    settings = read_document(instance.file.read_text(encoding="utf-8"), str(instance.file)).data
    first = settings["accounts"][0]
    connection = dict(instance.accounts[0].answers.connection)
    connection |= {
        key: _answer(instance.spec, key, kind, text, answers)
        for key, kind, text in connection_of(instance)
    }
    connector: dict[str, Any] = {
        "spec": instance.spec.connector,
        "connection": {key: value for key, value in connection.items() if value not in (None, "")},
    }
    if options := {**(settings.get("options") or {}), **(first.get("options") or {})}:
        connector["options"] = {
            key: _option(instance.spec, key, value, answers) for key, value in options.items()
        }
    connector |= {word: settings[word] for word in _AS_THEY_ARE if settings.get(word)}
    if chosen := {**(settings.get("filters") or {}), **(first.get("filters") or {})}:
        filters = _without_addresses(answers, chosen)
        connector["accounts"] = [{"name": "main", "filters": filters}]
    out, yaml = StringIO(), YAML()
    yaml.default_flow_style = False
    data: dict[str, Any] = {
        "shows": f"What the real system answered: {name}.",
        "at": moment.now.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M"),
        "recorded": dict(recorded),
        "connector": connector,
    }
    if up is not None and up.at is not None:
        sheets = [_played(sheet, answers) for sheet in up.sheets]
        data["attendance"] = {"at": up.at.strftime("%Y-%m-%dT%H:%M"), "sheets": sheets}
    yaml.dump(data, out)
    return out.getvalue()


def _played(sheet: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """Return a class as a case tells it; an id that is somebody's log-in is replaced."""
    students = {answers.sent(who): state for who, state in sheet["students"].items()}
    return {"course": answers.sent(sheet["course"]), "students": students}


def _answer(spec: Spec, name: str, kind: str, text: str, answers: Answers) -> str:
    """Return an answer about the connection as a case holds it."""
    if kind == "choice":
        return text
    own = _own_places(spec).get(("connection", name))
    if own is not None:
        return own
    if kind == "secret":
        return "${env:EDUSYNC_CASE_SECRET}"
    return _without_address(answers, text)


def _option(spec: Spec, name: str, value: Any, answers: Answers) -> Any:
    """Return what was answered to an option as a case holds it."""
    if spec.options[name].type == "choice" or value in (None, ""):
        return value
    return _own_places(spec).get(("options", name)) or _without_addresses(answers, value)


def keep_folder(case: Path, spec: Spec, names: Mapping[str, Any]) -> None:
    """Make the folder below that of the case into which attendance goes, where there is one."""
    own = spec.writeback.transport if spec.writeback else None
    if own is None:
        return
    answers = {
        kind: {
            name: _own_places(spec).get((kind, name), value) for name, value in names[kind].items()
        }
        for kind in ("connection", "options")
    }
    url = calls.setting(own.url, {**names, **answers}, "url") or ""
    below = url.removeprefix("CASE_FOLDER").strip("/")
    if below and url.startswith("CASE_FOLDER"):
        folder = case / "files" / below
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".keep").write_text("", encoding="utf-8")


def _own_places(spec: Spec) -> dict[tuple[str, ...], str]:
    """Return the answers that say which folder or database the ERP is, and what a case has there.

    Of a URL that is made of several answers the first says where; what a case answers never names a
    place of the machine, however it is written.
    """
    places: dict[tuple[str, ...], str] = {}
    own = spec.writeback.transport if spec.writeback else None
    for transport in (spec.transport, own):
        if isinstance(transport, FilesTransport | SqlTransport):
            is_folder = isinstance(transport, FilesTransport)
            stand_in = "CASE_FOLDER" if is_folder else "sqlite:///CASE_DATABASE"
            names = [
                name
                for met in walk(transport.url)
                if isinstance(met.node, Expression)
                for name in sorted(met.node.names)
                if name[0] in {"connection", "options"} and len(name) > 1
            ]
            places |= dict.fromkeys(names[:1], stand_in)
    return places


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
