"""Reading an ERP over real sockets: pages of every kind, sign-in, verdicts, limits. The server
refuses what is asked wrongly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Lock
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask, Response, jsonify, request

from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import Answers, names_in_scope
from edusync.engine.read.source import Source, Tools
from edusync.errors import ConfigurationProblem, SourceError
from edusync.model import Window
from edusync.sandbox.serve import serving
from edusync.spec import load_spec
from tests.conftest import NOW

HEAD = """\
edusync: 1
connector: demo
label: Demo
connection: {{url: {{type: url, label: U}}, user: {{type: text, label: N}}, secret: {{type: secret,
    label: S}}}}
options: {{on: {{type: boolean, default: false, label: O}}}}
filters: {{sites: {{item: id, label: F}}}}
transport:
  kind: http
  base_url: "{{{{ connection.url }}}}"
{transport}
formats:
  day: {{kind: date, pattern: iso}}
resources:
{resources}
entities:
  course: {{from: rows, source_id: id, name: name, starts_at: at, ends_at: at}}
"""


class Bench:
    """A Flask server that a test describes, and lists that read it by a spec."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack, self.app, self.lock = stack, Flask("bench"), Lock()
        self.asked: list[str] = []
        self.slept: list[float] = []
        self.app.before_request(self._note)

    def _note(self) -> None:
        with self.lock:
            self.asked.append(unquote(request.full_path.rstrip("?")))

    def lists(
        self,
        resources: str,
        transport: str = "",
        *,
        options: dict[str, Any] | None = None,
        filters: dict[str, tuple[str, ...]] | None = None,
        functions: dict[str, Callable[..., Any]] | None = None,
        expected: dict[str, int] | None = None,
    ) -> Lists:
        address = self.stack.enter_context(serving(self.app))
        text = HEAD.format(
            transport="".join(f"  {line}\n" for line in transport.splitlines()),
            resources="".join(f"  {line}\n" for line in resources.splitlines()),
        )
        spec, document = load_spec(text, "demo.yaml", functions)
        assert spec is not None, [
            (finding.code, str(finding.location), finding.message) for finding in document.findings
        ]
        answers = Answers(
            "main",
            {"url": address, "user": "me", "secret": "canary"},
            options or {"on": False},
            filters or {"sites": ()},
        )
        names = names_in_scope(answers, Window.around(NOW, days=7, days_back=7))
        source = Source(spec, names, Tools(time.monotonic, self.slept.append))
        self.stack.callback(source.close)
        return Lists(spec, source, names, Report("main"), functions or {}, expected=expected)


@pytest.fixture
def bench() -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(stack)


def ids(lists: Lists, name: str = "rows") -> list[Any]:
    return [row["id"] for row in lists.rows(name) if isinstance(row, dict)]


ROWS = [{"id": number} for number in range(1, 8)]


