"""How the ERP is talked to: transports, their limits, what is sent with every call."""

from __future__ import annotations

from werkzeug.wrappers import Request, Response

from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, School, check
from tests.contract.scenes.wires import OVER, SITE, laid, rows, says, things

_T = "transport"


def elsewhere(path: str, word: str = "next") -> Act:
    """Return what lets a list go on at an address of another host, which is ours."""

    def lay(school: School) -> None:
        port = school.url.rpartition(":")[2]
        link = f"http://localhost:{port}{path}"
        school.rows["/things"] = {"rows": [{"id": 1, "name": "A"}], word: link}
        school.rows[path] = {"rows": [{"id": 2, "name": "B"}]}

    return lay


def _elsewhere(school: School) -> None:
    """Name the other host where the spec does, and bring the planning down."""
    port = school.url.rpartition(":")[2]
    for word in ("hosts", "inner_hosts"):
        if word in school.spec[_T]:
            school.spec[_T][word] = [f"localhost:{port}"]
    school.sync()
    school.seen.more = [str(one).replace(port, "PORT") for one in school.seen.more]


def of_the_web(wire: str) -> dict[Pair, Scene]:
    """Return how the keys are shown that HTTP and SOAP share."""
    place, over, site = f"transport({wire})", OVER[wire], SITE[wire]
    answer = '<r><row id="1" name="A"/></r>'
    xml = rows(things=lambda _request: Response(answer, content_type="text/xml"))
    http = laid(over, rows(things=[{"id": 1, "name": "A"}]))
    on = {"items": "rows", "paging": {"kind": "next_url", "path": "next"}}
    paged = laid(http, things({"get": f"{site}/things", **on}), elsewhere("/more"))
    return {
        (place, "answer"): Scene(
            laid(http, xml, things({"get": f"{site}/things", "items": "row[]"})),
            (_T, "answer"),
            "xml",
        ),
        (place, "auth"): Scene(http, (_T, "auth"), {"send": {"headers": {"X-Key": "1"}}}),
        (place, "calls"): Scene(
            laid(http, things({"call": "one"})),
            (_T, "calls"),
            {"one": {"get": f"{site}/things"}},
            {"one": {"get": f"{site}/others"}},
        ),
        (place, "headers"): Scene(http, (_T, "headers"), {"X-A": "1"}),
        (place, "hosts"): Scene(paged, (_T, "hosts"), ["x"], act=_elsewhere),
        (place, "inner_hosts"): Scene(paged, (_T, "inner_hosts"), ["x"], act=_elsewhere),
        (place, "lists"): Scene(
            laid(http, things({"get": f"{site}/things", "query": {"d": "{{ window.days }}"}})),
            (_T, "lists"),
            "repeat",
        ),
        (place, "shape"): Scene(
            laid(
                http,
                rows(things={"7": {"name": "A"}}),
                things({"get": f"{site}/things"}, on="name"),
            ),
            (_T, "shape"),
            "keyed",
        ),
        (place, "probe"): Scene(http, (_T, "probe"), {"get": f"{site}/learners"}, act=check),
        (place, "ca"): Scene(http, (_T, "ca"), "nowhere.pem"),
        (place, "proxy"): Scene(http, (_T, "proxy"), "http://127.0.0.1:1"),
        (place, "limits"): Scene(http, (_T, "limits"), {"read": "7s"}),
        (place, "answers"): Scene(
            http, (_T, "answers"), [{"when": "answer.status == 200", "then": "fail"}]
        ),
        (place, "assumed"): Scene(http, (_T, "assumed"), "Nobody has said so.", act=_page),
    }


def _page(school: School) -> None:
    school.instance()
    school.seen.more.append(school.seen.page)


def _many(school: School) -> None:
    """Ask for each lesson by itself, several at a time."""
    school.spec["resources"]["things"] = {
        "get": school.spec["resources"]["things"]["get"],
        "query": {"id": "{{ parent }}"},
        "for_each": {"values": "lessons.id"},
        "key": "id",
    }
    school.rows["/things"] = lambda request: [{"id": request.args["id"], "name": "A"}]


