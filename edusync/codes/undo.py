"""Why something that a run took away is not put back."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

WARN = Severity.WARNING

CODES = (
    Code(
        "DOWN_COURSE_NOT_REMADE",
        WARN,
        "A run deleted the sheet of this session, and it is not made again: the ERP does not have "
        "the session any more, a rule keeps it away, or it has begun.",
        "Nothing to do when that is right. Else put the session right in the ERP, and look at the "
        "plan of `edusync undo` again.",
        "A run deleted twelve sheets by a wrong filter and was undone: one of the classes was"
        " cancelled in the meantime.",
        "Nothing to do when that is right. Else put the session right in the ERP, and tell "
        "whoever looks after the connector.",
    ),
    Code(
        "DOWN_SEAT_NOT_RESTORED",
        WARN,
        "A run took students off this sheet or out of this group, and they are not put back: the "
        "ERP does not have them there any more, or the class has begun.",
        "Nothing to do when that is right. Else put the students right in the ERP, and look at the "
        "plan of `edusync undo` again.",
        "A run took students off a sheet and was undone: one of them has left the school in "
        "the meantime.",
        "Nothing to do when that is right. Else put the students right in the ERP, and tell "
        "whoever looks after the connector.",
    ),
)
