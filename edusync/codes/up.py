"""What became of attendance on its way up, and why some of it did not go."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    Code("UP_SENT", INFO, "The attendance of the sheet stands in the ERP.", "Nothing to do."),
    # the whole
    Code(
        "UP_OFF",
        INFO,
        "Attendance does not go up: the option for it is off.",
        "Switch the option on if attendance is to go up; it goes up from the next run on.",
    ),
    Code(
        "UP_IMPOSSIBLE",
        ERROR,
        "The ERP has no way for attendance, so nothing can go up.",
        "Enter the attendance in the ERP by hand, or ask its vendor for an interface.",
    ),
    Code(
        "UP_NO_WRITE_PERMISSION",
        ERROR,
        "The user of the connector may read the ERP, but not write (R52).",
        "Give the user the right to write, and run again: nothing is lost.",
    ),
    Code(
        "UP_EARLY_DEPARTURE_REASON_MISSING",
        ERROR,
        "The reason for early departures does not exist in the ERP.",
        "Write the exact label, code or id of a reason of the ERP, or leave the option out.",
    ),
    Code(
        "UP_SHEETS_NOT_LOOKED_AT",
        WARN,
        "Edusign's lists do not show what became of many sheets of the last two weeks; some "
        "were looked up one by one, and these are left.",
        "Nothing to do: the next run goes on with them.",
    ),
    # sheets
    Code(
        "UP_COURSE_NOT_ARCHIVED",
        INFO,
        "The sheet is not archived yet; only archived sheets go up (R45).",
        "Archive the sheet on Edusign: the next run takes it.",
    ),
    Code(
        "UP_COURSE_MANUAL",
        WARN,
        "The sheet was not created by edusync, so its attendance does not go up (U1, D3).",
        "Enter its attendance in the ERP by hand.",
    ),
    Code(
        "UP_COURSE_OF_ANOTHER",
        INFO,
        "Another connector brought the sheet to Edusign, so its attendance goes up there.",
        "Nothing to do. When that connector is this one under its old name: edusync state rename "
        "OLD NEW.",
    ),
    Code(
        "UP_COURSE_SHARED",
        ERROR,
        "Another connector brings the same sheet to Edusign, so nobody knows into which ERP its "
        "attendance belongs; nothing was sent.",
        "Enter its attendance in the ERP by hand, and let one connector alone bring the session to "
        "Edusign. When the other connector is not used any more: edusync purge --connector NAME.",
    ),
    Code(
        "UP_COURSE_NOT_TIED",
        WARN,
        "The sheet carries an id of this kind of connector, but nobody is known to have brought "
        "it, and the ERP has no such session at its time; its attendance was not sent.",
        "It may belong to another ERP of the school. When it is a session of this one, enter its "
        "attendance in the ERP by hand.",
    ),
    Code(
        "UP_COURSE_DOUBLED",
        ERROR,
        "Several sheets on Edusign carry the id of one session, and this one is not known to be "
        "the one that edusync brought; its attendance was not sent.",
        "Delete on Edusign the sheet that is too many, or enter its attendance in the ERP by hand.",
    ),
    Code(
        "UP_COURSE_ALREADY_SENT",
        INFO,
        "The attendance of the sheet was sent before and has not changed.",
        "Nothing to do.",
    ),
    Code(
        "UP_COURSE_CHANGED_AFTER_SEND",
        WARN,
        "The sheet was archived again with another content after its attendance had been sent "
        "(R48, U3).",
        "Compare the sheet with the ERP. To send it again: edusync writeback FILE --resend ID; to "
        "leave the ERP as it is: --entered ID. Every run names it until then.",
    ),
    Code(
        "UP_COURSE_UNKNOWN_IN_ERP",
        ERROR,
        "The session of the sheet is no longer in the ERP, so its attendance cannot be written.",
        "Look for the session in the ERP: it may be cancelled, moved or deleted. When it is there "
        "again, the next run sends the attendance; when you entered it by hand: edusync writeback "
        "FILE --entered ID.",
    ),
    Code(
        "UP_COURSE_POSTPONED",
        ERROR,
        "The ERP has the session on another day than its sheet, which had begun; its attendance "
        "waits, because the ERP would enter it on a day on which it was not taken.",
        "Put the session back on the day of the sheet in the ERP, and give the coming class an id "
        "of its own. Then, or when it is right as it is: edusync writeback FILE --resend ID; when "
        "you entered it by hand: --entered ID. Every run names it until then.",
    ),
    Code(
        "UP_COURSE_GONE",
        WARN,
        "The sheet is no longer on Edusign, and not all of its attendance had gone up.",
        "Enter in the ERP by hand what is missing there, then: edusync writeback FILE "
        "--entered ID.",
    ),
    Code(
        "UP_COURSE_ENTERED",
        INFO,
        "What was left of the sheet was entered in the ERP by hand, so nothing more of it goes up.",
        "Nothing to do. To send the sheet after all: edusync writeback FILE --resend ID.",
    ),
    Code(
        "UP_COURSE_STEP_FAILED",
        ERROR,
        "The attendance of the sheet stands in the ERP, but a step after it was refused.",
        "Read what the ERP says. The next run tries the step again; the attendance is not "
        "sent twice.",
    ),
    Code(
        "UP_COURSE_UNREADABLE",
        ERROR,
        "What the ERP has to be asked before the attendance of the sheet is written could "
        "not be read.",
        "Nothing was written; the next run tries again.",
    ),
    Code(
        "UP_PLANNING_NOT_COMPLETED",
        WARN,
        "The planning of the session was not set to completed, so absences do not count "
        "in the ERP.",
        "Switch `planifRealise` on, or set the status in the ERP by hand.",
    ),
    Code(
        "UP_COURSE_NOT_LOOKED_AT",
        WARN,
        "The sheet was archived before the first day that this run looks at, so its attendance was "
        "not sent.",
        "To send it: edusync writeback FILE --resend ID. When it stands in the ERP already: "
        "--entered ID.",
    ),
    Code(
        "UP_COURSE_LATER",
        WARN,
        "The sheet is archived, and its class begins after the moment of the run, so nothing was "
        "sent: nobody can be absent yet.",
        "It goes up with the first run after the class has begun. If the class does not take "
        "place, cancel it in the ERP and delete the sheet on Edusign before that.",
    ),
    Code(
        "UP_COURSE_NOT_BROUGHT",
        ERROR,
        "No sheet of this id was brought to Edusign by this connector, so there is nothing to send "
        "again or to take for entered.",
        "Give the id of the session in the ERP; `edusync explain FILE course ID` says whether it "
        "came down.",
    ),
    # people
    Code(
        "UP_CORRECTION_IMPOSSIBLE",
        ERROR,
        "The ERP holds, or may hold, what was sent of the person before, and has no way to change "
        "it: nothing was written.",
        "Correct it in the ERP by hand, then: edusync writeback FILE --entered ID. Every run "
        "names it until then.",
    ),
    Code(
        "UP_STUDENT_UNKNOWN_IN_ERP",
        WARN,
        "A student on the sheet has no place in the session of the ERP: put on the sheet by hand, "
        "or a double.",
        "Put the student on the session in the ERP: the next run sends the line. When you entered "
        "it by hand: edusync writeback FILE --entered ID.",
    ),
    Code(
        "UP_PROFESSOR_UNKNOWN_IN_ERP",
        WARN,
        "A professor of the sheet is not known to the ERP.",
        "Enter the professor in the ERP: the next run sends the line. When you entered the "
        "attendance by hand: edusync writeback FILE --entered ID.",
    ),
    Code(
        "UP_PROFESSOR_VALIDATION_REQUIRED",
        ERROR,
        "The ERP wants the presence of the professor, the professor did not sign, and forcing "
        "it is off.",
        "Switch the option on that forces the presence: the next run sends the line. When you "
        "entered it by hand: edusync writeback FILE --entered ID.",
    ),
    Code(
        "UP_PERSON_ID_TAKEN",
        ERROR,
        "The ERP sends another person under the id of the person on the sheet "
        "(`DOWN_PERSON_ID_TAKEN`), so nobody knows whose attendance it would become; the line is "
        "held (D8).",
        "Ask whoever looks after the ERP to put the ids back, and let `edusync sync FILE` run: "
        "the line goes with the next run on the way up. When you entered it by hand: edusync "
        "writeback FILE --entered ID.",
    ),
    Code(
        "UP_SENT_FOR_ANOTHER",
        ERROR,
        "What was sent of the person stands in the ERP with somebody else: the run down after it "
        "found that the ERP has given the id to another person (`DOWN_PERSON_ID_TAKEN`).",
        "Take it away in the ERP by hand. Then enter it with the right person, and: edusync "
        "writeback FILE --entered ID; or have the ids put back, and: edusync writeback FILE "
        "--resend ID. Every run names it until then.",
    ),
    Code(
        "UP_SIGNATURE_PENDING",
        INFO,
        "A student was asked to sign by e-mail and had not when the sheet was archived: it counts "
        "as absence.",
        "If the student was there, correct it in the ERP.",
    ),
    # states
    Code(
        "UP_STATUS_OPTION_OFF",
        INFO,
        "A delay, an exclusion or an early departure was sent as something else, because "
        "its option "
        "is off (U2).",
        "Switch the option on if the ERP is to know it.",
    ),
    Code(
        "UP_STATUS_UNSUPPORTED",
        INFO,
        "The ERP has no place for a delay, an exclusion or an early departure, so it was sent as "
        "something else.",
        "Nothing to do.",
    ),
    # reasons
    Code(
        "UP_STATUS_UNREAD",
        ERROR,
        "Edusign does not say whether the person was present or absent; the line is held.",
        "Nothing was written of it; every run looks again. When it stays so, open the sheet on "
        "Edusign, set the state, and archive it again.",
    ),
    Code(
        "UP_REASON_DEFAULTED",
        INFO,
        "The ERP does not know the reason of a justified absence; the default reason was "
        "sent (U4).",
        "To send another one, name it under `reasons` in the connector file.",
    ),
    Code(
        "UP_REASON_UNKNOWN",
        WARN,
        "The ERP does not know the reason of a justified absence, and no default is set (U4).",
        "Name the reason of the ERP under `reasons` in the connector file, or set a "
        "default. A line "
        "that is held goes with the next run then.",
    ),
    Code(
        "UP_REASON_NONE",
        WARN,
        "Nobody gave a reason for a justified absence on Edusign.",
        "Give one on Edusign, or say with `when_none` in the spec what goes up without one. A line "
        "that is held goes with the next run then.",
    ),
    Code(
        "UP_REASON_UNREAD",
        ERROR,
        "Which reason a justified absence has could not be read, in the ERP or on Edusign; the "
        "line is held (U4).",
        "Nothing was written of it; every run looks again. When it stays so, look whether the ERP "
        "shows its reasons, each with an id and a label, and whether the absence is still on "
        "Edusign. A reason that Edusign's list does not name is named by its id under `reasons` "
        "in the connector file.",
    ),
    Code(
        "UP_REASON_NOT_JUSTIFIED_TYPE",
        INFO,
        "The reason exists in the ERP, but not as one that justifies an absence.",
        "Choose another reason, or change it in the ERP.",
    ),
    # writing
    Code(
        "UP_ERP_REJECTED",
        ERROR,
        "The ERP refused the attendance of a person, or of a whole sheet; its own words are given.",
        "Correct what the ERP says. The next run sends the line again.",
    ),
    Code(
        "UP_GIVEN_UP",
        WARN,
        "The ERP refused a line again and again, or the line was held for three months, so it is "
        "not sent any more.",
        "Correct what the code says that is given, then: edusync writeback FILE --resend ID; or, "
        "when it was entered by hand: --entered ID.",
    ),
    Code(
        "UP_IN_DOUBT",
        WARN,
        "A line was sent and no answer came; nobody knows whether the ERP has it (U5).",
        "The next run finds out, where the ERP can be asked. Where it cannot, look into the ERP: "
        "`--resend ID` sends the sheet again, `--entered ID` says that all of it stands there.",
    ),
    # both sides compared
    Code(
        "UP_CHANGED_IN_ERP",
        WARN,
        "The ERP took what was sent of this person, and says something else now: somebody changed "
        "or deleted it there.",
        "Ask who changed it. To write what Edusign says once more: edusync writeback FILE --resend "
        "ID.",
    ),
    Code(
        "UP_NOT_SENT_YET",
        WARN,
        "Nothing was sent of it so far.",
        "Nothing to do when the next run is still to come; edusync writeback FILE --plan says what "
        "would go.",
    ),
    Code(
        "UP_NOT_ON_SHEET",
        WARN,
        "The ERP has attendance of somebody who is not on the sheet of the class.",
        "Somebody entered it in the ERP, or the person was taken off the sheet: correct the side "
        "that is wrong.",
    ),
    Code(
        "UP_NO_SHEET",
        INFO,
        "The ERP has attendance at a time at which Edusign has no sheet that edusync brought.",
        "It was entered in the ERP by hand, or for a class that did not come down: edusync explain "
        "FILE course ID says why.",
    ),
    Code(
        "UP_NOT_READ",
        ERROR,
        "What the ERP holds of this person could not be read, so nothing is compared.",
        "edusync check FILE says what cannot be read; then compare again.",
    ),
)