def _by_batch(school: School) -> None:
    """Ask with twenty long ids at once."""
    where = school.spec["resources"]["things"]["get"]
    school.spec["resources"] |= {
        "many": {"get": where.replace("things", "many"), "key": "id"},
        "things": {
            "get": where,
            "query": {"id": "{{ batch | join(',') }}"},
            "for_each": {"values": "many.id", "batch": 20},
            "key": "id",
        },
    }
    school.rows |= {"/many": [{"id": f"{n:060}"} for n in range(20)], "/things": []}


def _long(school: School) -> None:
    body = b"[" + b" " * 2_000_000 + b"]"
    school.rows["/things"] = lambda _request: Response(body, content_type="application/json")


def _busy(_request: Request) -> Response:
    return Response("{}", 503, content_type="application/json")


def limits() -> dict[Pair, Scene]:
    """Return how the keys of limits are shown."""
    found: dict[Pair, Scene] = {}
    for wire in ("http", "soap"):
        place, route = f"limits({wire})", (_T, "limits")
        one = laid(OVER[wire], things({"get": f"{SITE[wire]}/things"}))
        lay, many = laid(one, rows(things=[{"id": 1, "name": "A"}])), laid(one, _many)
        found |= {
            (place, "connect"): Scene(lay, (*route, "connect"), "7s"),
            (place, "read"): Scene(lay, (*route, "read"), "7s"),
            (place, "body"): Scene(laid(lay, _long), (*route, "body"), "1MB"),
            (place, "per_second"): Scene(lay, (*route, "per_second"), 5),
            (place, "at_once"): Scene(many, (*route, "at_once"), 2),
            (place, "tries"): Scene(laid(lay, rows(things=_busy)), (*route, "tries"), 2),
            (place, "url_length"): Scene(laid(one, _by_batch), (*route, "url_length"), 600),
        }
    return found


def signed(wire: str) -> dict[Pair, Scene]:
    """Return how the keys of what is sent with every call are shown."""
    place, route, over = f"auth.send({wire})", (_T, "auth", "send"), OVER[wire]
    who = {"username": "u", "password": "p"}
    call = {"soap": "Planning.Login"} if wire == "soap" else {"post": "/login"}
    leave = {"soap": "Planning.Logout"} if wire == "soap" else {"post": "/logout"}
    read = {"read": {"token": "token"}}
    token = {"login": [call | read]}
    sent = {"send": {"headers": {"X-Token": "{{ auth.token }}"}}}
    answers = rows(login={"token": "one"})
    has = laid(over, answers, says(token | sent, _T, "auth"))
    auth = f"auth(steps, {wire})"
    scenes = {
        (place, "basic"): Scene(over, (*route, "basic"), who),
        (place, "headers"): Scene(over, (*route, "headers"), {"X-A": "1"}),
        (place, "query"): Scene(over, (*route, "query"), {"t": "1"}),
        (place, "cookies"): Scene(over, (*route, "cookies"), {"c": "1"}),
        (auth, "kind"): Scene(over, (_T, "auth", "kind"), "steps", "another", only=True),
        (auth, "send"): Scene(over, route, {"headers": {"X-A": "1"}}),
        (auth, "sign"): Scene(over, (_T, "auth", "sign"), {"function": "signed"}),
        (auth, "login"): Scene(has, (_T, "auth", "login"), token["login"], [call | read, call]),
        (auth, "logout"): Scene(has, (_T, "auth", "logout"), leave),
    }
    if wire == "http":
        scenes |= {
            ("auth.send.basic", "username"): Scene(
                over, (*route, "basic"), who, {**who, "username": "v"}
            ),
            ("auth.send.basic", "password"): Scene(
                over, (*route, "basic"), who, {**who, "password": "q"}
            ),
            ("auth.sign", "function"): Scene(
                over, (_T, "auth", "sign"), {"function": "signed"}, {"function": "shouts"}
            ),
            ("auth.sign", "arguments"): Scene(
                laid(over, says({"function": "shouts"}, _T, "auth", "sign")),
                (_T, "auth", "sign", "arguments"),
                {"word": "X"},
            ),
        }
    return scenes