@pytest.mark.parametrize(
    ("resources", "requests"),
    [
        (
            (
                "rows: {get: /number, query: {page: '{{ page.number }}', size: '{{ page.size }}'}, "
                "paging: {kind: number, size: 3, until: short_page}, key: id}"
            ),
            4,
        ),
        (
            (
                "rows: {get: /number, query: {page: '{{ page.number }}', size: '{{ page.size }}'}, "
                "paging: {kind: number, size: 3, until: empty_page}, key: id}"
            ),
            4,
        ),
        (
            (
                "rows: {get: /total, query: {page: '{{ page.number }}', size: '{{ page.size }}'}, "
                "items: rows, paging: {kind: number, size: 3, until: {total: total}}, key: id}"
            ),
            3,
        ),
        (
            (
                "rows: {get: /offset, query: {at: '{{ page.offset }}', size: '{{ page.size }}'}, "
                "paging: {kind: offset, size: 3, until: short_page}, key: id}"
            ),
            4,
        ),
        (
            (
                "rows: {get: /cursor, query: {after: '{{ page.cursor }}'}, items: rows, paging: "
                "{kind: "
                "cursor, next: next, more: more}, key: id}"
            ),
            3,
        ),
        ("rows: {get: /linked, paging: {kind: next_url, header: Link}, key: id}", 3),
        ("rows: {get: /nested, items: rows, paging: {kind: next_url, path: next}, key: id}", 3),
        (
            (
                "rows: {get: /keyset, query: {after: '{{ page.last }}', size: '{{ page.size }}'}, "
                "paging: {kind: keyset, after: id, size: 3}, key: id}"
            ),
            4,
        ),
    ],
)
def test_every_page_is_read_once_and_in_order(bench: Bench, resources: str, requests: int) -> None:
    def part(start: int, size: int = 3) -> list[dict[str, int]]:
        return ROWS[start : start + size]

    @bench.app.get("/number")
    def number() -> Response:
        return jsonify(part((int(request.args["page"]) - 1) * int(request.args["size"])))

    @bench.app.get("/total")
    def total() -> Response:
        time.sleep(0.03 if request.args["page"] == "2" else 0)
        return jsonify(
            {
                "total": len(ROWS),
                "rows": part((int(request.args["page"]) - 1) * int(request.args["size"])),
            }
        )

    @bench.app.get("/offset")
    def offset() -> Response:
        return jsonify(part(int(request.args["at"])))

    @bench.app.get("/cursor")
    def cursor() -> Response:
        start = int(request.args.get("after", 0))
        return jsonify({"rows": part(start), "next": start + 3, "more": start + 3 < len(ROWS)})

    @bench.app.get("/linked")
    def linked() -> Response:
        start = int(request.args.get("s", 0))
        answer = jsonify(part(start))
        if start + 3 < len(ROWS):
            answer.headers["Link"] = f'</linked?s={start + 3}>; rel="next", </linked>; rel="first"'
        return answer

    @bench.app.get("/nested")
    def nested() -> Response:
        start = int(request.args.get("s", 0))
        return jsonify(
            {
                "rows": part(start),
                "next": f"{request.host_url}nested?s={start + 3}"
                if start + 3 < len(ROWS)
                else None,
            }
        )

    @bench.app.get("/keyset")
    def keyset() -> Response:
        return jsonify(
            [row for row in ROWS if row["id"] > int(request.args.get("after", 0))][
                : int(request.args["size"])
            ]
        )

    lists = bench.lists(resources)
    assert (ids(lists), lists.is_whole("rows"), len(bench.asked)) == (
        [1, 2, 3, 4, 5, 6, 7],
        True,
        requests,
    )


def test_pages_with_a_total_are_fetched_at_once(bench: Bench) -> None:
    together, most = 0, 0

    @bench.app.get("/total")
    def total() -> Response:
        nonlocal together, most
        with bench.lock:
            together += 1
            most = max(most, together)
        time.sleep(0.05)
        with bench.lock:
            together -= 1
        page = int(request.args["page"])
        return jsonify({"total": 8, "rows": [{"id": page}]})

    lists = bench.lists(
        "rows: {get: /total, query: {page: '{{ page.number }}'}, items: rows, paging: {kind: "
        "number, until: {total: total}}, key: id}",
        "limits: {at_once: 4}",
    )
    assert (ids(lists), most > 1, most <= 4) == ([1, 2, 3, 4, 5, 6, 7, 8], True, True)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda: jsonify({"total": 3, "rows": []}), "CONN_TOTAL_MISSED"),
        (lambda: jsonify({"total": "many", "rows": [{"id": 1}]}), "CONN_UNEXPECTED_SHAPE"),
        (lambda: jsonify({"total": 2, "rows": {"id": 1}}), "CONN_UNEXPECTED_SHAPE"),
        (lambda: jsonify({"total": 2}), "CONN_UNEXPECTED_SHAPE"),
        (lambda: Response("<!doctype html><p>Log in", content_type="text/html"), "CONN_NOT_JSON"),
        (lambda: Response('{"rows": [', content_type="application/json"), "CONN_TRUNCATED"),
        (lambda: Response("x" * 3000, content_type="text/plain"), "CONN_TOO_LARGE"),
        (lambda: Response("", 302, {"Location": "http://elsewhere.example/"}), "CONN_REDIRECTED"),
        (lambda: Response("no", 500), "CONN_CALL_FAILED"),
        (lambda: Response("slow down", 429), "CONN_CALL_FAILED"),
    ],
)
def test_answer_that_cannot_be_used_leaves_the_list_unknown(
    bench: Bench, answer: Callable[[], Response], code: str
) -> None:
    bench.app.add_url_rule("/rows", "rows", answer)
    lists = bench.lists(
        "rows: {get: /rows, query: {page: '{{ page.number }}'}, items: rows, paging: "
        "{kind: number, "
        "until: {total: total}}, key: id}",
        "limits: {body: 2kB}",
    )
    rows = ids(lists)
    assert (lists.is_whole("rows"), {outcome.code for outcome in lists.report.outcomes}) == (
        False,
        {code},
    ), rows
    assert "canary" not in str(lists.report.outcomes)


