"""Talk to one Edusign account: throttled, with business errors told from technical ones, and no write repeated blindly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import orjson
import requests
from requests.adapters import HTTPAdapter
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from edusync.errors import TargetError
from edusync.target import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from edusync.target.records import ArchivedSheet, GroupRecord, Person, Sheet

_PAGE = 40
_TRIES = 4
_MOST_PAGES = 10_000
_TIMEOUT = (10.0, 60.0)
_UNREADABLE = "run again; when it stays so, ask Edusign whether their interface has changed"

Made = TypeVar("Made")


class Rejected(Exception):
    """Edusign understood and refused: `status: error` under HTTP 200. The message is Edusign's."""


class InDoubt(Exception):
    """A write was sent, and nobody knows whether it landed."""


class _Technical(Exception):
    """No usable answer: cut, timed out, 5xx or plain text. `sent` is false when the request cannot have arrived."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class EdusignClient:
    """One account of Edusign, API v1."""

    def __init__(
        self, base_url: str, api_key: str, *, per_minute: int, sleep: Callable[[float], None]
    ) -> None:
        from pyrate_limiter import Duration, Limiter, Rate

        self.base_url = base_url.rstrip("/").removesuffix("/v1") + "/v1"
        self.sleep = sleep
        self.limiter = Limiter(Rate(per_minute, Duration.MINUTE))
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(
            {"Authorization": f"Bearer {api_key}", "Accept": "application/json"}
        )
        self.session.mount("http://", HTTPAdapter(pool_maxsize=4, max_retries=0))
        self.session.mount("https://", HTTPAdapter(pool_maxsize=4, max_retries=0))
        self.requests = 0

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()

    # reading

    def school(self) -> Mapping[str, Any]:
        """Return the school; the cheapest check of a key."""
        found: Mapping[str, Any] = _made(dict, self._read("school", None), "school")
        return found

    def find_id(self, kind: str, source_id: str) -> str | None:
        """Return the Edusign id of what carries our id; the look-up ignores whose id it is. Externals have no such look-up."""
        if kind == "external":
            return None
        found = self._find(f"{wire.PATHS[kind]}/get-id/{quote(source_id, safe='')}")
        return (wire.record_id(found) or None) if isinstance(found, dict) else None

    def person(self, kind: str, edusign_id: str) -> Person | None:
        """Return a person by Edusign id."""
        found = self._find(f"{wire.PATHS[kind]}/{quote(edusign_id, safe='')}")
        return _made(wire.read_person, found, kind) if found else None

    def person_by_email(self, kind: str, email: str) -> Person | None:
        """Return a person by e-mail, archived ones too."""
        found = self._find(f"{wire.PATHS[kind]}/by-email/{quote(email, safe='')}")
        return _made(wire.read_person, found, kind) if found else None

    def group(self, edusign_id: str) -> GroupRecord | None:
        """Return a group by Edusign id."""
        found = self._find(f"group/{quote(edusign_id, safe='')}")
        return _made(wire.read_group, found, "group") if found else None

    def sheet(self, edusign_id: str) -> Sheet | None:
        """Return a sheet by Edusign id; an empty id would list every sheet (client rule 9)."""
        if not edusign_id:
            return None
        found = self._find(f"course/{quote(edusign_id, safe='')}")
        return _made(wire.read_sheet, found, "sheet") if found else None

    def sheets(
        self, first: date, last: date, *, updated_since: datetime | None = None
    ) -> Iterator[Sheet]:
        """Yield the sheets of some days, or only those that changed since an instant of Edusign's own clock; spans over 90 days are refused."""
        query = {"start": first.isoformat(), "end": last.isoformat()}
        if updated_since is not None:
            query["dateUpdated"] = _since(updated_since)
        for data in self._sheets(query):
            yield _made(wire.read_sheet, data, "sheet")

    def _sheets(self, query: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        for page in range(_MOST_PAGES):
            rows = self._rows("course", {**query, "page": str(page)})
            yield from rows
            if len(rows) < _PAGE:
                return

    # attendance

    def archived(
        self, first: date, last: date, *, updated_since: datetime
    ) -> Iterator[ArchivedSheet]:
        """Yield the locked sheets of some days that changed since an instant of Edusign's own clock, with their attendance."""
        for data in self._sheets(
            {
                "start": first.isoformat(),
                "end": last.isoformat(),
                "filters": "locked",
                "dateUpdated": _since(updated_since),
            }
        ):
            yield _made(wire.read_archived, data, "sheet")

    def archived_sheet(self, edusign_id: str) -> ArchivedSheet | None:
        """Return one sheet with its attendance."""
        found = self._find(f"course/{quote(edusign_id, safe='')}") if edusign_id else None
        return _made(wire.read_archived, found, "sheet") if found else None

    def absence_reasons(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the reason of every justified absence by its id, and the name of every reason by its id."""
        reasons = dict(
            _made(wire.read_reason, row, "reason of absences")
            for row in self._rows("justified-absence/absence-reason")
        )
        absences: dict[str, str] = {}
        for page in range(_MOST_PAGES):
            rows = [
                _made(wire.read_absence, row, "absence")
                for row in self._rows("justified-absence", {"page": str(page)})
            ]
            fresh = {absence: reason for absence, reason in rows if absence not in absences}
            absences |= fresh
            if (
                not fresh
            ):  # the size of a page is not documented: one that brings nothing new is the end
                break
        return absences, reasons

    # writing

    def create(self, kind: str, body: Mapping[str, Any]) -> str:
        """Create an item and return its Edusign id."""
        found = self._write(
            "POST", wire.PATHS[kind] + ("?fromStudents=true" if kind == "course" else ""), body
        )
        edusign_id = wire.record_id(found) if isinstance(found, dict) else str(found or "")
        if not edusign_id:
            raise InDoubt("Edusign confirmed without naming the id")
        return edusign_id

    def update(self, kind: str, body: Mapping[str, Any]) -> None:
        """Change an item."""
        self._write("PATCH", wire.PATHS[kind], body)

    def delete_sheet(self, edusign_id: str) -> None:
        """Delete a sheet."""
        self._write("DELETE", f"course/{quote(edusign_id, safe='')}", None)

    def add_student(self, sheet_id: str, student_id: str) -> None:
        """Put one student on a sheet; being there already is fine."""
        try:
            self._write(
                "PUT", f"course/attendance/{quote(sheet_id, safe='')}", {"studentId": student_id}
            )
        except Rejected as rejected:
            if "already in the list" not in str(rejected):
                raise

    def remove_student(self, sheet_id: str, student_id: str) -> None:
        """Take one student off a sheet."""
        self._write(
            "DELETE", f"course/attendance/{quote(sheet_id, safe='')}", {"studentId": student_id}
        )

    def restore(self, kind: str, edusign_id: str) -> None:
        """Bring an archived person back; a GET that writes, so it is never repeated blindly."""
        self._write("GET", f"{wire.PATHS[kind]}/restore/{quote(edusign_id, safe='')}", None)

    # exchange

    def _get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        attempts = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            retry=retry_if_exception_type(_Technical),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return attempts(self._once, "GET", path, None, query)
        except _Technical as technical:
            raise TargetError(
                "EDU_UNREACHABLE", f"Edusign: {technical}", "check the base URL and the network"
            ) from None

    def _read(self, path: str, query: Mapping[str, str] | None) -> Any:
        """Read what has to be there."""
        try:
            return self._get(path, query)
        except Rejected as rejected:
            raise TargetError(
                "EDU_UNREADABLE", f"Edusign does not show '{path}': {rejected}", _UNREADABLE
            ) from None

    def _rows(self, path: str, query: Mapping[str, str] | None = None) -> list[Any]:
        rows = self._read(path, query)
        if rows is not None and not isinstance(rows, list):
            raise TargetError(
                "EDU_UNREADABLE", f"Edusign did not answer '{path}' with a list", _UNREADABLE
            )
        return rows or []

    def _find(self, path: str) -> Any:
        try:
            return self._get(path)
        except Rejected:
            return None

    def _write(self, verb: str, path: str, body: Mapping[str, Any] | None) -> Any:
        def once() -> Any:
            try:
                return self._once(verb, path, body, None)
            except _Technical as technical:
                if technical.sent:
                    raise InDoubt(str(technical)) from None
                raise

        attempts = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            retry=retry_if_exception_type(_Technical),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return attempts(once)
        except _Technical as technical:
            raise TargetError(
                "EDU_UNREACHABLE", f"Edusign: {technical}", "check the base URL and the network"
            ) from None

    def _once(
        self, verb: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, str] | None
    ) -> Any:
        self.limiter.try_acquire("edusign", blocking=True)
        self.requests += 1
        data = None if body is None else orjson.dumps(body)
        headers = {"Content-Type": "application/json"} if data is not None else {}
        try:
            response = self.session.request(
                verb,
                f"{self.base_url}/{path}",
                params=query,
                data=data,
                headers=headers,
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except requests.exceptions.SSLError:
            raise TargetError(
                "EDU_UNREACHABLE",
                "Edusign's certificate cannot be trusted",
                "check the base URL; checks are never switched off",
            ) from None
        except requests.exceptions.ConnectTimeout:
            raise _Technical("no connection within the time limit", sent=False) from None
        except requests.exceptions.ConnectionError as error:
            refused = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
            raise _Technical(
                "the connection was refused" if refused else "the connection was cut",
                sent=not refused,
            ) from None
        except requests.exceptions.RequestException as error:
            raise _Technical(f"no answer ({type(error).__name__})", sent=True) from None
        return _result(response)


def _made(make: Callable[[Any], Made], data: Any, what: str) -> Made:
    """Return what an answer says; TargetError when it says nothing of the kind."""
    try:
        return make(data)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise TargetError(
            "EDU_UNREADABLE", f"Edusign answered with what is no {what}", _UNREADABLE
        ) from None


def _since(moment: datetime) -> str:
    """Return a span of changes that is open at its end."""
    return f"{wire.instant(moment)},{wire.instant(datetime.now(UTC) + timedelta(days=1))}"


def _result(response: requests.Response) -> Any:
    match response.status_code:
        case 401:
            raise TargetError(
                "EDU_AUTH_FAILED", "Edusign refused the API key", "check the key of the account"
            )
        case 402 | 403:
            raise TargetError(
                "EDU_AUTH_FAILED",
                f"Edusign does not allow this for the key ({response.status_code})",
                "check the rights of the key and the subscription",
            )
    try:
        envelope = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        raise _Technical(
            f"Edusign answered {response.status_code} without JSON", sent=True
        ) from None
    if not isinstance(envelope, dict) or "status" not in envelope or response.status_code >= 500:  # noqa: PLR2004 - HTTP
        raise _Technical(f"Edusign answered {response.status_code} without its envelope", sent=True)
    if envelope["status"] == "success":
        return envelope.get("result")
    message = envelope.get("message") or envelope.get("errorCode") or "no reason given"
    raise Rejected("; ".join(map(str, message)) if isinstance(message, list) else str(message))
