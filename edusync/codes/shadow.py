"""What edusync would have done otherwise than another connector beside which it looks."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

WARN = Severity.WARNING

CODES = (
    Code(
        "SHADOW_WOULD_MAKE",
        WARN,
        "A session, somebody or a group comes down by the rules, and Edusign has none that is it.",
        "See whether the other connector leaves it out, and why: edusync explain FILE KIND ID "
        "says what edusync makes of it.",
        "The old connector has no sheet for the class of Monday, and edusync would make one. "
        "The school looks which is right.",
        "See whether the other connector leaves it out, and why; whoever looks after this one can "
        "say which is right.",
    ),
    Code(
        "SHADOW_WOULD_CHANGE",
        WARN,
        "What stands on Edusign says something else than the ERP: edusync would change it.",
        "Compare the fields that are named. Where Edusign is right, an option or the spec has to "
        "say so before the school moves.",
        "The sheet of the old connector says room 12, and the ERP room 14. The school looks "
        "which is right.",
        "Compare the fields that are named. Where Edusign is right, tell whoever looks after "
        "the connector before the school moves.",
    ),
    Code(
        "SHADOW_WOULD_DELETE",
        WARN,
        "A sheet that a connector made is of no session that comes down: edusync would delete it, "
        "had it made it.",
        "The detail says why the session stays away. Where the sheet is right, the filter or the "
        "rule is not.",
        "The old connector has a sheet for a class in Lyon, and the filter lists Paris alone."
        " When Lyon is wanted, the school adds it.",
    ),
)