@pytest.mark.fault("F12")
def test_page_that_repeats_itself_is_no_end(bench: Bench) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify([{"id": 1}]))
    lists = bench.lists(
        "rows: {get: /rows, query: {page: '{{ page.number }}'}, paging: {kind: number, until: "
        "empty_page}}"
    )
    assert (ids(lists), lists.report.outcomes[0].code) == ([1], "CONN_PAGE_REPEATED")


@pytest.mark.fault("F21")
@pytest.mark.parametrize("url", ["http://elsewhere.example/rows", "http://["])
def test_next_page_on_another_host_is_not_followed(bench: Bench, url: str) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify({"rows": [{"id": 1}], "next": url}))
    lists = bench.lists(
        "rows: {get: /rows, items: rows, paging: {kind: next_url, path: next}, key: id}"
    )
    assert (ids(lists), lists.report.outcomes[0].code) == ([1], "CONN_REDIRECTED")


def test_what_is_no_url_is_on_no_host_of_ours(bench: Bench) -> None:
    source = bench.lists("rows: {get: /rows, key: id}").source
    assert isinstance(source, Source)
    client = source.client
    assert [
        client.same_host(url)
        for url in ("/rows", f"{client.base_url}/rows", "http://elsewhere.example/rows", "http://[")
    ] == [True, True, False, False]


@pytest.mark.fault("F19")
def test_busy_server_is_waited_for_as_long_as_it_says(bench: Bench) -> None:
    answers = iter(
        [
            Response("", 429, {"Retry-After": "7"}),
            Response("", 503, {"Retry-After": "99999"}),
            jsonify_later(),
        ]
    )
    bench.app.add_url_rule("/rows", "rows", lambda: next(answers))
    lists = bench.lists("rows: {get: /rows, key: id}")
    assert (ids(lists), bench.slept) == ([1], [7.0, 300.0])


def jsonify_later() -> Response:
    return Response('[{"id": 1}]', content_type="application/json")


def test_unreachable_server_stops_the_run(bench: Bench) -> None:
    lists = bench.lists("rows: {get: 'http://127.0.0.1:9/rows', key: id}", "hosts: ['127.0.0.1:9']")
    with pytest.raises(SourceError) as stopped:
        ids(lists)
    assert stopped.value.code == "CONN_NETWORK_BLOCKED"


LOGIN = """\
auth:
  login:
    - {post: /login, json: {user: "{{ connection.user }}", password: "{{ connection.secret }}"},
        read: {token: token, side: header.X-Side}}
  lasts: 1h
  send: {headers: {X-Token: "{{ auth.token }}"}, query: {side: "{{ auth.side }}"},
      cookies: {c: "{{ auth.token }}"}}
  logout: {delete: /login}"""


