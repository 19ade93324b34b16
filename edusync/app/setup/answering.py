"""Take an answer: check what was typed or chosen, and write it as the connector file says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.files.answers import is_whole_url
from edusync.app.files.secrets import REFERENCE
from edusync.app.setup.own_questions import MOST_ACCOUNTS
from edusync.app.setup.pasted import as_families, by_account, families, listed
from edusync.locale import gettext as _
from edusync.spec.build.schedule import read_slot
from edusync.spec.entries import is_entry, is_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.app.setup.asked import Asked
    from edusync.app.setup.draft import Draft
    from edusync.app.setup.secret_place import SecretPlace

_YES = {"yes", "y", "oui", "o", "true", "1", "on"}
_NO = {"no", "n", "non", "false", "0", "off"}
_DAYS = range(91)


class NotAnAnswer(ValueError):
    """What was typed does not answer the question; the text says why, in the reader's language."""


def check(asked: Asked, said: Any, *, may_refer: bool) -> Any:
    """Return what an answer means; NotAnAnswer when it means nothing.

    `said` is a text, True or False, or for entries a list of texts. A secret is returned as typed.
    `${env:NAME}` and the like are for people of the machine alone, who `may_refer` to its secrets.
    """
    if isinstance(said, str):
        said = said.strip()
        if not may_refer and said != asked.value and REFERENCE.match(said):
            raise NotAnAnswer(_("write the value itself"))
    if said in ("", None, []):
        kept = asked.value if asked.kind == "secret" else asked.default
        if asked.is_needed and kept in (None, "", [], {}):
            raise NotAnAnswer(_("an answer is needed here"))
        return asked.value if asked.kind == "secret" else None
    return _CHECKS[asked.kind](asked, said)


def take(
    draft: Draft, asked: Asked, said: Any, place: SecretPlace, *, may_refer: bool = False
) -> None:
    """Write an answer into the draft; NotAnAnswer when it means nothing.

    An answer for several accounts is shared out among them, and accounts are added that it needs.
    """
    value = check(asked, said, may_refer=may_refer)
    if asked.kind == "gate":
        draft.gates[asked.route[1]] = value  # type: ignore[index]  # ("gates", what is behind)
    elif asked.kind == "secret":
        draft.put(asked.route, _kept(asked, value, draft, place))
    elif asked.route == ("accounts",):
        _count(draft, value)
    elif asked.route[0] == "accounts" and asked.route[-1] == "name":
        _rename(draft, asked, value)
    elif asked.kind == "entries" and isinstance(said, str):
        _share_out(draft, asked, said)
    else:
        _put(draft, asked, value)


def _put(draft: Draft, asked: Asked, value: Any) -> None:
    """Write a value where it stands, unless it is what holds anyway.

    An account that takes back the common answer of all says so.
    """
    own = draft.get(asked.route)
    if own is None and (value == asked.value or (value is None and asked.value is None)):
        return
    if value is None and asked.route[0] == "accounts":
        common = draft.get(asked.route[2:]) if len(asked.route) > len(("accounts", 0)) else None
        if common not in (None, "", [], {}):
            _take_back(draft, asked, len(draft.data["accounts"]))
            return
    draft.put(asked.route, None if own is None and value == asked.default else value)


def _take_back(draft: Draft, asked: Asked, accounts: int) -> None:
    draft.put(asked.route, None)
    if accounts == 1:
        draft.put(asked.route[2:], None)
    else:
        section = draft.data["accounts"][asked.account].setdefault(asked.route[2], {})
        section[asked.route[-1]] = []


def _kept(asked: Asked, value: str, draft: Draft, place: SecretPlace) -> str:
    """Return how the connector file refers to a secret, which is put away."""
    if value == asked.value or REFERENCE.match(value):
        return value
    name = str(asked.route[-1])
    if asked.route[0] == "accounts":
        name = f"{draft.data['accounts'][asked.account]['name']}-{name}"
    return place.keep(re.sub(r"[^A-Za-z0-9_.-]", "_", name), value)