def others() -> dict[Pair, Scene]:
    """Return how the keys of databases and folders are shown."""
    nowhere = {"url": "postgresql://127.0.0.1:1/erp"}
    sftp = {"url": "sftp://user:p@erp.example/out"}
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJWFcbeAcmI7a24Ncjw2KxJKiaVzeFvBCyK2QPBC/wya"
    sql, files = OVER["sql"], OVER["files"]
    many = {"sql": "select * from things where id = :id", "values": {"id": "{{ parent }}"}}
    some = {"file": "things-{{ parent }}.json", "for_each": {"values": "lessons.id"}}

    def connected(to: dict[str, str]) -> Act:
        return lambda school: school.connector.update(connection=to)

    def large(school: School) -> None:
        body = b"[" + b" " * 2_000_000 + b"]"
        (school.folder / "erp" / "things.json").write_bytes(body)

    def csv(school: School) -> None:
        for name, text in {"things": "id;name\n1;A\n", "lessons": "id\n"}.items():
            (school.folder / "erp" / f"{name}.csv").write_text(text, encoding="utf-8")

    return {
        ("transport(sql)", "kind"): _kind("sql"),
        ("transport(sql)", "limits"): Scene(
            laid(sql, connected(nowhere)), (_T, "limits"), {"connect": "3s"}
        ),
        ("limits(sql)", "connect"): Scene(
            laid(sql, connected(nowhere)), (_T, "limits", "connect"), "3s"
        ),
        ("limits(sql)", "read"): Scene(
            laid(sql, connected({"url": "mariadb://u:p@127.0.0.1:1/x"})),
            (_T, "limits", "read"),
            "7s",
        ),
        ("limits(sql)", "at_once"): Scene(
            laid(sql, things(many | {"for_each": {"values": "lessons.id"}})),
            (_T, "limits", "at_once"),
            2,
        ),
        ("transport(files)", "kind"): _kind("files"),
        **{
            (f"transport({wire})", "assumed"): Scene(
                OVER[wire], (_T, "assumed"), "Nobody has said so.", act=_page
            )
            for wire in ("sql", "files")
        },
        ("transport(sql)", "probe"): Scene(
            sql, (_T, "probe"), {"sql": "select * from none"}, act=check
        ),
        ("transport(files)", "probe"): Scene(files, (_T, "probe"), {"file": "no.json"}, act=check),
        ("transport(files)", "answer"): Scene(
            laid(files, csv, things({"file": "things.*"})), (_T, "answer"), "csv"
        ),
        ("transport(files)", "shape"): Scene(files, (_T, "shape"), "one"),
        ("transport(files)", "host_key"): Scene(
            laid(files, connected(sftp)), (_T, "host_key"), key
        ),
        ("transport(files)", "limits"): Scene(
            laid(files, connected(sftp)), (_T, "limits"), {"connect": "3s"}
        ),
        ("limits(files)", "connect"): Scene(
            laid(files, connected(sftp)), (_T, "limits", "connect"), "3s"
        ),
        ("limits(files)", "body"): Scene(
            laid(files, large, things({"file": "things.json"})), (_T, "limits", "body"), "1MB"
        ),
        ("limits(files)", "at_once"): Scene(
            laid(files, things(some)), (_T, "limits", "at_once"), 2
        ),
        ("transport(http)", "kind"): _kind("http"),
        ("transport(soap)", "kind"): _kind("soap"),
    }


def _kind(wire: str) -> Scene:
    """Return that the kind says what may stand beside it."""
    other = {"http": "sql", "soap": "http", "sql": "files", "files": "sql"}[wire]
    return Scene(OVER[wire], (_T, "kind"), wire, other, only=True)


def _all() -> dict[Pair, Scene]:
    """Return how all of them are shown."""
    found: dict[Pair, Scene] = {}
    for wire in ("http", "soap"):
        found |= of_the_web(wire) | signed(wire)
    return found | limits() | others()


SCENES = _all()
