"""/v3: up to 1,000 items a request, each settled by itself (BETA at Edusign).

As documented: how an item is named, the codes of refusals, 200 or 207, and that the same request
within five seconds is carried out once. The shape of the answer is [A].
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, jsonify, request

from edusync.sandbox.edusign.batch_courses import BatchCourses
from edusync.sandbox.edusign.batch_items import BatchItems, ItemRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from edusync.sandbox.edusign.book import Book
    from edusync.sandbox.edusign.courses import Courses
    from edusync.sandbox.edusign.faults import Fault

    Record = dict[str, Any]
    Upsert = Callable[[Record], tuple[Record, bool]]
    Answer = tuple[Response, int]

MOST = 1_000
_DEDUPLICATED = 5.0
_ONE_OF = {
    "students": ("studentId", "externalReferenceId"),
    "professors": ("professorId", "externalReferenceId"),
    "groups": ("externalReferenceId",),
    "courses": ("courseId", "externalReferenceId"),
}


def batch_routes(book: Book, courses: Courses) -> Blueprint:
    """Return the routes of batches."""
    routes = Blueprint("batches", __name__)
    items = BatchItems(book)
    upserts: dict[str, Upsert] = {
        "students": items.student,
        "professors": items.professor,
        "groups": items.group,
        "courses": BatchCourses(book, courses).course,
    }
    recent: dict[tuple[str, bytes], tuple[float, Answer]] = {}

    @routes.post("/<kind>/batch-upsert")
    def batch(kind: str) -> Answer:
        if kind not in upserts:
            return jsonify({"code": "NOT_FOUND"}), 404
        request_key = (kind, request.get_data())
        at, answer = recent.get(request_key, (float("-inf"), None))
        if answer is not None and time.monotonic() - at < _DEDUPLICATED:
            return answer
        answer = _answer(kind, upserts[kind])
        if g.get("fault") is None:
            recent.clear()
            recent[request_key] = time.monotonic(), answer
        return answer

    return routes


def _answer(kind: str, upsert: Upsert) -> Answer:
    """Return what a request is answered with."""
    data = request.get_json(silent=True)
    items = data.get(kind) if isinstance(data, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= MOST:
        message = f"{kind} must hold 1 to {MOST} items"
        return jsonify({"code": "VALIDATION_ERROR", "message": message}), 400
    results = _results(kind, items, upsert)
    failed = sum("error" in one for one in results)
    summary = {"total": len(items), "succeeded": len(results) - failed, "failed": failed}
    return jsonify({"summary": summary, "results": results}), 207 if failed else 200


def _results(kind: str, items: list[Any], upsert: Upsert) -> list[Record]:
    """Do the work, and return what came of each item."""
    fault = g.get("fault")
    identities: set[tuple[str, str]] = set()
    results: list[Record] = []
    for index, item in enumerate(items):
        if fault is not None and fault.kind == "cut_batch" and index >= (len(items) + 1) // 2:
            break  # whoever asks gets no answer
        try:
            _check(kind, item, identities)
            if index % 2 == 0:
                _unless_faulty(fault)
            record, is_new = upsert(item)
        except ItemRefused as refused:
            error = {"code": refused.code, "message": refused.code.replace("_", " ").lower()}
            results.append({"inputIndex": index, "status": "failed", "error": error})
        else:
            status = "created" if is_new else "updated"
            results.append({"inputIndex": index, "status": status, "id": record["ID"]})
    return results


def _unless_faulty(fault: Fault | None) -> None:
    """Refuse an item as a fault says."""
    if fault is not None and fault.kind == "refused_items":
        raise ItemRefused(fault.message)


def _check(kind: str, item: Any, identities: set[tuple[str, str]]) -> None:
    """Refuse what is no item, and one that stands in the request already."""
    if not isinstance(item, dict):
        raise ItemRefused("VALIDATION_ERROR")
    mine = {(name, str(item[name])) for name in _ONE_OF[kind] if item.get(name)}
    if not identities.isdisjoint(mine):
        raise ItemRefused("DUPLICATE_IN_REQUEST")
    identities |= mine
