"""Recorded XML: fewer elements, and cleaned values put back where they were read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from edusync.spec.tree import Path
    from edusync.transport.message import AnswerKind

_LAST_STEP = re.compile(r"""([^\s.\[\]|"]+)"?(?:\[\])?\s*\Z""")
_HOW_IT_IS_TYPED = "{http://www.w3.org/2001/XMLSchema-instance}"


def parsed(raw: bytes, charset: str | None = None) -> Any:
    """Return the root of a document, without comments and without anything from elsewhere."""
    from lxml import etree

    return etree.fromstring(
        raw,
        etree.XMLParser(
            encoding=charset,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ),
    )


def text_of(root: Any) -> str:
    """Write a document without a declaration."""
    from lxml import etree

    return str(etree.tostring(root, encoding="unicode"))


def without_elements(
    raw: bytes, items: Path, count: int, gone: Collection[int], charset: str | None = None
) -> bytes | None:
    """Return XML without some of the elements that rows were made of.

    None when it is not plain which these are.
    """
    from lxml import etree

    root = parsed(raw, charset)
    step = _LAST_STEP.search(items.source)
    families: dict[tuple[Any, str], list[Any]] = {}
    for element in root.iter(etree.Element):
        families.setdefault((element.getparent(), str(element.tag)), []).append(element)
    named = step.group(1) if step and step.group(1) != "@" else None
    rows = [
        family
        for (_, tag), family in families.items()
        if len(family) == count and named in {None, tag.rpartition("}")[2]}
    ]
    if len(rows) != 1 or not count:
        return None
    above: Any = rows[0][0].getparent()
    for at in gone:
        above.remove(rows[0][at])
    written = charset or root.getroottree().docinfo.encoding or "utf-8"
    return cast("bytes", etree.tostring(root, encoding=written))


def put_back(element: Any, value: Any, cleaned: Any, promised: AnswerKind) -> None:
    """Write what became of a value, which was decoded from an element, into the element.

    What is not read is blanked.
    """
    element.tail = None  # nothing reads what stands between elements
    if not isinstance(value, dict):
        if len(element) or not _written(element, value, cleaned):
            blank(element)
        return
    queues = {name: iter(_pairs(name, value, cleaned)) for name in value}
    for attribute in element.attrib:
        name = (promised.attributes or "") + _local(attribute)
        _, after = next(queues.get(name, iter(())), (None, None))
        if not attribute.startswith(_HOW_IT_IS_TYPED):
            element.set(attribute, "" if after is None else str(after))
    has_text = bool((element.text or "").strip())
    for child in element:
        inner, after = next(queues.get(_local(child.tag), iter(())), (None, None))
        put_back(child, inner, after, promised)
    text = next(queues.get("text", iter(())), (None, None))[1] if has_text else None
    element.text = str(text) if text else None


def put_back_soap(element: Any, value: Any, cleaned: Any) -> None:
    """Write what became of a value of a SOAP answer into the element that it was read from.

    An element that only wraps another, or a list, is not told apart from what it holds: such
    elements are walked through.
    """
    element.tail, children = None, list(element)
    names = {_local(child.tag) for child in children} | {_local(name) for name in element.attrib}
    if isinstance(value, dict) and names & value.keys():
        _put_members(element, value, cleaned if isinstance(cleaned, dict) else {})
    elif isinstance(value, list) and len(children) == len(value) and len(names) <= 1:
        after = (
            cleaned
            if isinstance(cleaned, list) and len(cleaned) == len(value)
            else [None] * len(value)
        )
        for child, inner, instead in zip(children, value, after, strict=True):
            put_back_soap(child, inner, instead)
    elif len(children) == 1:
        put_back_soap(children[0], value, cleaned)
    elif children or not _written(element, value, cleaned):
        blank(element)


def blank(element: Any) -> None:
    """Take everything out of an element but the names of what it holds."""
    element.text = element.tail = None
    for attribute in element.attrib:
        if not attribute.startswith(_HOW_IT_IS_TYPED):
            element.set(attribute, "")
    for child in element:
        blank(child)


def _put_members(element: Any, value: dict[str, Any], cleaned: dict[str, Any]) -> None:
    element.text = None
    for attribute in element.attrib:
        name = _local(attribute)
        if not attribute.startswith(_HOW_IT_IS_TYPED) and (
            name not in cleaned or cleaned[name] != value.get(name)
        ):
            element.set(attribute, _lexical(cleaned.get(name)))
    for name in {_local(child.tag) for child in element}:
        family = [child for child in element if _local(child.tag) == name]
        inner, after = value.get(name), cleaned.get(name)
        if isinstance(inner, list) and len(family) == len(inner) and not _wraps(family, inner):
            instead = (
                after
                if isinstance(after, list) and len(after) == len(inner)
                else [None] * len(inner)
            )
            for child, one, other in zip(family, inner, instead, strict=True):
                put_back_soap(child, one, other)
        elif len(family) == 1:
            put_back_soap(family[0], inner, after)
        else:
            for child in family:
                blank(child)


def _wraps(family: list[Any], inner: list[Any]) -> bool:
    """Whether the one element of a name holds a list of one, rather than being its one member."""
    if len(family) != 1 or not len(family[0]):
        return False
    names = {_local(child.tag) for child in family[0]}
    return not (isinstance(inner[0], dict) and names & inner[0].keys())


def _written(element: Any, value: Any, cleaned: Any) -> bool:
    """Write a plain value; false when there is none."""
    if isinstance(value, dict | list) or isinstance(cleaned, dict | list):
        return False
    if cleaned != value:
        element.text = _lexical(cleaned) or None
    for attribute in element.attrib:
        if not attribute.startswith(_HOW_IT_IS_TYPED):
            element.set(attribute, "")
    return value is not None


def _lexical(value: Any) -> str:
    """Return a value as XML writes it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pairs(name: str, value: dict[str, Any], cleaned: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the values of a name, in the order in which they stood, with what became of each."""
    inner = value[name]
    after = cleaned.get(name) if isinstance(cleaned, dict) else None
    if not isinstance(inner, list):
        yield inner, after
        return
    alike = isinstance(after, list) and len(after) == len(inner)
    yield from zip(inner, after if alike and after else [None] * len(inner), strict=True)


def _local(tag: str) -> str:
    return str(tag).rpartition("}")[2]