@pytest.mark.fault("F22")
def test_sign_in_is_made_once_renewed_once_and_each_session_is_closed(bench: Bench) -> None:
    given: list[str] = []
    left: list[str] = []

    @bench.app.post("/login")
    def login() -> tuple[Response, int, dict[str, str]]:
        assert request.get_json() == {"user": "me", "password": "canary"}
        given.append(f"t{len(given)}")
        return jsonify({"token": given[-1]}), 200, {"X-Side": "left"}

    @bench.app.delete("/login")
    def logout() -> Response:
        left.append(request.headers["X-Token"])
        return Response("", 204)

    @bench.app.get("/rows")
    def rows() -> tuple[Response, int] | Response:
        if (
            request.headers.get("X-Token") != "t1"
            or request.args["side"] != "left"
            or request.cookies["c"] != "t1"
        ):
            return jsonify({"expired": True}), 401
        return jsonify({"rows": [{"id": int(request.args["page"])}], "total": 6})

    lists = bench.lists(
        "rows: {get: /rows, query: {page: '{{ page.number }}'}, items: rows, paging: "
        "{kind: number, "
        "until: {total: total}}, key: id}",
        LOGIN,
    )
    assert ids(lists) == [1, 2, 3, 4, 5, 6]
    lists.source.close()
    assert (given, left) == (["t0", "t1"], ["t0", "t1"])


@pytest.mark.fault("F22")
@pytest.mark.parametrize(
    "answer", [lambda: ("no", 401), lambda: ("no", 403), lambda: jsonify({"hello": 1})]
)
def test_refused_sign_in_stops_the_run(bench: Bench, answer: Callable[[], Any]) -> None:
    bench.app.add_url_rule("/login", "login", answer, methods=["POST"])
    with pytest.raises(SourceError) as stopped:
        ids(bench.lists("rows: {get: /rows, key: id}", LOGIN))
    assert (stopped.value.code, "canary" in str(stopped.value)) == ("CONN_AUTH_FAILED", False)


@pytest.mark.parametrize(
    "transport",
    [
        (
            'auth: {send: {basic: {username: "{{ connection.user }}", password: "{{ '
            'connection.secret }}"}}}'
        ),
        'auth: {send: {query: {key: "{{ connection.secret }}"}}}',
        'auth: {send: {headers: {X-Key: "{{ connection.secret }}"}}}',
        'headers: {X-Key: "{{ connection.secret }}"}',
    ],
)
def test_static_sign_in_goes_where_the_spec_says(bench: Bench, transport: str) -> None:
    @bench.app.get("/rows")
    def rows() -> tuple[str, int] | Response:
        basic = request.authorization
        given = (
            request.args.get("key")
            or request.headers.get("X-Key")
            or (basic.password if basic else None)
        )
        return jsonify([{"id": 1}]) if given == "canary" else ("no", 401)

    assert ids(bench.lists("rows: {get: /rows, key: id}", transport)) == [1]


def test_verdict_table_decides_before_the_built_in_lines(bench: Bench) -> None:
    answers = iter([jsonify_error("busy"), jsonify_error("none")])
    bench.app.add_url_rule("/rows", "rows", lambda: next(answers))
    transport = (
        'answers:\n  - {when: answer.body.error == "busy", then: wait}\n  - {when: '
        'answer.body.error == "none", then: empty}'
    )
    lists = bench.lists("rows: {get: /rows, items: rows, key: id}", transport)
    assert (list(lists.rows("rows")), lists.report.outcomes) == (
        [],
        [],
    )  # no rows, and that is a complete answer


def jsonify_error(word: str) -> Response:
    return Response(f'{{"error": "{word}"}}', content_type="application/json")


def test_failure_takes_its_code_and_words_from_the_verdict(bench: Bench) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify_error("down for the night"))
    lists = bench.lists(
        "rows: {get: /rows, key: id}",
        "answers: [{when: answer.body.error, then: fail, code: CONN_ERP_ACCESS_NOT_OPENED, "
        "message: "
        "'ERP: {{ answer.body.error }}'}]",
    )
    assert [
        (outcome.code, outcome.detail)
        for outcome in (list(lists.rows("rows")), lists.report.outcomes)[1]
    ] == [("CONN_ERP_ACCESS_NOT_OPENED", "ERP: down for the night")]