def _count(draft: Draft, count: int) -> None:
    """Have so many accounts; what an account that goes has answered goes with it."""
    accounts = draft.data["accounts"]
    del accounts[count:]
    taken = {account["name"] for account in accounts}
    while len(accounts) < count:
        name = f"account-{len(accounts) + 1}"
        while name in taken:
            name += "-new"
        taken.add(name)
        accounts.append({"name": name, "edusign": {}})


def _rename(draft: Draft, asked: Asked, name: str) -> None:
    others = [one["name"] for n, one in enumerate(draft.data["accounts"]) if n != asked.account]
    if name in others:
        raise NotAnAnswer(_("another account has this name"))
    draft.put(asked.route, name)


def _share_out(draft: Draft, asked: Asked, text: str) -> None:
    shares = by_account(text) if asked.route[0] == "accounts" else [listed(text)]
    if len(shares) == 1:
        _put(draft, asked, _entries(asked, shares[0]))
        return
    checked = [_entries(asked, share) if share else None for share in shares]
    if len(checked) > len(draft.data["accounts"]):
        _count(draft, len(checked))
    for number, share in enumerate(checked):
        draft.put(("accounts", number, *asked.route[2:]), share)


def _yes_or_no(_asked: Asked, said: Any) -> bool:
    if isinstance(said, bool):
        return said
    if str(said).lower() in _YES | _NO:
        return str(said).lower() in _YES
    raise NotAnAnswer(_("answer yes or no"))


def _text(_asked: Asked, said: Any) -> str:
    return str(said)


def _url(_asked: Asked, said: Any) -> str:
    if not is_whole_url(said):
        raise NotAnAnswer(_("write the whole URL, such as https://erp.example/api"))
    return str(said)


def _integer(asked: Asked, said: Any) -> int:
    try:
        number = int(said)
    except ValueError:
        raise NotAnAnswer(_("write a whole number")) from None
    limits: Mapping[Any, range] = {
        ("accounts",): range(1, MOST_ACCOUNTS + 1),
        ("schedule", "window_days"): _DAYS,
    }
    allowed = limits.get(asked.route)
    if allowed is not None and number not in allowed:
        raise NotAnAnswer(
            _("write a number from {first} to {last}", first=allowed[0], last=allowed[-1])
        )
    return number


def _choice(asked: Asked, said: Any) -> str:
    if said not in asked.values:
        raise NotAnAnswer(_("choose one of {values}", values=", ".join(asked.values.values())))
    return str(said)


def _entries(_asked: Asked, said: Any) -> list[str]:
    found = listed(said) if isinstance(said, str) else [str(one).strip() for one in said]
    if not found or not all(map(is_entry, found)):
        raise NotAnAnswer(_("write names and ids, with commas between them"))
    return found


def _pairs(_asked: Asked, said: Any) -> dict[str, list[str]]:
    if isinstance(said, dict):
        found = said
    else:
        found = families(said) if isinstance(said, str) else as_families(said)
    if not found or not is_pair(found) or not all(is_pair({a: b}) for a, b in found.items()):
        raise NotAnAnswer(_("write Family: Rubric, Rubric; one family on each line"))
    return found


def _slots(asked: Asked, said: Any) -> list[str] | str:
    if str(said) in asked.values:
        return str(said)
    found = listed(said) if isinstance(said, str) else list(said)
    slots = [slot for slot in map(read_slot, found) if slot is not None]
    points = [slot for slot in slots if slot.begin == slot.end]
    if len(slots) < len(found) or (points and asked.route[-1] == "down"):
        example = asked.example
        raise NotAnAnswer(_("write ranges within one day, such as {example}", example=example))
    if any(slot.overlaps(other) for n, slot in enumerate(slots) for other in slots[:n]):
        raise NotAnAnswer(_("the ranges overlap"))
    return found


_CHECKS: Mapping[str, Callable[[Any, Any], Any]] = {
    "gate": _yes_or_no,
    "boolean": _yes_or_no,
    "text": _text,
    "secret": _text,
    "url": _url,
    "integer": _integer,
    "choice": _choice,
    "entries": _entries,
    "pairs": _pairs,
    "slots": _slots,
}
