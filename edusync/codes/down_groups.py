"""Why a group did not come down, or what was remarkable about it."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN = Severity.INFO, Severity.WARNING

CODES = (
    Code(
        "DOWN_GROUP_RELINKED",
        INFO,
        "The ERP sends this group under another id than before, with the same name and students "
        "of before; the group on Edusign was linked to the new id (D8).",
        "Nothing to do. After a new school year this is what should happen.",
        "The group BTS 2 has a new id this year, with the students of before: it is the same "
        "group on Edusign.",
    ),
    Code(
        "DOWN_GROUP_MANUAL_LINKED",
        INFO,
        "A group that was made by hand has the name of this one and somebody of it: from now on it "
        "is the group of the ERP, kept in step (D13).",
        "Nothing to do; create groups in the ERP only.",
        "The school made a group BTS 1 on Edusign before the first run. It becomes the BTS 1 of "
        "the ERP.",
    ),
    Code(
        "DOWN_GROUP_MANUAL_AMBIGUOUS",
        WARN,
        "Several groups, on Edusign or in the ERP, have this name and somebody in common, so none "
        "is taken over and none is made.",
        "Leave one group of the name on Edusign, or give each its own name.",
        "Two groups BTS 1 were made by hand with the same students. The school deletes one.",
    ),
    Code(
        "DOWN_GROUP_NAME_TWIN",
        INFO,
        "A group that was made by hand has the name of one that is made, and nobody of it: they "
        "may be one group.",
        "If they are, delete the one that was made by hand on Edusign.",
        "An empty group BTS 1 stands on Edusign, and that of the ERP is made beside it.",
    ),
    Code(
        "DOWN_GROUP_HELD",
        WARN,
        "The group may be one that stands on Edusign under another id, and the ERP was not read "
        "wholly, so it waits.",
        "Look at the events that say what was not read; the next whole read decides.",
        "A group BTS 2 comes with a new id, while a list of the ERP could not be read. The "
        "next whole run decides.",
    ),
    Code(
        "DOWN_GROUP_OFF",
        INFO,
        "Groups do not come down, because their option is off.",
        "Switch the option on if the groups are wanted on Edusign.",
        "The ERP has groups, and the school does not want them on Edusign. Nothing is to be done.",
    ),
    Code(
        "DOWN_GROUP_FIELD_MISSING",
        WARN,
        "The group has no name (R21).",
        "Name the group in the ERP.",
        "A group was entered in the ERP without a name. The school names it.",
    ),
    Code(
        "DOWN_GROUP_NO_STUDENT",
        INFO,
        "The group has no student, and this ERP's groups need one (R21).",
        "Nothing to do: it comes down once it has students.",
        "The group of next year has nobody in it yet. It comes down with its first student.",
    ),
)