@pytest.mark.parametrize(
    ("body", "shape", "found"),
    [
        ([{"id": 1}], "list", [1]),
        ({"a": {"id": 1}}, "keyed", [1]),
        ([], "keyed", []),
        ({"id": 1}, "one", [1]),
        ({"a": {"id": 1}}, "list_or_keyed", [1]),
        ([{"id": 1}], "list_or_keyed", [1]),
        ({"id": 1}, "list_or_one", [1]),
        ([{"id": 1}], "list_or_one", [1]),
        (None, "list", []),
    ],
)
def test_rows_come_in_their_shape(bench: Bench, body: Any, shape: str, found: list[int]) -> None:
    bench.app.add_url_rule(
        "/rows",
        "rows",
        lambda: Response(__import__("json").dumps(body), content_type="application/json"),
    )
    lists = bench.lists(f"rows: {{get: /rows, shape: {shape}, key: id}}")
    assert (ids(lists), lists.is_whole("rows")) == (found, True)


@pytest.mark.parametrize(
    ("body", "shape"),
    [({"a": 1}, "list"), ([1], "one"), ("x", "keyed"), ([{"id": 1}], "keyed"), (7, "list_or_one")],
)
def test_rows_in_another_shape_are_refused(bench: Bench, body: Any, shape: str) -> None:
    bench.app.add_url_rule(
        "/rows",
        "rows",
        lambda: Response(__import__("json").dumps(body), content_type="application/json"),
    )
    lists = bench.lists(f"rows: {{get: /rows, shape: {shape}, key: id}}")
    assert (ids(lists), lists.is_whole("rows"), lists.report.outcomes[0].code) == (
        [],
        False,
        "CONN_UNEXPECTED_SHAPE",
    )


def fan(bench: Bench) -> None:
    bench.app.add_url_rule(
        "/groups",
        "groups",
        lambda: jsonify([{"id": 1, "ref": 9}, {"id": 2, "ref": 8}, {"id": 3, "ref": 9}]),
    )
    bench.app.add_url_rule(
        "/groups/<n>/rows",
        "inner",
        lambda n: (
            ("no", 500)
            if n == "2" and request.args.get("bad")
            else jsonify([{"id": f"{n}a"}, {"id": f"{n}b"}])
        ),
    )
    bench.app.add_url_rule(
        "/by", "by", lambda: jsonify([{"id": int(one)} for one in request.args["ids"].split(",")])
    )


def test_fan_out_keeps_the_order_of_the_parents_and_names_them(bench: Bench) -> None:
    fan(bench)
    lists = bench.lists(
        "groups: {get: /groups, key: id}\nrows: {for_each: groups, get: '/groups/{{ groups.id "
        "}}/rows', add: {of: groups.id, near: parent.id}, key: id}"
    )
    assert [
        (row["id"], row["of"], row["near"]) for row in lists.rows("rows") if isinstance(row, dict)
    ] == [("1a", 1, 1), ("1b", 1, 1), ("2a", 2, 2), ("2b", 2, 2), ("3a", 3, 3), ("3b", 3, 3)]


def test_distinct_values_are_asked_for_in_batches(bench: Bench) -> None:
    fan(bench)
    lists = bench.lists(
        "groups: {get: /groups}\nrows: {for_each: {values: groups.ref, batch: 10}, get: "
        "/by, query: "
        "{ids: '{{ batch }}'}, key: id}"
    )
    assert (ids(lists), bench.asked) == ([9, 8], ["/groups", "/by?ids=9,8"])


