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

    from edusync.app.setup.draft import Draft
    from edusync.app.setup.prompt import Prompt
    from edusync.app.setup.secret_place import SecretPlace

_YES = {"yes", "y", "oui", "o", "true", "1", "on"}
_NO = {"no", "n", "non", "false", "0", "off"}
_DAYS = range(91)


class NotAnAnswer(ValueError):
    """What was typed does not answer the question; the text says why, in the reader's language."""


def check(prompt: Prompt, answer: Any, *, may_refer: bool) -> Any:
    """Return what an answer means; NotAnAnswer when it means nothing.

    `answer` is a text, True or False, or for entries a list of texts. A secret is returned as
    typed. `${env:NAME}` and the like are for people of the machine alone, who `may_refer` to its
    secrets.
    """
    if isinstance(answer, str):
        answer = answer.strip()
        if not may_refer and answer != prompt.value and REFERENCE.match(answer):
            raise NotAnAnswer(_("write the value itself"))
    if answer in ("", None, []):
        before = prompt.value if prompt.kind == "secret" else prompt.default
        if prompt.is_needed and before in (None, "", [], {}):
            raise NotAnAnswer(_("an answer is needed here"))
        return prompt.value if prompt.kind == "secret" else None
    return _CHECKS[prompt.kind](prompt, answer)


def take(
    draft: Draft, prompt: Prompt, answer: Any, place: SecretPlace, *, may_refer: bool = False
) -> None:
    """Write an answer into the draft; NotAnAnswer when it means nothing.

    An answer for several accounts is shared out among them, and accounts are added that it needs.
    """
    value = check(prompt, answer, may_refer=may_refer)
    if prompt.kind == "gate":
        draft.gates[prompt.route[1]] = value  # type: ignore[index]  # ("gates", what is behind)
    elif prompt.kind == "secret":
        draft.put(prompt.route, _put_away(prompt, value, draft, place))
    elif prompt.route == ("accounts",):
        _count(draft, value)
    elif prompt.route[0] == "accounts" and prompt.route[-1] == "name":
        _rename(draft, prompt, value)
    elif prompt.kind == "entries" and isinstance(answer, str):
        _share_out(draft, prompt, answer)
    else:
        _put(draft, prompt, value)


def _put(draft: Draft, prompt: Prompt, value: Any) -> None:
    """Write a value where it stands, unless it is what holds anyway.

    An account that takes back the common answer of all says so.
    """
    own = draft.get(prompt.route)
    if own is None and (value == prompt.value or (value is None and prompt.value is None)):
        return
    if value is None and prompt.route[0] == "accounts":
        common = draft.get(prompt.route[2:]) if len(prompt.route) > len(("accounts", 0)) else None
        if common not in (None, "", [], {}):
            _take_back(draft, prompt, len(draft.data["accounts"]))
            return
    draft.put(prompt.route, None if own is None and value == prompt.default else value)


def _take_back(draft: Draft, prompt: Prompt, accounts: int) -> None:
    draft.put(prompt.route, None)
    if accounts == 1:
        draft.put(prompt.route[2:], None)
    else:
        section = draft.data["accounts"][prompt.account].setdefault(prompt.route[2], {})
        section[prompt.route[-1]] = []


def _put_away(prompt: Prompt, value: str, draft: Draft, place: SecretPlace) -> str:
    """Return how the connector file refers to a secret, which is put away."""
    if value == prompt.value or REFERENCE.match(value):
        return value
    name = str(prompt.route[-1])
    if prompt.route[0] == "accounts":
        name = f"{draft.data['accounts'][prompt.account]['name']}-{name}"
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


def _rename(draft: Draft, prompt: Prompt, name: str) -> None:
    others = [one["name"] for n, one in enumerate(draft.data["accounts"]) if n != prompt.account]
    if name in others:
        raise NotAnAnswer(_("another account has this name"))
    draft.put(prompt.route, name)


def _share_out(draft: Draft, prompt: Prompt, text: str) -> None:
    shares = by_account(text) if prompt.route[0] == "accounts" else [listed(text)]
    if len(shares) == 1:
        _put(draft, prompt, _entries(prompt, shares[0]))
        return
    checked = [_entries(prompt, share) if share else None for share in shares]
    if len(checked) > len(draft.data["accounts"]):
        _count(draft, len(checked))
    for number, share in enumerate(checked):
        draft.put(("accounts", number, *prompt.route[2:]), share)


def _yes_or_no(_prompt: Prompt, answer: Any) -> bool:
    if isinstance(answer, bool):
        return answer
    if str(answer).lower() in _YES | _NO:
        return str(answer).lower() in _YES
    raise NotAnAnswer(_("answer yes or no"))


def _text(_prompt: Prompt, answer: Any) -> str:
    return str(answer)


def _url(_prompt: Prompt, answer: Any) -> str:
    if not is_whole_url(answer):
        raise NotAnAnswer(_("write the whole URL, such as https://erp.example/api"))
    return str(answer)


def _integer(prompt: Prompt, answer: Any) -> int:
    try:
        number = int(answer)
    except ValueError:
        raise NotAnAnswer(_("write a whole number")) from None
    limits: Mapping[Any, range] = {
        ("accounts",): range(1, MOST_ACCOUNTS + 1),
        ("schedule", "window_days"): _DAYS,
    }
    allowed = limits.get(prompt.route)
    if allowed is not None and number not in allowed:
        raise NotAnAnswer(
            _("write a number from {first} to {last}", first=allowed[0], last=allowed[-1])
        )
    return number


def _choice(prompt: Prompt, answer: Any) -> str:
    if answer not in prompt.values:
        raise NotAnAnswer(_("choose one of {values}", values=", ".join(prompt.values.values())))
    return str(answer)


def _entries(_prompt: Prompt, answer: Any) -> list[str]:
    entries = listed(answer) if isinstance(answer, str) else [str(one).strip() for one in answer]
    if not entries or not all(map(is_entry, entries)):
        raise NotAnAnswer(_("write names and ids, with commas between them"))
    return entries


def _pairs(_prompt: Prompt, answer: Any) -> dict[str, list[str]]:
    if isinstance(answer, dict):
        pairs = answer
    else:
        pairs = families(answer) if isinstance(answer, str) else as_families(answer)
    if not pairs or not is_pair(pairs) or not all(is_pair({a: b}) for a, b in pairs.items()):
        raise NotAnAnswer(_("write Family: Rubric, Rubric; one family on each line"))
    return pairs


def _slots(prompt: Prompt, answer: Any) -> list[str] | str:
    if str(answer) in prompt.values:
        return str(answer)
    texts = listed(answer) if isinstance(answer, str) else list(answer)
    slots = [slot for slot in map(read_slot, texts) if slot is not None]
    points = [slot for slot in slots if slot.begin == slot.end]
    if len(slots) < len(texts) or (points and prompt.route[-1] == "down"):
        example = prompt.example
        raise NotAnAnswer(_("write ranges within one day, such as {example}", example=example))
    if any(slot.overlaps(other) for n, slot in enumerate(slots) for other in slots[:n]):
        raise NotAnAnswer(_("the ranges overlap"))
    return texts


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
