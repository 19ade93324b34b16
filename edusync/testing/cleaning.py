"""Write answers anew: what the spec reads of them, with invented people, and all else blank."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from edusync.spec.formats import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from edusync.spec.places import Place
    from edusync.testing.pseudonyms import Pseudonyms
    from edusync.transport.message import AnswerKind

    Places = Sequence[Place]

_LOG_IN = re.compile(
    r"log.?(?:in|on)|user|utilisateur|compte|account|uid|pseudo|alias", re.IGNORECASE
)
_DISTINCTIVE = 5


def fields(value: Mapping[str, Any], places: Places) -> Iterator[tuple[str, Any, list[Place]]]:
    """Yield the fields of an object, each with the places that it stands at.

    None for a field that nobody reads.
    """
    for key, inner in value.items():
        found = [place.each for place in places if place.each is not None]
        for place in places:
            if place.whole:
                place.member(key).whole = True
                place.member(key).read += place.read[:1]
            if key in place.members:
                found.append(place.members[key])
        yield key, inner, found


def picked(value: Any, places: Places) -> list[Place]:
    """Return the places with those that are read of this element because it fulfils a condition."""
    found = list(places)
    for place in places:
        for condition, chosen in place.picked:
            if _fulfils(value, condition):
                found += picked(value, [chosen])
    return found


def _fulfils(value: Any, condition: Any) -> bool:
    from jmespath.parser import ParsedResult

    row: Any = {"type": "identity", "children": []}
    among: Any = {"type": "filter_projection", "children": [row, row, condition]}
    search = ParsedResult("", among)
    return bool(search.search([value]))


def scalars(value: Any, places: Places) -> Iterator[tuple[Any, list[Place]]]:
    """Yield every plain value that is read, with its places."""
    if isinstance(value, dict):
        for _, inner, found in fields(value, picked(value, places)):
            yield from scalars(inner, found)
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item, _of_elements(places))
    elif readers := [place for place in places if place.read or place.whole]:
        yield value, readers


def log_ins(value: Any, places: Places) -> Iterator[str]:
    """Yield what stands under the name of a log-in, in rows that tell of people.

    Be it read or not.
    """
    if isinstance(value, list):
        for item in value:
            yield from log_ins(item, _of_elements(places))
    elif isinstance(value, dict):
        found = list(fields(value, picked(value, places)))
        is_of_somebody = any(
            place.is_of_a_name or place.is_of_a_person for _, _, under in found for place in under
        )
        for key, inner, under in found:
            if is_of_somebody and isinstance(inner, str) and _LOG_IN.search(key):
                yield inner
            yield from log_ins(inner, under)


def meet(value: Any, readers: Places, people: Pseudonyms) -> None:
    """Meet whoever is told by a value, when it stands where a name or a log-in is read."""
    for place in readers:
        if place.is_of_a_name:
            people.name(value, _role(place))
        elif place.is_of_a_person and not is_plain_id(value, readers):
            people.handle(value)


def is_plain_id(value: Any, places: Iterable[Place]) -> bool:
    """Whether a value is a short number that tells rows apart.

    It could be anything, so it is nobody's.
    """
    text = str(value).strip()
    is_number = text.isdigit() and len(text) < _DISTINCTIVE
    return is_number and any("id" in place.uses for place in places)


class Cleaner:
    """Write values anew.

    `inside` writes a document inside of an answer; `kept_places` counts what was kept, by its
    place.
    """

    def __init__(self, people: Pseudonyms, inside: Callable[[str, AnswerKind, Place], str]) -> None:
        self.people, self.inside = people, inside
        self.kept_places: Counter[Place] = Counter()

    def value(self, value: Any, places: Places) -> Any:
        """Return what becomes of a value: objects keep their keys, lists their length."""
        if not places:
            return _blank(value)
        if isinstance(value, dict):
            here = picked(value, places)
            members = {name for place in here for name in place.members}
            cleaned: dict[str, Any] = {}
            for at, (key, inner, under) in enumerate(fields(value, here)):
                inner_value = self.value(inner, under)
                name = key if key in members else self._key(key, at, inner_value, under)
                if name == key or name not in members:
                    cleaned[name] = inner_value
            return cleaned
        if isinstance(value, list):
            return [self.value(item, _of_elements(places)) for item in value]
        readers = [place for place in places if place.read or place.whole]
        if not readers:
            return _blank(value)
        if value not in (None, ""):
            self.kept_places.update(readers)
        return self._plain(value, readers)

    def cells(self, row: Mapping[str, str], places: Places) -> list[str]:
        """Return what becomes of the cells of a table's line."""
        here = picked({name: cell or None for name, cell in row.items()}, places)
        return [str(self.value(inner, under)) for _, inner, under in fields(row, here)]

    def caption(self, name: str, places: Places) -> str:
        """Return the caption of a column: one that the spec reads stays."""
        return name if any(name in place.members for place in places) else self.people.text(name)

    def _key(self, key: str, at: int, row: Any, under: Places) -> str:
        """Return the key of an object that the spec does not name.

        Where keys are data, it stays when the row says the same.
        """
        name = self.people.text(key)
        if not under or any(place.whole for place in under):
            return name
        values = row.values() if isinstance(row, dict) else ()
        return name if name in {str(value) for value in values} else f"row{at}"

    def _plain(self, value: Any, readers: list[Place]) -> Any:
        document = next((place.document for place in readers if place.document), None)
        if document is not None and isinstance(value, str):
            return self.inside(value, *document)
        if value is None or isinstance(value, bool):
            return value
        text = str(value)
        written = self._written(text, value, readers)
        if isinstance(value, str) or written == text:
            return value if written == text else written
        is_whole = isinstance(value, int) and written.isdigit() and str(int(written)) == written
        return int(written) if is_whole else written

    def _written(self, text: str, value: Any, readers: list[Place]) -> str:
        formats = [format_ for place in readers for format_ in place.formats]
        if any(format_.is_empty(value) for format_ in formats):
            return text
        if any("test" in place.uses for place in readers) and text in self.people.spec_texts:
            return self.people.text(text)
        if any(place.is_of_a_name for place in readers):
            return self.people.named(text)
        if any(place.is_of_a_person for place in readers):
            return text if is_plain_id(value, readers) else self.people.handled(text)
        if any(format_.gives != "text" and _reads(format_, value) for format_ in formats):
            return text
        return self.people.text(text)


def _of_elements(places: Places) -> list[Place]:
    """Return the places of the elements of a list.

    Rows that may come under keys may come as a list, too.
    """
    return [place.each or place for place in places]


def _role(place: Place) -> str:
    return next((name for name in ("last_name", "first_name") if name in place.uses), "last_name")


def _reads(format_: Any, value: Any) -> bool:
    try:
        return format_.read(value) is not None
    except Unreadable:
        return False


def _blank(value: Any) -> Any:
    """Return nothing of the same kind."""
    return None if value is None else type(value)()
