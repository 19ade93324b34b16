"""What an answer says beside its rows: that it failed, or that there is more than it holds.

Where a line of the spec's `answers` reads such a word and says `ok`, the spec answers for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.transport.pages import links
from edusync.transport.stated import failing_member, says_something

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.transport.message import Answer

_AROUND = frozenset(
    {"meta", "metadata", "pagination", "paging", "pager", "page", "pageinfo", "links", "info"}
)
"""Members in which answers speak of their pages."""
_NEXT = frozenset(
    {
        *("next", "nextlink", "odatanextlink", "nexturl", "nexthref", "nextpage", "nextpageurl"),
        *("nextpagelink", "nextcursor", "nexttoken", "nextpagetoken", "continuationtoken"),
        *("nextoffset", "nextrecordsurl"),
    }
)
_MORE = frozenset(
    {
        *("more", "hasmore", "hasnext", "hasnextpage", "hasmoreitems", "moreavailable"),
        *("moreresults", "truncated", "istruncated", "incomplete", "incompleteresults"),
        *("partial", "ispartial"),
    }
)
_LAST = frozenset({"last", "islast", "islastpage", "complete", "iscomplete"})
_TOTALS = frozenset(
    {
        *("total", "totalcount", "count", "odatacount", "totalelements", "totalrecords"),
        *("totalrows", "totalitems", "totalresults", "totalentries", "totalhits", "resultcount"),
        *("recordsfiltered", "numfound", "nbtotal", "nombretotal"),
    }
)
_PAGES = frozenset({"totalpages", "pagecount", "pages", "nbpages", "numpages", "lastpage"})
_OF_PAGES = frozenset({"x", "wp", "pagination"})
"""What the names of headers about pages begin with, as in `X-WP-Total`."""
_RANGE = re.compile(r"\S*\s*(?P<first>\d{1,18})-(?P<last>\d{1,18})/(?P<total>\d{1,18}|\*)")
_PARTIAL = 206
_UNFINISHED = frozenset({202, 207, 226})
"""Rows under them are not all, with `paging` too: being made, in parts, the difference alone."""


def failing_word(answer: Answer, steps: tuple[str, ...] | None) -> str | None:
    """Return the member beside the rows that states an error; None when none does.

    `steps` are the names that lead to the rows; None when the body is the rows themselves.
    """
    for around in _above(answer.body, steps):
        word = failing_member(around)
        if word is not None and not _is_answered_for(answer, word):
            return word
    return None


def more_word(answer: Answer, steps: tuple[str, ...] | None, rows: int | None) -> str | None:
    """Return what says that there is more than the answer holds, such as `X-Total-Count`.

    `rows` is how many rows it holds, None when they are not to be compared with a total.
    """
    for word in _in_headers(answer, rows):
        if not _is_answered_for(answer, word.lower()):
            return word
    for word in _in_body(answer.body, steps, rows):
        if not _is_answered_for(answer, word):
            return word
    return None


def unfinished(answer: Answer) -> str | None:
    """Return the status of an answer by which its rows are not all; None for any other."""
    word = str(answer.status)
    return word if answer.status in _UNFINISHED and not _is_answered_for(answer, word) else None


def _in_headers(answer: Answer, rows: int | None) -> Iterator[str]:
    content_range = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if (
        content_range
        and content_range["total"] != "*"
        and (content_range["first"] != "0" or _ends_before(content_range))
    ):
        yield "Content-Range"
    elif answer.status == _PARTIAL and not (content_range and content_range["total"] != "*"):
        yield str(_PARTIAL)
    if any("next" in link["rel"].lower().split() for link in links(answer)):
        yield "Link"
    for name, value in answer.headers.items():
        first, *rest = name.lower().split("-")
        if first in {*_OF_PAGES, "total"}:
            parts = [part for part in (first, *rest) if part not in _OF_PAGES]
            if _says_more("".join(parts), value, rows):
                yield name


def _ends_before(content_range: re.Match[str]) -> bool:
    return int(content_range["last"]) + 1 < int(content_range["total"])


def totals(body: object, steps: tuple[str, ...] | None) -> Iterator[tuple[dict[Any, Any], Any]]:
    """Yield where an answer says how many rows there are: an object and the name in it."""
    for part in _parts(body, steps):
        if isinstance(part, dict):
            yield from ((part, name) for name in part if _plain(name) in _TOTALS)


def _in_body(body: object, steps: tuple[str, ...] | None, rows: int | None) -> Iterator[str]:
    for part in _parts(body, steps):
        if isinstance(part, list):  # links as objects with `rel` and `href`
            rels = [str(one.get("rel", "")).lower() for one in part if isinstance(one, dict)]
            if "next" in rels:
                yield "next"
        elif isinstance(part, dict):
            yield from (
                name for name, value in part.items() if _says_more(_plain(name), value, rows)
            )


def _parts(body: object, steps: tuple[str, ...] | None) -> Iterator[object]:
    """Yield what may speak of pages: what the rows stand in, and some of its members."""
    for around in _above(body, steps):
        yield around
        yield from (value for name, value in around.items() if _plain(name) in _AROUND)


def _above(body: object, steps: tuple[str, ...] | None) -> Iterator[Mapping[Any, Any]]:
    """Yield the objects that the rows stand in, the outermost first."""
    if steps is None:
        return
    for step in (*steps[:-1], None):
        if not isinstance(body, dict):
            return
        yield body
        body = body.get(step)


def _says_more(word: str, value: object, rows: int | None) -> bool:
    if word in _NEXT:
        return _leads_on(value)
    if word in _MORE:
        return _flag(value) is True
    if word in _LAST:
        return _flag(value) is False
    count = _count(value)
    if word in _TOTALS:
        return None not in (count, rows) and count > rows  # type: ignore[operator]  # both are numbers
    return word in _PAGES and count is not None and count > 1


def _leads_on(value: object) -> bool:
    if isinstance(value, dict):
        return any(_leads_on(one) for one in value.values())
    return says_something(value) and value != -1


def _flag(value: object) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(str(value).strip().lower())


def _count(value: object) -> int | None:
    text = "" if isinstance(value, bool) else str(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 - rows


def _plain(name: object) -> str:
    """Return a name without what the notations of APIs add to it."""
    return re.sub(r"[^a-z]", "", str(name).lower())


def _is_answered_for(answer: Answer, word: str) -> bool:
    """Whether a line of the spec reads this word and says that the answer is what was asked for."""
    if word.isdecimal():
        return re.search(rf"\b{word}\b", answer.taken_by) is not None
    reads = rf"(?:\.(?:body|headers)(?:\.\w+)*\.|['\"]){re.escape(word)}(?!\w)"
    return re.search(reads, answer.taken_by) is not None
