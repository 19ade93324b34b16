"""The sandbox as a web application.

Keys, envelope, faults, slow-down, request log, and a door for looking and playing.
"""

from __future__ import annotations

import time
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, jsonify, request
from werkzeug.http import http_date

from edusync.sandbox.edusign.admin import admin_routes
from edusync.sandbox.edusign.batches import batch_routes
from edusync.sandbox.edusign.book import Book
from edusync.sandbox.edusign.course_routes import course_routes
from edusync.sandbox.edusign.courses import Courses
from edusync.sandbox.edusign.errors import Absent, Refusal
from edusync.sandbox.edusign.faults import Faults, afterwards, instead
from edusync.sandbox.edusign.group_routes import group_routes
from edusync.sandbox.edusign.people import people_routes
from edusync.sandbox.edusign.throttle import HEAVY, PER_MINUTE, SlowDown
from edusync.sandbox.edusign.webhooks import webhook_routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.exceptions import HTTPException

API_KEY = "sandbox-key"
_APIS = ("/v1", "/v3")


def create_app(
    book: Book | None = None, *, api_key: str = API_KEY, per_minute: int = PER_MINUTE
) -> Flask:
    """Return the sandbox.

    It answers under /v1 and /v3 like Edusign, and under /_sandbox for people.
    """
    book = book or Book()
    courses, faults, slow = Courses(book), Faults(), SlowDown(per_minute)
    heavy = SlowDown(per_minute // HEAVY)
    app = Flask("edusync-sandbox-edusign")
    app.url_map.strict_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    app.extensions["edusync"] = {"book": book, "faults": faults, "courses": courses}
    for routes in (people_routes(book), course_routes(book, courses), group_routes(book)):
        app.register_blueprint(routes, url_prefix="/v1")
    app.register_blueprint(batch_routes(book, courses), url_prefix="/v3")
    for routes in (admin_routes(book, courses, faults), webhook_routes(book)):
        app.register_blueprint(routes, url_prefix="/_sandbox")

    @app.before_request
    def enter() -> Response | None:
        if not request.path.startswith(_APIS):
            return None
        is_heavy = request.path.startswith("/v3")
        time.sleep(slow.delay() + (heavy.delay() if is_heavy else 0))
        book.requests.append(
            {
                "verb": request.method,
                "path": request.full_path.rstrip("?"),
                "body": request.get_json(silent=True),
            }
        )
        if request.headers.get("Authorization") != f"Bearer {api_key}":
            return Response("Unauthorized", 401, content_type="text/plain")
        if is_heavy and not book.habits.v3:
            return Response("Not Found", 404, content_type="text/plain")
        faults.before(request.method, request.path)
        g.fault = faults.of(request.method, request.path)
        if g.fault is not None and g.fault.kind == "late":
            return _late(app, partial(faults.sleep, g.fault.seconds))
        if g.fault is not None and (answer := instead(g.fault)) is not None:
            return answer
        book.lock.acquire()
        g.locked = True
        return None

    @app.after_request
    def leave(answer: Response) -> Response:
        answer.headers["Date"] = http_date(book.clock())
        if request.path.startswith(_APIS) and request.method != "GET":
            book.save()
        if g.pop("locked", False):
            book.lock.release()
            faults.after(request.method, request.path)
            if g.get("fault") is not None:
                return afterwards(g.fault, answer)
        return answer

    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> tuple[Any, int]:
        message = refusal.message
        if isinstance(refusal, Absent) and book.habits.not_found is not None:
            message = book.habits.not_found
        return {"status": "error", "message": message, "errorCode": "ERROR"}, 200

    @app.errorhandler(404)
    @app.errorhandler(405)
    def nothing(_error: HTTPException) -> Response:
        return Response("Not Found", 404, content_type="text/plain")

    envelope(app)
    return app


def envelope(app: Flask) -> None:
    """Wrap what the routes of the API return into `{"status": "success", "result": …}`."""
    make_response = app.make_response

    def wrapped(value: Any) -> Response:
        if request.path.startswith("/v1") and not isinstance(value, Response | tuple):
            value = jsonify({"status": "success", "result": value})
        return make_response(value)

    app.make_response = wrapped  # type: ignore[assignment, method-assign]  # the one place where an answer gets its envelope


def _late(app: Flask, wait: Callable[[], None]) -> Response:
    """Answer with a time-out now and do the work later: the trap that the grace time is for."""
    environ = dict(request.environ)
    body = request.get_data()

    def work() -> None:
        wait()
        with app.test_client() as client:
            client.open(
                environ["PATH_INFO"],
                method=environ["REQUEST_METHOD"],
                query_string=environ["QUERY_STRING"],
                data=body,
                headers={
                    "Authorization": environ["HTTP_AUTHORIZATION"],
                    "Content-Type": environ.get("CONTENT_TYPE", ""),
                },
            )

    Thread(target=work, daemon=True).start()
    return Response("Gateway Timeout", 504, content_type="text/plain")
