"""ERPs that nobody has: schools of people whose names stand inside of other names and of secrets,
told over every wire in every way that we know.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from flask import Flask, Response, request
from openpyxl import Workbook

from edusync.sandbox.serve import serving

WIRES = (
    "json",
    "keyed",
    "envelope",
    "by_group",
    "xml",
    "attributes",
    "document",
    "soap",
    "csv",
    "csv_files",
    "xlsx_files",
    "json_files",
    "xml_files",
    "ics_files",
    "sql",
)
FLAT = frozenset({"attributes", "soap", "csv", "csv_files", "xlsx_files", "ics_files", "sql"})
"""Wires whose rows hold texts alone."""
FILES = frozenset({"csv_files", "xlsx_files", "json_files", "xml_files", "ics_files"})
_LETTERS = "abcdefghijklmnoprstuéèêïôüçñ"
_FIRST_DAY = date(2026, 3, 17)


def plain(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )


@dataclass
class Somebody:
    number: int
    last: str
    first: str
    log_in: str
    email: str
    phone: str
    born: str

    @property
    def told_by(self) -> set[str]:
        """What may not be found: names word by word and whole, and all else."""
        words = {word for name in (self.last, self.first) for word in _words(name)}
        local = self.email.partition("@")[0]
        digits = self.phone.replace(" ", "")
        return {
            *words,
            digits,
            str(int(digits)),
            self.last,
            self.first,
            self.log_in,
            self.email,
            local,
            self.phone,
            self.born,
        }


@dataclass
class School:
    """What an ERP holds, and how its spec reads it."""

    random: Random
    wire: str
    people: list[Somebody] = field(default_factory=list)
    strangers: list[Somebody] = field(default_factory=list)
    """People who stand where no spec looks."""
    words: list[str] = field(default_factory=list)
    names: str = "two"
    email: str = "path"
    key: str = "id"
    auth: str = "none"
    is_linked: bool = False
    secrets: list[str] = field(default_factory=list)
    user: str = ""
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    kept_words: set[str] = field(default_factory=set)
    limit: int = 50

    def __post_init__(self) -> None:
        pick = self.random.choice
        self.names = pick(["two", "two", "capitals", "comma", "first_word", "last_word"])
        self.email = pick(["path", "path", "of_names", "of_log_in", "first_of"])
        self.key = pick(["id", "id", "log_in", "email"]) if self.email != "of_names" else "id"
        self.auth = pick(
            ["none", "basic", "query"] + ["login"] * (self.wire not in {"soap", "csv"})
        )
        self.is_linked = self.wire in FLAT or self.random.random() < 0.3
        if self.wire == "ics_files":  # whoever takes part stands in the event, by an e-mail
            self.key, self.email, self.is_linked = "email", "path", False
        if self.wire == "sql":
            self.auth = "none"
        for number in range(self.random.randint(4, 9)):
            self.people.append(self._somebody(number))
        for number in range(3):
            self.strangers.append(self._somebody(900 + number))
        self.secrets = [self._secret(), self._secret()]
        self.user = pick(
            [pick(self.people).log_in, pick(self.people).email, "zqsync" + self._word()]
        )
        self._fill()
        self.limit = pick([1, 50, 50])

    # people

    def _word(self) -> str:
        """Return a part of a name; now and then one that holds another, or is held by one."""
        if self.words and self.random.random() < 0.35:
            known = self.random.choice(self.words)
            word = self.random.choice([known + known, known + "e", known[:-1], "zq" + known])
        else:
            length = self.random.randint(3, 9)
            word = "zq" + "".join(self.random.choice(_LETTERS) for _ in range(length))
        if len(word) > 24 or len(word) < 4:
            return self._word()
        self.words.append(word)
        return word

    def _name(self, *, words: bool) -> str:
        shape = self.random.choice(
            ["{}", "{}", "{}-{}", *(["{} {}", "de {}", "d'{}", "le {}"] if words else [])]
        )
        return shape.format(*(self._word().title() for _ in range(shape.count("{}"))))

    def _somebody(self, number: int) -> Somebody:
        single = self.names in {"first_word", "last_word"}
        last, first = self._name(words=not single), self._name(words=not single)
        if self.names == "capitals":
            last = last.upper()
        short = ["".join(_words(plain(name))) for name in (last, first)]
        log_in = self.random.choice(
            [
                f"{short[1][0]}{short[0]}",
                f"{short[1]}.{short[0]}",
                f"{short[0]}{number:02d}",
                f"e{20230000 + number}",
                f"zqu_{number}-{self.random.randint(1000, 9999)}",
            ]
        )
        if log_in in {one.log_in for one in self.people}:
            log_in += str(number)
        local = self.random.choice([log_in, f"{short[1]}.{short[0]}{number}", f"zqm{number}"])
        phone = f"0{self.random.randint(6, 7)}{self.random.randint(10_000_000, 99_999_999)}"
        if self.random.random() < 0.5:
            phone = " ".join([phone[:2], phone[2:4], phone[4:6], phone[6:8], phone[8:]])
        day, month = self.random.randint(1, 28), self.random.randint(1, 12)
        born = f"{day:02d}/{month:02d}/19{number % 100:02d}"
        return Somebody(number, last, first, log_in, f"{local}@vraie.example", phone, born)

    def _secret(self) -> str:
        word = plain(self.random.choice(self.words))
        shape = self.random.choice(
            ["{0}{0}", "{0}", "x{0}9-key", "{0}é&<%>\"'", "Zq7{1}", "{1}{1}", "{2}"]
        )
        whole = plain(self.random.choice(self.people).last).replace(" ", "")
        made = shape.format(word, self.random.randint(10**8, 10**9), whole)
        return made if len(made) >= 8 else f"{made}-{self.random.randint(10**6, 10**7)}"

    # rows

    def id_of(self, one: Somebody) -> Any:
        return {"id": 100 + one.number, "log_in": one.log_in, "email": one.email}[self.key]

    def full(self, one: Somebody) -> str:
        return {
            "capitals": f"{one.last} {one.first}",
            "comma": f"{one.last}, {one.first}",
            "first_word": f"{one.last} {one.first}",
            "last_word": f"{one.first} {one.last}",
        }[self.names]

    def _fill(self) -> None:
        stranger = self.random.choice
        professors = self.people[: max(1, len(self.people) // 3)]
        students = self.people[len(professors) :]
        self.rows = {"people": [], "lessons": [], "seats": []}
        for one in self.people:
            other = stranger(self.strangers)
            row: dict[str, Any] = {
                "id": 100 + one.number,
                "kind": "P" if one in professors else "S",
                "log_in": one.log_in,
                "mail": one.email,
                "tel": one.phone,
                "born": one.born,
                "remark": f"{other.first} {other.last}, {other.phone}",
            }
            if self.wire not in FLAT and self.random.random() < 0.2:
                row["tel"] = int(one.phone.replace(" ", ""))
            row |= (
                {"last": one.last, "first": one.first}
                if self.names == "two"
                else {"name": self.full(one)}
            )
            if self.wire not in FLAT:
                row["mother"] = self._stranger(other)
            self.rows["people"].append(row)
        for number in range(self.random.randint(1, 4)):
            here = self.random.sample(students, self.random.randint(1, len(students)))
            self._lesson(number, self.random.choice(professors), here)

    def _stranger(self, other: Somebody) -> dict[str, Any]:
        """Return somebody under the very words that are read elsewhere."""
        return {
            "last": other.last,
            "first": other.first,
            "name": f"{other.last} {other.first}",
            "mail": other.email,
            "log_in": other.log_in,
            "tel": other.phone,
            "born": other.born,
            "title": other.last,
        }

    def _lesson(self, number: int, teacher: Somebody, students: list[Somebody]) -> None:
        some = self.random.choice(self.people)
        day = _FIRST_DAY + timedelta(days=number)
        title = self.random.choice(
            [
                "Droit",
                f"Cours de {some.last}",
                f"{some.first} {some.last}",
                f"TP {some.log_in}",
                f"Projet {self.secrets[0]}",
                f"Voir {some.email} ou {some.phone}",
            ]
        )
        room = self.random.choice(["B102", f"Salle {some.last.title()}", some.last.upper()])
        row: dict[str, Any] = {
            "id": 5000 + number,
            "title": title,
            "room": room,
            "begin": f"{day}T09:00:00",
            "end": f"{day}T10:00:00",
            "teacher": self.id_of(teacher),
        }
        self.kept_words |= {text for text in (title, room) if text in {"Droit", "B102"}}
        if self.is_linked:
            self.rows["seats"] += [
                {"lesson": row["id"], "who": self.id_of(student)} for student in students
            ]
        else:
            row["learners"] = [self.id_of(student) for student in students]
        if self.wire not in FLAT:
            row["contact"] = self._stranger(self.random.choice(self.strangers))
        self.rows["lessons"].append(row)

    # what may not be found

    @property
    def forbidden(self) -> set[str]:
        made = {
            f"{self._short(one.first)}.{self._short(one.last)}@vraie.example" for one in self.people
        }
        told = {text for one in (*self.people, *self.strangers) for text in one.told_by}
        return told | made | {*self.secrets}

    def _short(self, name: str) -> str:
        return plain(name).replace(" ", "").replace("'", "")

    # the spec

    def spec(self) -> dict[str, Any]:
        kind = next(
            (one for one in ("soap", "sql") if one == self.wire),
            "files" if self.wire in FILES else "http",
        )
        connection: dict[str, Any] = {
            "url": {"type": "text" if kind in {"files", "sql"} else "url", "label": "URL"},
            "user": {"type": "text", "label": "User"},
            "password": {"type": "secret", "label": "Password"},
        }
        entrance = {"soap": "wsdl", "http": "base_url"}.get(kind, "url")
        transport: dict[str, Any] = {"kind": kind, entrance: "{{ connection.url }}"}
        answer = self._answer()
        if kind not in {"soap", "sql"}:
            transport["answer"] = answer
        if kind not in {"files", "sql"}:
            transport |= self._auth()
        return {
            "edusync": 1,
            "connector": "invented",
            "label": "Invented",
            "connection": connection,
            "transport": transport,
            "formats": {
                "iso_time": {"kind": "moment", "pattern": "iso"},
                "of_last": {"kind": "person_name", "part": "last", "by": self._by()},
                "of_first": {"kind": "person_name", "part": "first", "by": self._by()},
            },
            "resources": self._resources(),
            "entities": self._entities(),
        }

    def _by(self) -> str:
        return "capitals" if self.names == "two" else self.names

    def _answer(self) -> Any:
        if self.wire in {"xml", "attributes", "xml_files"}:
            return "xml"
        if self.wire == "ics_files":
            return "csv"
        return next((kind for kind in ("csv", "xlsx") if self.wire.startswith(kind)), "json")

    def _auth(self) -> dict[str, Any]:
        user, password = "{{ connection.user }}", "{{ connection.password }}"
        match self.auth:
            case "basic":
                return {"auth": {"send": {"basic": {"username": user, "password": password}}}}
            case "query" if self.wire != "soap":
                return {"auth": {"send": {"query": {"user": user, "key": password}}}}
            case "login":
                step = {"post": "/login", "form": {"user": user, "password": password}}
                return {
                    "auth": {
                        "login": [{**step, "read": {"token": "token"}}],
                        "send": {"query": {"token": "{{ auth.token }}"}},
                    }
                }
        return {}

    def _resources(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, row in (("people", "person"), ("lessons", "lesson"), ("seats", "seat")):
            if name != "seats" or self.is_linked:
                found[name] = self._call(name, row)
        found["people"] |= {"key": "id"}
        if self.wire == "ics_files":
            found["lessons"] |= {"answer": "ics", "key": "uid"}
        else:
            found["lessons"] |= {"as": {"begin": "iso_time", "end": "iso_time"}, "key": "id"}
        if self.wire == "by_group":
            found["groups"] = {"get": "/groups", "key": "id"}
            found["people"] = {
                "for_each": "groups",
                "get": "/groups/{{ groups.id }}/people",
                "key": "id",
            }
        return found

    def _call(self, name: str, row: str) -> dict[str, Any]:
        match self.wire:
            case "keyed":
                return {"get": f"/{name}", "shape": "list_or_keyed"}
            case "envelope":
                paging = {"kind": "number", "size": 3, "until": {"total": "meta.total"}}
                query = {"page": "{{ page.number }}"}
                return {"get": f"/{name}", "query": query, "items": "data.rows", "paging": paging}
            case "xml":
                return {"get": "/all", "items": f"{name}.{row}"}
            case "attributes":
                return {"get": f"/{name}", "items": row}
            case "document":
                return {
                    "get": f"/{name}",
                    "inner": {"at": "out.document", "answer": "xml"},
                    "items": row,
                }
            case "soap":
                return {"soap": f"Port.{name.title()}"}
            case "sql":
                return {"sql": f"select * from {name}"}
            case "csv_files" | "xlsx_files" | "json_files" | "xml_files" | "ics_files":
                ending = self.wire.partition("_")[0]
                if ending == "ics" and name != "lessons":
                    ending = "csv"
                items = {"items": f"[].{row}[]"} if ending == "xml" else {}
                return {"file": f"{name}*.{ending}", **items}
        return {"get": f"/{name}"}

    def _entities(self) -> dict[str, Any]:
        names: dict[str, Any] = {"last_name": "last", "first_name": "first"}
        if self.names != "two":
            names = {
                "last_name": {"path": "name", "as": "of_last"},
                "first_name": {"path": "name", "as": "of_first"},
            }
        bare = "{{{{ row.{} | plain | replace(' ', '') | replace(\"'\", '') }}}}"
        email: Any = {
            "path": {"path": "mail", "as": "mail"},
            "of_log_in": {"template": "{{ row.log_in }}@vraie.example"},
            "first_of": {"first_of": [{"path": "private", "optional": True}, "mail"]},
            "of_names": {
                "template": f"{bare.format('first')}.{bare.format('last')}{{{{ row.id "
                "}}@vraie.example"
            },
        }[self.email if self.email != "of_names" or self.names == "two" else "path"]
        key = {"id": "id", "log_in": "log_in", "email": "mail"}[self.key]
        person = {"from": "people", "source_id": key, **names, "email": email}
        learners = {"look_up_all": "seats", "by": "id", "on": "lesson", "take": "who"}
        people = {
            "student": {**person, "ignore": "row.kind != 'S'", "phone": "tel"},
            "professor": {**person, "ignore": "row.kind != 'P'"},
        }
        if self.wire == "ics_files":
            return people | {"course": dict(_OF_EVENTS)}
        return people | {
            "course": {
                "from": "lessons",
                "source_id": "id",
                "name": "title",
                "classroom_name": "room",
                "starts_at": "begin",
                "ends_at": "end",
                "professors": "teacher",
                "students": learners if self.is_linked else self._many("learners"),
            },
        }

    def _many(self, name: str) -> str:
        return f"{name}.item" if self.wire in {"xml", "document", "xml_files"} else name

    # the wires

    @contextmanager
    def open(self, folder: Path) -> Iterator[str]:
        """Yield the address of the ERP, or its folder."""
        if self.wire in FILES:
            self._write_files(folder)
            yield str(folder)
            return
        if self.wire == "sql":
            folder.mkdir()
            self._write_tables(folder / "erp.db")
            yield f"sqlite:///{folder / 'erp.db'}"
            return
        with serving(self._app()) as address:
            yield address

    def _app(self) -> Flask:
        app = Flask("invented")

        @app.post("/login")
        def login() -> Response:
            if self._answer() == "xml":
                return Response(
                    f"<session token={quoteattr(self.secrets[1])}/>", content_type="text/xml"
                )
            stranger = self._stranger(self.strangers[0])
            return _json({"token": self.secrets[1], "user": stranger, "welcome": stranger["name"]})

        @app.get("/groups/<int:number>/people")
        def people_of(number: int) -> Response:
            return _json(self.rows["people"][number - 1 :: 3])

        @app.route("/", methods=["GET", "POST"])
        def soap() -> Response:
            text = _wsdl(request.base_url) if request.method == "GET" else self._envelope()
            return Response(text, content_type="text/xml; charset=utf-8")

        @app.get("/<name>")
        def answer(name: str) -> Response:
            return self._answered(name)

        return app

    def _answered(self, name: str) -> Response:
        rows, stranger = self.rows.get(name, []), self._stranger(self.strangers[0])
        match self.wire:
            case "keyed":
                return _json({str(row.get("id", at)): row for at, row in enumerate(rows)})
            case "envelope":
                first = 3 * (int(request.args["page"]) - 1)
                meta = {"total": len(rows), "asked_by": stranger, "title": stranger["last"]}
                return _json({"meta": meta, "data": {"rows": rows[first : first + 3], **stranger}})
            case "by_group" if name == "groups":
                return _json([{"id": number, **stranger} for number in (1, 2, 3)])
            case "xml":
                lists = [
                    _element(list_, [_element(row, one) for one in self.rows[list_]])
                    for list_, row in (
                        ("people", "person"),
                        ("lessons", "lesson"),
                        ("seats", "seat"),
                    )
                ]
                text = _element("answer", [*lists, _element("by", stranger)])
                return Response(text, content_type="text/xml; charset=utf-8")
            case "attributes":
                tag = {"people": "person", "lessons": "lesson", "seats": "seat"}[name]
                inner = "".join(
                    f"<{tag} "
                    f"{' '.join(f'{key}={quoteattr(str(value))}' for key, value in row.items())}/>"
                    for row in rows
                )
                return Response(f"<answer>{inner}</answer>", content_type="text/xml; charset=utf-8")
            case "document":
                return _json({"out": {"document": _inner(name, rows), **stranger}})
            case "csv":
                return Response(_csv(rows), content_type="text/csv; charset=utf-8")
        return _json(rows)

    def _envelope(self) -> str:
        name = request.headers["SOAPAction"].strip('"').lower()
        rows = "".join(_element("row", row) for row in self.rows[name])
        return (
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
            f'<t:{name.title()}Response xmlns:t="urn:t">{rows}</t:{name.title()}Response>'
            "</s:Body></s:Envelope>"
        )

    def _write_tables(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as database, database:
            for name, rows in self.rows.items():
                columns = list(rows[0]) if rows else ["lesson", "who"]
                database.execute(f"create table {name} ({', '.join(columns)})")
                holes = ", ".join("?" * len(columns))
                database.executemany(
                    f"insert into {name} values ({holes})",
                    [tuple(row.values()) for row in rows],
                )

    def _calendar(self, rows: list[dict[str, Any]]) -> Iterator[str]:
        yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{self.strangers[0].last}")
        for row in rows:
            other = self.random.choice(self.strangers)
            yield from ("BEGIN:VEVENT", f"UID:{row['id']}@vraie.example")
            yield f"SUMMARY:{_escaped(row['title'])}"
            yield f"LOCATION:{_escaped(row['room'])}"
            yield f"DESCRIPTION:{_escaped(other.first)} {_escaped(other.last)}"
            yield f"X-CONTACT:{_escaped(other.phone)}"
            for name, day in (("DTSTART", row["begin"]), ("DTEND", row["end"])):
                yield f"{name}:{day.replace('-', '').replace(':', '')}"
            yield f'ORGANIZER;CN="{other.last}":mailto:{row["teacher"]}'
            for who in row["learners"]:
                yield f'ATTENDEE;CN="{other.first}":MAILTO:{who}'
            yield "END:VEVENT"
        yield from ("END:VCALENDAR", "")

    def _write_files(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            ending = self.wire.partition("_")[0]
            if ending == "xlsx":
                (folder / f"{name}-1.xlsx").write_bytes(_xlsx(rows))
                continue
            if ending == "ics":
                ending = "ics" if name == "lessons" else "csv"
            match ending:
                case "csv":
                    text = _csv(rows)
                case "json":
                    text = json.dumps(rows)
                case "ics":
                    text = "\r\n".join(self._calendar(rows))
                case _:
                    text = _inner(name, rows)
            (folder / f"{name}-1.{ending}").write_text(text, encoding="utf-8")


_OF_EVENTS = {
    "from": "lessons",
    "source_id": "uid",
    "name": "summary",
    "classroom_name": "location",
    "starts_at": "starts_at",
    "ends_at": "ends_at",
    "professors": "organizer.email",
    "students": "attendees[].email",
}


def _escaped(text: Any) -> str:
    found = str(text)
    for sign in "\\;,":
        found = found.replace(sign, f"\\{sign}")
    return found


def _words(name: str) -> list[str]:
    return [
        word
        for word in "".join(" " if sign in "-' " else sign for sign in name).split()
        if len(word) > 3
    ]


def _json(value: Any) -> Response:
    return Response(json.dumps(value), content_type="application/json")


def _element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(key, inner) for key, inner in value.items())}</{name}>"
    if isinstance(value, list):
        inner = "".join(one if str(one).startswith("<") else _element("item", one) for one in value)
        return f"<{name}>{inner}</{name}>"
    return f"<{name}>{escape(str(value))}</{name}>"


def _inner(name: str, rows: list[dict[str, Any]]) -> str:
    tag = {"people": "person", "lessons": "lesson", "seats": "seat"}[name]
    return _element(name, [_element(tag, row) for row in rows])


def _csv(rows: list[dict[str, Any]]) -> str:
    out = StringIO()
    names = list(rows[0]) if rows else ["lesson", "who"]
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([names, *([row[name] for name in names] for row in rows)])
    return out.getvalue()


def _xlsx(rows: list[dict[str, Any]]) -> bytes:
    """Return a workbook of texts and, where an id is one, numbers."""
    book, out = Workbook(), BytesIO()
    names = list(rows[0]) if rows else ["lesson", "who"]
    book.active.append(names)
    for row in rows:
        book.active.append([str(row[name]) if row[name] != "" else None for name in names])
    book.save(out)
    return out.getvalue()


def _wsdl(address: str) -> str:
    fields = [
        "id",
        "kind",
        "log_in",
        "mail",
        "tel",
        "born",
        "remark",
        "last",
        "first",
        "name",
        "title",
        "room",
        "begin",
        "end",
        "teacher",
        "lesson",
        "who",
    ]
    inside = "".join(f'<x:element name="{one}" type="x:string" minOccurs="0"/>' for one in fields)
    names = ("People", "Lessons", "Seats")
    elements = "".join(
        f'<x:element name="{name}"><x:complexType><x:sequence/></x:complexType></x:element>'
        f'<x:element name="{name}Response"><x:complexType><x:sequence>'
        '<x:element name="row" type="t:Row" minOccurs="0" maxOccurs="unbounded"/>'
        "</x:sequence></x:complexType></x:element>"
        for name in names
    )
    messages = "".join(
        f'<message name="{name}In"><part name="p" element="t:{name}"/></message>'
        f'<message name="{name}Out"><part name="p" element="t:{name}Response"/></message>'
        for name in names
    )
    ports = "".join(
        f'<operation name="{name}"><input message="t:{name}In"/><output '
        f'message="t:{name}Out"/></operation>'
        for name in names
    )
    bound = "".join(
        f'<operation name="{name}"><soap:operation soapAction="{name}"/>'
        '<input><soap:body use="literal"/></input><output><soap:body '
        'use="literal"/></output></operation>'
        for name in names
    )
    return (
        '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" '
        'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"'
        ' xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">'
        '<types><x:schema targetNamespace="urn:t" elementFormDefault="unqualified">'
        "<x:complexType "
        f'name="Row"><x:sequence>{inside}</x:sequence></x:complexType>{elements}</x:schema></types>'
        f'{messages}<portType name="PortType">{ports}</portType>'
        '<binding name="Binding" type="t:PortType"><soap:binding style="document"'
        f' transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</binding>'
        '<service name="S"><port name="Port" binding="t:Binding"><soap:address '
        f'location="{address}"/></port></service>'
        "</definitions>"
    )
