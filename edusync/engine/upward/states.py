"""Which state of a person goes up.

The strongest that may be sent, else what is sent in its place (U2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.verdicts import holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.spec.tree import Writeback


def state_of(
    writeback: Writeback, states: Sequence[str], names: Mapping[str, Any]
) -> tuple[str, str | None, str]:
    """Return the state that goes up.

    With it come the code that says why it is another than the strongest, and what became of what.
    Raises Undecided when nobody can say whether a condition of a state holds.
    """
    forced = next((rule.state for rule in writeback.override if holds(rule.when, names)), None)
    candidates = (forced,) if forced else states
    strong = [state for state in candidates if state != "present"] or ["present"]
    state = next((state for state in strong if _may(writeback, state, names)), None)
    if state is None:
        state = strong[0]
        while not _may(writeback, state, names):
            state = str(writeback.states[state].instead)
    if state == strong[0]:
        return state, None, ""
    is_option = writeback.states[strong[0]].needs is not None
    code = "UP_STATUS_OPTION_OFF" if is_option else "UP_STATUS_UNSUPPORTED"
    return state, code, f"{strong[0]} sent as {state}"


def _may(writeback: Writeback, state: str, names: Mapping[str, Any]) -> bool:
    rule = writeback.states[state]
    return rule.instead is None if rule.needs is None else holds(rule.needs, names)
