"""What happens to the items of another connector that a school moves in from."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "DOWN_COURSE_FOREIGN_HELD",
        ERROR,
        "A sheet of another connector stands at the same time, with the same name or some of the "
        "same people, so no second one is made beside it.",
        "Take it over with `edusync adopt FILE --from-type NAME`, or delete it on Edusign.",
        "The sheet of the old connector stands on Monday at 9 with the same students. The "
        "school takes it over.",
        "Delete the sheet on Edusign if it is not needed, or ask whoever looks after the "
        "connector to take it over.",
    ),
    Code(
        "DOWN_PERSON_FOREIGN_TWIN",
        ERROR,
        "Somebody of the connector from which this school moved in has the same names, and neither "
        "the id nor the e-mail, so nobody is made beside them.",
        "If it is the same person, write the e-mail of the ERP on Edusign and run `edusync adopt "
        "FILE --from-type NAME`; else archive the one on Edusign, or write their whole names.",
        "The old connector brought a Nora Roy with another e-mail. The school writes the "
        "e-mail of the ERP on Edusign if both are one.",
        "If it is the same person, write the e-mail of the ERP on Edusign and ask whoever "
        "looks after the connector to take them over. Else archive the one on Edusign, or "
        "write their whole names.",
    ),
    Code(
        "MOVE_ADOPTED",
        INFO,
        "The item of another connector was taken over.",
        "Nothing to do.",
        "A sheet of the old connector is ours from now on, with its people.",
    ),
    Code(
        "MOVE_GIVEN_BACK",
        INFO,
        "The item has the ids of the other connector again, and is not ours any more.",
        "Nothing to do: the next run stops until somebody decides anew.",
        "The school took the move back, and the old connector finds its sheet by its own id.",
    ),
    Code(
        "MOVE_NOT_GIVEN_BACK",
        WARN,
        "The sheet has begun, is signed or archived by now, so it is not written any more and "
        "stays with edusync.",
        "Nothing to do: its attendance goes up from here, and the other connector does not know "
        "it.",
        "The school took the move back after the class of 9 o'clock had begun: that sheet stays.",
    ),
    Code(
        "MOVE_AMBIGUOUS",
        WARN,
        "Several items on Edusign, or of the ERP, may be the same one, so none is taken over.",
        "Look at them on Edusign and leave one; then run `edusync adopt` again.",
        "Two students on Edusign have the e-mail of one of the ERP. The school archives the "
        "one that is too many.",
        "Look at them on Edusign and leave one; then ask whoever looks after the connector to "
        "look again.",
    ),
    Code(
        "MOVE_EMAIL_SHARED",
        WARN,
        "Several people of the ERP have this e-mail, so nobody can say whose the person on Edusign "
        "is.",
        "Give each their own e-mail in the ERP; then run `edusync adopt` again.",
        "Two brothers of the ERP have one e-mail, and one of them is on Edusign. The school "
        "gives each their own.",
        "Give each their own e-mail in the ERP; then ask whoever looks after the connector to "
        "look again.",
    ),
    Code(
        "MOVE_ELSEWHERE",
        WARN,
        "The person stands on another account as well, on which the ERP does not have them.",
        "Archive the person on the account to which they do not belong; then run `edusync adopt` "
        "again.",
        "A student stands on the accounts of Paris and Lyon, and the ERP has them in Paris. "
        "The school archives the one in Lyon.",
        "Archive the person on the account to which they do not belong; then ask whoever looks "
        "after the connector to look again.",
    ),
    Code(
        "MOVE_DIFFERS",
        WARN,
        "Something says that both are the same, and something that they are not.",
        "Correct the names on one of the sides, or delete the item on Edusign when it is another "
        "one; then run `edusync adopt` again.",
        "The ids are equal, and the names are Nora Roy and Paul Petit. The school looks who "
        "is meant.",
        "Correct the names on one of the sides, or delete the item on Edusign when it is "
        "another one; then ask whoever looks after the connector to look again.",
    ),
    Code(
        "MOVE_NAME_ONLY",
        WARN,
        "Somebody on Edusign has the same names, and neither the id nor the e-mail: names alone "
        "prove nothing.",
        "If it is the same person, write the e-mail of the ERP on Edusign and run `edusync adopt` "
        "again. Otherwise nothing is to be done.",
        "A Nora Roy with another e-mail and another id is on Edusign. If it is the same "
        "person, the school writes the e-mail of the ERP there.",
        "If it is the same person, write the e-mail of the ERP on Edusign, and say so to "
        "whoever looks after the connector. Otherwise nothing is to be done.",
    ),
    Code(
        "MOVE_DOUBLED",
        WARN,
        "Two sheets on Edusign are at the same hour for the same people, so nobody can say which "
        "one is the class.",
        "Delete the one that is wrong on Edusign; then run `edusync adopt` again.",
        "Two sheets of Monday at 9 have the same students. The school deletes the wrong one.",
        "Delete the one that is wrong on Edusign; then ask whoever looks after the connector to "
        "look again.",
    ),
    Code(
        "MOVE_APART",
        INFO,
        "Somebody said that the item of the ERP is none of those on Edusign, so it is kept apart "
        "from them, and nobody is asked again.",
        "Nothing to do: the next run makes it. If it is one of them after all, choose that one in "
        "a file of `edusync adopt --match`.",
        "Two people are called Nora Roy, and the school said that the one of the ERP is not the "
        "one on Edusign. Both stand there from now on.",
        "Nothing to do: the next run makes it. If it is one of them after all, say so to whoever "
        "looks after the connector.",
    ),
    Code(
        "MOVE_CHOICE_REFUSED",
        WARN,
        "What somebody chose for the item cannot be, or cannot be any more, so nothing is taken "
        "over for it.",
        "The detail says why. Write a new file with `edusync adopt --open FILE`, look at the item "
        "on both sides and choose there.",
        "The person who was chosen on Monday was archived on Tuesday. On Wednesday the school "
        "chooses from a new file.",
        "The detail says why. Look at the item on both sides, and say to whoever looks after the "
        "connector which one it is.",
    ),
    Code(
        "MOVE_BEGUN",
        INFO,
        "The sheet has begun or is archived, so it stays with the other connector, and so does its "
        "attendance.",
        "See that the other connector has sent its attendance before it is switched off.",
        "The move takes place at 10, and the class of 9 o'clock is under way. The old "
        "connector sends its attendance.",
    ),
    Code(
        "MOVE_BEYOND",
        INFO,
        "The sheet is beyond the days that are read, so nothing is said of it yet.",
        "Take it over later, or look further now: `--days N`.",
        "The old connector made sheets for the whole term, and ten days are read. The others "
        "are taken over later.",
        "It can be taken over later; whoever looks after the connector can also look further "
        "ahead now.",
    ),
    Code(
        "MOVE_UNMATCHED",
        INFO,
        "The ERP has nothing that would be this item, so it is left as it is.",
        "If it is not needed any more, delete it on Edusign.",
        "A sheet of the old connector is of a class that the ERP does not have any more. The "
        "school deletes it if nobody needs it.",
    ),
    Code(
        "MOVE_CHANGED",
        ERROR,
        "The item was changed on Edusign since the plan was made, so it was not taken over.",
        "Run `edusync adopt` again.",
        "Somebody moved a sheet on Edusign between the plan and the move. The school makes a "
        "new plan.",
        "Ask whoever looks after the connector to look again, and to take over what stands there "
        "now.",
    ),
    Code(
        "MOVE_IDS_KEPT",
        WARN,
        "Edusign confirmed other ids for items of this kind and kept those of before: from here "
        "on the store alone knows that they are ours.",
        "Nothing to do, but keep backups of the store: if it is lost, adopt again.",
        "Edusign said yes to the new id of a student and still shows the old one. The school "
        "keeps backups of the store.",
    ),
    Code(
        "MOVE_STILL_WRITES",
        WARN,
        "Sheets to come of the other connector were made or changed within the last day, so it may "
        "not be off.",
        "Switch it off, wait for one of its slots, and look again with `edusync survey FILE`.",
        "The old connector made a sheet this morning. The school switches it off before it moves.",
        "Have the old connector switched off, and wait for one of its slots; then ask whoever "
        "looks after the connector to look again.",
    ),
)
