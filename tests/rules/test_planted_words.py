"""Mistakes in words that strangers' systems asked for, planted in shipped specs and examples, are
found at the character that is wrong (‣), with a hint that names the remedy.
"""

from __future__ import annotations

import pytest

from edusync.registry import Registry
from tests.rules.test_planted import assert_found

SIGN = """\
    sign: {headers: {X: "{{ … }}"}}
    send:
"""
PLANTED = [
    # verbs, and what may be repeated
    (
        "ypareo",
        "get: /sites",
        "‣method: GET, path: /sites",
        "SPEC_WRONG_VALUE",
        "write 'get: /sites'",
    ),
    ("ypareo", "get: /sites", "‣method: REPORT", "SPEC_MISSING_KEY", "path: /calendar"),
    ("ypareo", "get: /sites", "method: ‣report, path: /sites", "SPEC_WRONG_VALUE", None),
    ("ypareo", "get: /sites", "get: /sites, ‣path: /a", "SPEC_MISSING_KEY", "method: REPORT"),
    ("ypareo", "get: /sites", "get: /sites, repeat: ‣allways", "SPEC_WRONG_VALUE", "never, safe"),
    (
        "examples/horizon",
        '      json: "{{ line }}"\n',
        '      json: "{{ line }}"\n      ‣repeat: never\n',
        "SPEC_WRONG_VALUE",
        "keep 'in_doubt'",
    ),
    (
        "scform",
        "    values: {premier",
        "    ‣repeat: never\n    values: {premier",
        "SPEC_UNKNOWN_KEY",
        "belongs to a call over HTTP",
    ),
    # members that are empty
    (
        "examples/horizon",
        "      omit_empty: true ",
        "      ‣omit_emty: true ",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'omit_empty'",
    ),
    (
        "examples/horizon",
        "      omit_empty: true ",
        '      omit_empty: ‣"yes" ',
        "SPEC_WRONG_TYPE",
        None,
    ),
    ("ypareo", "get: /sites", "get: /sites, ‣omit_empty: true", "SPEC_NO_EFFECT", "say what is"),
    (
        "scform",
        "    values: {premier",
        "    ‣omit_empty: true\n    values: {premier",
        "SPEC_UNKNOWN_KEY",
        "belongs to a call over HTTP or SOAP",
    ),
    # steps that sign in, signed
    (
        "examples/horizon",
        "    send:\n",
        "    sign: {headers: {X: '{{ request.path }}'}, ‣logins: true}\n    send:\n",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'login'",
    ),
    (
        "ypareo",
        "  auth: {send:",
        '  auth: {sign: {headers: {X: "{{ request.path }}"}, ‣login: true}, send:',
        "SPEC_NO_EFFECT",
        "say how to sign in",
    ),
    # pieces of a text
    (
        "ypareo",
        "get: /sites",
        'post: /sites, text: {text: "{{ each }}", ‣each: a}',
        "SPEC_MISSING_KEY",
        "of: batch",
    ),
    (
        "ypareo",
        "get: /sites",
        'post: /sites, text: {text: "{{ ‣eahc }}", each: "{{ item }}", of: window.days}',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'each'",
    ),
    (
        "ypareo",
        "get: /sites",
        'post: /sites, text: {text: "{{ each }}", each: "{{ ‣line.x }}", of: window.days}',
        "SPEC_UNKNOWN_VARIABLE",
        None,
    ),
    # what signs in may stand anywhere
    (
        "examples/horizon",
        "    get: /lessons\n",
        '    get: "/lessons/{{ auth.‣tokn }}"\n',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'token'",
    ),
    (
        "examples/horizon",
        "      headers: {Authorization",
        "      ‣soap_header: {A: b}\n      headers: {Authorization",
        "SPEC_NO_EFFECT",
        "'headers' or 'query'",
    ),
    (
        "examples/horizon",
        "      headers: {Authorization",
        '      json: {a: "{{ auth.‣tokn }}"}\n      headers: {Authorization',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'token'",
    ),
    (
        "examples/horizon",
        "      headers: {Authorization",
        "      ‣pathh: /a\n      headers: {Authorization",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'path'",
    ),
    (
        "ypareo",
        "get: /sites",
        'get: "/sites/{{ auth.‣token }}"',
        "SPEC_UNKNOWN_VARIABLE",
        None,
    ),
    # SOAP as others speak it
    (
        "hyperplanning",
        "  kind: soap\n",
        "  kind: soap\n  values: ‣lexicale\n",
        "SPEC_WRONG_VALUE",
        "did you mean 'lexical'",
    ),
    (
        "examples/horizon",
        "  kind: http\n",
        "  kind: http\n  ‣values: lexical\n",
        "SPEC_UNKNOWN_KEY",
        "remove it",
    ),
    # signed requests
    (
        "examples/horizon",
        "    send:\n",
        "    ‣sign: {}\n    send:\n",
        "SPEC_MISSING_KEY",
        "X-Signature",
    ),
    (
        "examples/horizon",
        "    send:\n",
        '    sign: {headers: {X-S: "{{ request.‣boddy | hmac(connection.secret) }}"}}\n    send:\n',
        "SPEC_UNKNOWN_VARIABLE",
        "did you mean 'body'",
    ),
    (
        "examples/horizon",
        "    send:\n",
        '    sign: {headers: {X-S: "{{ request.body | ‣hmca(connection.secret) }}"}}\n    send:\n',
        "SPEC_UNKNOWN_FORMAT",
        "did you mean 'hmac'",
    ),
    (
        "examples/horizon",
        "    send:\n",
        '    sign: {headers: {X-S: "{{ request.body | ‣hmac }}"}}\n    send:\n',
        "SPEC_BAD_EXPRESSION",
        "write the arguments",
    ),
    (
        "examples/horizon",
        "    send:\n",
        SIGN.replace("…", "request.body | digest(‣'sha2')"),
        "SPEC_WRONG_VALUE",
        "did you mean 'sha256'",
    ),
    (
        "examples/horizon",
        "    send:\n",
        SIGN.replace("…", "request.body | hmac('k', 'sha1', ‣'hx')"),
        "SPEC_WRONG_VALUE",
        "did you mean 'hex'",
    ),
    (
        "examples/horizon",
        "    send:\n",
        SIGN.replace("…", "('a' | digest('sha1')) ~ ('b' | digest(‣'sha-1'))"),
        "SPEC_WRONG_VALUE",
        "did you mean 'sha1'",
    ),
    (
        "examples/horizon",
        "    send:\n",
        '    sign: {headers: {X-S: "1"}, ‣arguments: {a: b}}\n    send:\n',
        "SPEC_NO_EFFECT",
        "remove it",
    ),
    (
        "examples/horizon",
        "      headers: {Authorization",
        '      cookies: {a: "{{ request.‣body }}"}\n      headers: {Authorization',
        "SPEC_UNKNOWN_VARIABLE",
        None,
    ),
    # rosters without a timetable
    (
        "ammon",
        "rules:\n",
        "rules:\n  people_without_sheet: ‣creat\n",
        "SPEC_WRONG_VALUE",
        "did you mean 'create'",
    ),
    (
        "ammon",
        "rules:\n",
        "rules:\n  ‣people_without_sheets: create\n",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'people_without_sheet'",
    ),
    # paging
    (
        "ammon",
        "until: {total: total}",
        "until: {‣pags: total}",
        "SPEC_UNKNOWN_KEY",
        "did you mean 'pages'",
    ),
    (
        "ammon",
        "until: {total: total}",
        "until: ‣{total: total, more: more}",
        "SPEC_WRONG_VALUE",
        "when an answer says so",
    ),
    ("ammon", "until: {total: total}", "until: ‣last_page", "SPEC_WRONG_VALUE", None),
    # bodies
    (
        "examples/horizon",
        "        form: {grant_type: client_credentials, scope: planning.read}\n",
        '        form: ‣"grant_type=client_credentials"\n',
        "SPEC_WRONG_VALUE",
        "{{ line }}",
    ),
    (
        "examples/horizon",
        '      json: "{{ line }}"\n',
        '      form: ‣"{{ line }}{{ line }}"\n',
        "SPEC_WRONG_VALUE",
        "{{ line }}",
    ),
    # SOAP with WS-Security, and texts as they were written
    ("examples/solfege", "values: lexical ", "values: ‣lexicl ", "SPEC_WRONG_VALUE", "'lexical'"),
    (
        "examples/solfege",
        "last_name: Name\n",
        "last_name: ‣Prénom\n",
        "SPEC_BAD_PATH",
        "write '\"Prénom\"'",
    ),
    (
        "examples/solfege",
        "    soap: SolfegePort.ListSessions\n",
        "    soap: ‣ListSessions\n",
        "SPEC_WRONG_VALUE",
        "as Port.Operation",
    ),
    ("examples/solfege", "arguments: {F", "‣argument: {F", "SPEC_UNKNOWN_KEY", "'arguments'"),
    (
        "examples/solfege",
        "      soap_header: >-",
        "      ‣soap_heder: >-",
        "SPEC_UNKNOWN_KEY",
        "'soap_header'",
    ),
    ("examples/solfege", "request.nonce ~", "request.‣nonse ~", "SPEC_UNKNOWN_VARIABLE", "'nonce'"),
    (
        "examples/solfege",
        "answer.type == 'fault'",
        "answer.‣typ == 'fault'",
        "SPEC_UNKNOWN_VARIABLE",
        "'type'",
    ),
    (
        "examples/solfege",
        "row.cancelled",
        "‣row.canceled",
        "SPEC_PATH_NOT_RECORDED",
        "'cancelled'",
    ),
    (
        "examples/solfege",
        'Mark: "{{ lines }}"',
        'Mark: "{{ ‣line }}"',
        "SPEC_UNKNOWN_VARIABLE",
        "'lines'",
    ),
    ("examples/solfege", "left_at | clock", "left_at | ‣clok", "SPEC_UNKNOWN_FORMAT", "'clock'"),
    (
        "examples/solfege",
        "    key: Number\n",
        "    ‣paging: {kind: number, until: short_page}\n    key: Number\n",
        "SPEC_PAGE_UNUSED",
        "{{ page.number }}",
    ),
    # statements
    (
        "examples/orme",
        'values: {first: "{{ window.first',
        'values: {‣frist: "{{ window.first',
        "SPEC_BAD_STATEMENT",
        "did you mean 'first'",
    ),
    (
        "examples/orme",
        "{when: filters.sites, sql",
        "{when: filters.‣site, sql",
        "SPEC_UNKNOWN_VARIABLE",
        "'sites'",
    ),
    ("examples/orme", "{when: filters", "{‣wen: filters", "SPEC_UNKNOWN_KEY", "'when'"),
    (
        "examples/orme",
        "      values: [session, learner]\n",
        "      values: [session, ‣lerner]\n",
        "SPEC_UNKNOWN_VARIABLE",
        "'learner'",
    ),
    ("examples/orme", "  check:\n", "  ‣checks:\n", "SPEC_UNKNOWN_KEY", "'check'"),
    ("examples/orme", "  trim: true ", "  ‣trimm: true ", "SPEC_UNKNOWN_KEY", "'trim'"),
    (
        "examples/orme",
        "from seats where session in :sessions",
        "from seats where session in (‣{{ batch }})",
        "SPEC_BAD_STATEMENT",
        "write :name there",
    ),
    (
        "examples/orme",
        "on: session, take: learner",
        "on: ‣sessio, take: learner",
        "SPEC_PATH_NOT_RECORDED",
        "'session'",
    ),
    (
        "examples/orme",
        "== 'cancelled'",
        ("== 'canceled'", "‣row.state =="),
        "SPEC_VALUE_NOT_RECORDED",
        "nearly this",
    ),
]


@pytest.mark.parametrize(
    ("spec", "good", "bad", "code", "hint"),
    PLANTED,
    ids=lambda value: value if isinstance(value, str) and value.startswith("SPEC_") else "",
)
def test_planted_mistake_is_found_at_its_character(
    spec: str,
    good: str,
    bad: str | tuple[str, str],
    code: str,
    hint: str | None,
    registry: Registry,
) -> None:
    assert_found(spec, good, bad, code, hint, registry)
