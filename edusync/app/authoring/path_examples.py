"""One example of each function of paths, in the row of the reference; each is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH_FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "abs": ("abs(`-2`)", "A number without its sign."),
    "avg": ("avg(people[].id)", "The mean of numbers."),
    "ceil": ("ceil(`1.2`)", "The next whole number."),
    "contains": ("contains(name, 'oi')", "Whether a text or a list has something in it."),
    "ends_with": ("ends_with(name, 'it')", "Whether a text ends with another."),
    "floor": ("floor(`1.8`)", "The whole number before."),
    "join": ("join(', ', people[].role)", "Texts put together, with one in between."),
    "keys": ("keys(room)", "The names of a mapping."),
    "length": ("length(people)", "How many characters, items or members."),
    "map": ("map(&role, people)", "The same of each item; an item without it is kept as nothing."),
    "max": ("max(people[].id)", "The greatest number or text."),
    "max_by": ("max_by(people, &id).role", "The item that has the greatest of something."),
    "merge": ("merge(room, {floor: `2`})", "Members of several mappings; the last one counts."),
    "min": ("min(people[].id)", "The smallest number or text."),
    "min_by": ("min_by(people, &role).id", "The item that has the smallest of something."),
    "not_null": ("not_null(none, name)", "The first that is something."),
    "reverse": ("reverse(people[].id)", "A list or a text from its end."),
    "sort": ("sort(people[].role)", "Numbers or texts in order."),
    "sort_by": ("sort_by(people, &role)[].id", "Items in the order of something of each."),
    "starts_with": ("starts_with(name, 'Dr')", "Whether a text begins with another."),
    "sum": ("sum(people[].id)", "Numbers added up."),
    "to_array": ("to_array(name)", "A list of it, unless it is one."),
    "to_number": ("to_number('7')", "The number that a text writes; nothing when it writes none."),
    "to_string": ("to_string(id)", "A text, of anything else its JSON."),
    "type": ("type(people)", "Which type it is."),
    "values": ("values(room)", "The values of a mapping."),
}
"""A path with the function, and what it gives."""