@pytest.mark.parametrize(
    ("policy", "found"), [("stop", ["1a", "1b"]), ("skip", ["1a", "1b", "3a", "3b"])]
)
def test_failing_call_of_a_fan_out_leaves_the_list_unknown(
    bench: Bench, policy: str, found: list[str]
) -> None:
    fan(bench)
    lists = bench.lists(
        f"groups: {{get: /groups, key: id}}\nrows: {{for_each: groups, get: '/groups/{{{{ "
        "groups.id "
        f"}}}}/rows', query: {{bad: 1}}, failing_call: {policy}, key: id}}"
    )
    assert (ids(lists), lists.is_whole("rows")) == (found, False)


def test_optional_list_that_is_forbidden_is_unknown_and_says_so(bench: Bench) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: ("no", 403))
    lists = bench.lists("rows: {get: /rows, optional: true, key: id}")
    assert (ids(lists), lists.is_whole("rows"), lists.report.outcomes[0].code) == (
        [],
        False,
        "CONN_OPTIONAL_FORBIDDEN",
    )


def test_needed_list_that_is_forbidden_stops_the_run(bench: Bench) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: ("no", 403))
    with pytest.raises(SourceError) as stopped:
        ids(bench.lists("rows: {get: /rows, key: id}"))
    assert stopped.value.code == "CONN_ERP_ACCESS_NOT_OPENED"


def test_list_switched_off_is_whole_and_asks_nothing(bench: Bench) -> None:
    lists = bench.lists("rows: {when: options.on, get: /rows, key: id}")
    assert (ids(lists), lists.is_whole("rows"), bench.asked) == ([], True, [])


@pytest.mark.parametrize(
    ("same", "found", "whole"),
    [("report", [1, 2], False), ("first", [1, 2], True), ("{gather: {rooms: room}}", [1, 2], True)],
)
def test_row_met_twice_does_what_the_spec_says(
    bench: Bench, same: str, found: list[int], whole: bool
) -> None:
    bench.app.add_url_rule(
        "/rows",
        "rows",
        lambda: jsonify([{"id": 1, "room": "a"}, {"id": 2, "room": "b"}, {"id": 1, "room": "c"}]),
    )
    lists = bench.lists(f"rows: {{get: /rows, key: id, same_key: {same}}}")
    rows = [row for row in lists.rows("rows") if isinstance(row, dict)]
    assert ([row["id"] for row in rows], lists.is_whole("rows"), rows[0].get("rooms")) == (
        found,
        whole,
        ["a", "c"] if "gather" in same else None,
    )


def test_single_list_needs_exactly_one_row(bench: Bench) -> None:
    bench.app.add_url_rule("/years", "years", lambda: jsonify([{"id": 1}, {"id": 2}]))
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify([]))
    with pytest.raises(ConfigurationProblem) as stopped:
        ids(
            bench.lists(
                "years: {get: /years, key: id, single: CONF_YEAR_MISMATCH}\nrows: {get: /rows, "
                "query: {year: '{{ the.years.id }}'}, key: id}"
            )
        )
    assert stopped.value.code == "CONF_YEAR_MISMATCH"


def test_column_names_with_dots_are_renamed_at_the_door(bench: Bench) -> None:
    sent = [{"id.Événement": 1, "nom.Événement": "Droit", "date": "2026-03-16", "other": 2}]
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify(sent))
    lists = bench.lists(
        "rows: {get: /rows, columns: {id: id.Événement, name: nom.Événement, at: date}, key: id}"
    )
    assert list(lists.rows("rows")) == [{"id": 1, "name": "Droit", "at": "2026-03-16"}]


def test_name_that_the_row_owns_is_refused(bench: Bench) -> None:
    bench.app.add_url_rule(
        "/rows", "rows", lambda: jsonify([{"id": 1, "inner": [{"id": 2, "parent": "mine"}]}])
    )
    with pytest.raises(ConfigurationProblem) as stopped:
        ids(bench.lists("outer: {get: /rows, key: id}\nrows: {from: outer, items: inner, key: id}"))
    assert stopped.value.code == "SPEC_NAME_CLASH"


