"""What somebody writes by hand instead of a spec: the same items, read by two short programs.

`loop` is a loop of `requests` + `json`, `lean` the least that Python needs: `http.client`, `orjson`
and a table of moments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Moment = Callable[[str, str], datetime]
    Row = dict[str, Any]

PARIS = ZoneInfo("Europe/Paris")
LISTS = {
    "bench": ("students", "professors", "courses"),
    "rich": ("rich/trainees", "rich/trainers", "rich/sessions"),
}


@dataclass(frozen=True, slots=True)
class Person:
    source_id: str
    last_name: str
    first_name: str
    email: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    source_id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    professors: tuple[str, ...]
    students: tuple[str, ...]
    classroom: str
    description: str | None = None


def moment(day: str, clock: str) -> datetime:
    read = datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M")  # noqa: DTZ007
    return read.replace(tzinfo=PARIS).astimezone(UTC)


def loop(book: str, url: str, begin: Callable[[], None]) -> tuple[int, int]:
    """Read by `requests` and `json`, one page after the other."""
    import requests

    begin()
    session = requests.Session()

    def get(what: str, page: int) -> Any:
        query = {"page": page, "size": 200}
        return json.loads(session.get(f"{url}/{what}", params=query, timeout=60).content)

    return _read(book, get, moment)


def lean(book: str, url: str, begin: Callable[[], None]) -> tuple[int, int]:
    """Read by `http.client` and `orjson`, one page after the other."""
    from http.client import HTTPConnection

    import orjson

    begin()
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)

    def get(what: str, page: int) -> Any:
        connection.request("GET", f"/{what}?page={page}&size=200")
        return orjson.loads(connection.getresponse().read())

    return _read(book, get, lru_cache(maxsize=None)(moment))


def _read(book: str, get: Callable[[str, int], Any], moment: Moment) -> tuple[int, int]:
    made = items = 0
    for what in LISTS[book]:
        page, got, total = 1, 0, 1
        met: set[str] = set()
        while got < total:
            data = get(what, page)
            made += 1
            page, got, total = page + 1, got + len(data["rows"]), data["total"]
            for _ in ITEMS[what](data["rows"], met, moment):
                items += 1
    return items, made


def people(rows: list[Row], met: set[str], moment: Moment) -> Iterator[Person]:
    for row in rows:
        yield Person(
            str(row["id"]),
            row["name"]["last"],
            row["name"]["first"],
            row["mail"]["pro"] or row["mail"]["perso"],
        )


def courses(rows: list[Row], met: set[str], moment: Moment) -> Iterator[Course]:
    for row in rows:
        if row["state"] == "cancelled":
            continue
        yield Course(
            str(row["id"]),
            f"{row['subject']} ({row['kind']})",
            moment(row["day"], row["from"]),
            moment(row["day"], row["to"]),
            tuple(map(str, row["professors"])),
            tuple(map(str, row["students"])),
            row["room"]["name"],
        )


def trainees(rows: list[Row], met: set[str], moment: Moment) -> Iterator[Person]:
    for row in rows:
        source_id = str(row["id"])
        if source_id in met:
            continue
        met.add(source_id)
        mails = {contact["kind"]: contact["value"] for contact in row["contacts"]}
        yield Person(
            source_id,
            row["identity"]["last"].strip().upper(),
            row["identity"]["first"],
            mails.get("school")
            or mails.get("home")
            or f"{row['identity']['first'].lower()}.{row['id']}@ecole.test",
            row["phones"]["mobile"] or row["phones"]["home"],
        )


def trainers(rows: list[Row], met: set[str], moment: Moment) -> Iterator[Person]:
    for row in rows:
        source_id = str(row["id"])
        if source_id in met:
            continue
        met.add(source_id)
        yield Person(
            source_id,
            row["identity"]["last"].strip().upper(),
            row["identity"]["first"],
            f"{row['login']}@{row['domain']}",
            row["phones"]["mobile"] or row["phones"]["home"],
        )


def sessions(rows: list[Row], met: set[str], moment: Moment) -> Iterator[Course]:
    for row in rows:
        if row["kind"] == "draft" or row["status"]["code"] in ("cancelled", "postponed"):
            continue
        source_id = f"{row['id']}-{row['part']}"
        if source_id in met:
            continue
        met.add(source_id)
        module, hours, room = row["module"], row["hours"], row["room"]
        yield Course(
            source_id,
            f"{module['code']} {module['label']} ({row['kind']})",
            moment(row["date"], hours["from"]),
            moment(row["date"], hours["to"]),
            tuple(str(one["id"]) for one in row["trainers"] if one["role"] != "observer"),
            tuple(str(one["id"]) for one in row["trainees"] if one["registration"] == "confirmed"),
            room["label"] or room["code"] or row["site"]["name"],
            f"{module['code']}, {row['group']['name']}: {row['comment']}",
        )


ITEMS: dict[str, Callable[[list[Row], set[str], Moment], Iterator[Any]]] = {
    "students": people,
    "professors": people,
    "courses": courses,
    "rich/trainees": trainees,
    "rich/trainers": trainers,
    "rich/sessions": sessions,
}
