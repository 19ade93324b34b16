"""Single words that are also keys, and so never change in JSON and in the store: how they read."""

from __future__ import annotations

from edusync.locale import pgettext

LABELS = {
    "grade": ("success", "held", "partial", "failed", "crashed", "running"),
    "severity": ("error", "warning", "info", "expected"),
    "kind": ("course", "student", "professor", "group", "external", "classroom", "attendance"),
    "kinds": ("courses", "students", "professors", "groups", "externals", "classrooms"),
    "action": ("create", "adopt", "update", "complete", "delete", "settle"),
    "done": ("created", "adopted", "updated", "completed", "deleted"),
    "act": (
        "run",
        "bring",
        "pause",
        "resume",
        "approve",
        "leave",
        "resend",
        "entered",
        "password",
        "reason",
        "survey",
        "shadow",
        "reconcile",
        "setup",
        "invite",
        "link",
        "remove",
        "token",
        "spec",
    ),
    "stands": ("course", "past", "student", "professor", "group", "external"),
    "evidence": ("id", "email", "name", "names", "time", "professors", "sheets", "begun", "chosen"),
    "column": ("there", "id", "e-mail", "time", "adopt", "held", "left", "twice"),
    "choice": ("adopting", "adopted", "undoing", "undone", "left"),
    "compared": ("equal", "different", "missing", "only_there", "unread"),
    "upload": ("sent", "partial", "held", "given_up", "changed"),
    "state": ("present", "late", "excluded", "early_departure", "absent", "absent_justified"),
    "field": (
        "last_name",
        "first_name",
        "email",
        "phone",
        "name",
        "description",
        "starts_at",
        "ends_at",
        "professors",
        "students",
        "groups",
        "classroom",
        "externals",
        "tags",
        "badge",
        "archived",
        "source_id",
        "arrived_at",
        "left_at",
        "reason",
    ),
}
"""The words of each sort; the sort is their `msgctxt`."""


def label(sort: str, word: str) -> str:
    """Return how a word reads; one that is in no list is a name of somebody else's, and stays."""
    return pgettext(sort, word) if word in LABELS[sort] else word


def labels(sort: str, words: tuple[str, ...] | list[str]) -> str:
    """Return how several words read, with commas between them."""
    return ", ".join(label(sort, word) for word in words)