def test_look_ups_go_both_ways_and_choose(bench: Bench) -> None:
    bench.app.add_url_rule(
        "/rows",
        "rows",
        lambda: jsonify([{"id": 1, "code": "7"}, {"id": 2, "code": 8}, {"id": 3, "code": 99}]),
    )
    bench.app.add_url_rule(
        "/people",
        "people",
        lambda: jsonify(
            [
                {"n": 7, "of": 1, "rank": 2},
                {"n": 8, "of": 1, "rank": 1},
                {"n": 9, "of": 2, "rank": 1},
            ]
        ),
    )
    lists = bench.lists(
        "people: {get: /people, key: n}\nrows: {get: /rows, key: id, add: {one: {look_up: people, "
        "by: code, take: rank}, all: {look_up_all: people, by: id, on: of, take: n}, "
        "last: {look_up: people, by: id, on: of, last_by: rank, take: n, missing: ok}, some: "
        "{look_up_all: people, by: id, on: of, where: theirs.rank == 1, take: n}}}"
    )
    rows = [
        (row["one"], row["all"], row["last"], row["some"])
        for row in lists.rows("rows")
        if isinstance(row, dict)
    ]
    assert rows == [(2, [7, 8], 7, [8]), (1, [9], 9, [9]), (None, [], None, [])]
    missing = [(outcome.code, outcome.source_id) for outcome in lists.report.outcomes]
    assert ("DOWN_REFERENCE_MISSING", "99") in missing


def test_look_up_into_an_unknown_list_is_unknown_not_empty(bench: Bench) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify([{"id": 1}]))
    bench.app.add_url_rule("/people", "people", lambda: ("no", 500))
    lists = bench.lists(
        "people: {get: /people, key: n}\nrows: {get: /rows, key: id, add: {one: {look_up: people, "
        "by: id}, all: {look_up_all: people, by: id}}}"
    )
    assert [
        (repr(row["one"]), repr(row["all"])) for row in lists.rows("rows") if isinstance(row, dict)
    ] == [("UNKNOWN", "UNKNOWN")]


def test_function_of_a_plugin_makes_a_value(bench: Bench) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify([{"id": 1, "name": "x"}]))
    lists = bench.lists(
        "rows: {get: /rows, key: id, add: {loud: {function: shout, arguments: {word: name}}}}",
        functions={"shout": lambda word: word.upper() + "!"},
    )
    assert [row["loud"] for row in lists.rows("rows") if isinstance(row, dict)] == ["X!"]


@pytest.mark.parametrize(
    ("style", "query"),
    [
        ("comma", "s=1,2"),
        ("repeat", "s=1&s=2"),
        ("brackets", "s[]=1&s[]=2"),
        ("indexed", "s[0]=1&s[1]=2"),
        ("pipe", "s=1|2"),
    ],
)
def test_lists_go_into_the_query_in_the_style_of_the_erp(
    bench: Bench, style: str, query: str
) -> None:
    bench.app.add_url_rule("/rows", "rows", lambda: jsonify([]))
    lists = bench.lists(
        "rows: {get: /rows, query: {s: '{{ filters.sites }}', none: '{{ filters.none_of "
        "}}', empty: "
        "''}, key: id}".replace(", none: '{{ filters.none_of }}'", ""),
        f"lists: {style}",
        filters={"sites": ("1", "2")},
    )
    assert (ids(lists), bench.asked) == ([], [f"/rows?{query}"])


def test_value_in_a_path_stays_one_segment(bench: Bench) -> None:
    bench.app.add_url_rule("/groups", "groups", lambda: jsonify([{"id": "../a b?x"}]))
    bench.app.add_url_rule("/rows/<path:rest>", "rows", lambda rest: jsonify([{"id": rest}]))
    lists = bench.lists(
        "groups: {get: /groups, key: id}\nrows: {for_each: groups, get: '/rows/{{ groups.id "
        "}}', key: id}"
    )
    assert ids(lists) == ["../a b?x"]
