"""What became of attendance on its way up, and why some of it did not go."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "UP_SENT",
        INFO,
        "The attendance of the sheet stands in the ERP.",
        "Nothing to do.",
        "The sheet of 8 o'clock was archived at noon, and its two absences stand in the ERP.",
    ),
    # the whole
    Code(
        "UP_OFF",
        INFO,
        "Attendance does not go up: the option for it is off.",
        "Switch the option on if attendance is to go up; it goes up from the next run on.",
        "The school enters attendance in the ERP by hand and left the option off.",
        "If attendance is to go up, tell whoever looks after the connector; it goes up from the "
        "next run on.",
    ),
    Code(
        "UP_IMPOSSIBLE",
        ERROR,
        "The ERP has no way for attendance, so nothing can go up.",
        "Enter the attendance in the ERP by hand, or ask its vendor for an interface. Where there "
        "is one, whoever writes the spec says it below `writeback`: `edusync help writeback`.",
        "The planning comes from a calendar link, and a calendar takes no attendance. The "
        "school enters it by hand.",
        "Enter the attendance in the ERP by hand, or ask its vendor for an interface; where "
        "there is one, tell whoever looks after the connector.",
    ),
    Code(
        "UP_NO_WRITE_PERMISSION",
        ERROR,
        "The user of the connector may read the ERP, but not write (R52).",
        "Give the user the right to write, and run again: nothing is lost.",
        "The ERP answers 403 to an absence, since the user may only read. The school gives it"
        " the right to write.",
    ),
    Code(
        "UP_EARLY_DEPARTURE_REASON_MISSING",
        ERROR,
        "The reason for early departures does not exist in the ERP.",
        "Write the exact label, code or id of a reason of the ERP, or leave the option out.",
        "The option says `Left early`, and the ERP has the reason `Early leave`. The school "
        "writes it so.",
        "Add the reason to the ERP, or tell whoever looks after the connector which reason of "
        "the ERP is meant.",
    ),
    Code(
        "UP_SHEETS_NOT_LOOKED_AT",
        WARN,
        "Edusign's lists do not show what became of many sheets of the last two weeks; some "
        "were looked up one by one, and these are left.",
        "Nothing to do: the next run goes on with them.",
        "Three hundred sheets of the last two weeks are not in Edusign's lists. Each run "
        "looks at some of them.",
    ),
    # sheets
    Code(
        "UP_COURSE_NOT_ARCHIVED",
        INFO,
        "The sheet is not archived yet; only archived sheets go up (R45).",
        "Archive the sheet on Edusign: the next run takes it.",
        "The class ended at noon, and nobody has archived its sheet. The professor does so on"
        " Edusign.",
    ),
    Code(
        "UP_COURSE_MANUAL",
        WARN,
        "The sheet was not created by edusync, so its attendance does not go up (U1, D3).",
        "Enter its attendance in the ERP by hand.",
        "A sheet for a visit was made on Edusign by hand. The school enters its attendance in"
        " the ERP.",
    ),
    Code(
        "UP_COURSE_OF_ANOTHER",
        INFO,
        "Another connector brought the sheet to Edusign, so its attendance goes up there.",
        "Nothing to do. When that connector is this one under its old name: edusync state rename "
        "OLD NEW.",
        "The school has two ERPs, and the sheet came from the other one. Its attendance goes "
        "up there.",
        "Nothing to do: the attendance goes up by the other connector.",
    ),
    Code(
        "UP_COURSE_SHARED",
        ERROR,
        "Another connector brings the same sheet to Edusign, so nobody knows into which ERP its "
        "attendance belongs; nothing was sent.",
        "Enter its attendance in the ERP by hand, and let one connector alone bring the session to "
        "Edusign. When the other connector is not used any more: edusync purge --connector NAME.",
        "Two connectors brought one class to Edusign as one sheet. The school lets one of "
        "them alone bring it.",
        "Enter its attendance in the ERP by hand, and tell whoever looks after the connector "
        "which of the two connectors is to bring the session.",
    ),
    Code(
        "UP_COURSE_NOT_TIED",
        WARN,
        "The sheet carries an id of this kind of connector, but nobody is known to have brought "
        "it, and the ERP has no such session at its time; its attendance was not sent.",
        "It may belong to another ERP of the school. When it is a session of this one, enter its "
        "attendance in the ERP by hand.",
        "After the store was lost, a sheet of id 812 is archived, and the ERP has no session "
        "812 at its hour. The school enters it by hand.",
    ),
    Code(
        "UP_COURSE_DOUBLED",
        ERROR,
        "Several sheets on Edusign carry the id of one session, and this one is not known to be "
        "the one that edusync brought; its attendance was not sent.",
        "Delete on Edusign the sheet that is too many, or enter its attendance in the ERP by hand.",
        "Somebody copied a sheet on Edusign, so two carry the id 812. The school deletes the copy.",
    ),
    Code(
        "UP_COURSE_ALREADY_SENT",
        INFO,
        "The attendance of the sheet was sent before and has not changed.",
        "Nothing to do.",
        "The sheet went up yesterday, and today's run finds the same on it.",
    ),
    Code(
        "UP_COURSE_CHANGED_AFTER_SEND",
        WARN,
        "The sheet was archived again with another content after its attendance had been sent "
        "(R48, U3).",
        "Compare the sheet with the ERP. To send it again: edusync writeback FILE --resend ID; to "
        "leave the ERP as it is: --entered ID. Every run names it until then.",
        "The sheet went up, was opened again and one absence was taken out. The school "
        "decides which side is right.",
        "Compare the sheet with the ERP. Below what waits, send it again, or say that it is "
        "entered in the ERP. Every run names it until then.",
    ),
    Code(
        "UP_COURSE_UNKNOWN_IN_ERP",
        ERROR,
        "The session of the sheet is no longer in the ERP, so its attendance cannot be written.",
        "Look for the session in the ERP: it may be cancelled, moved or deleted. When it is there "
        "again, the next run sends the attendance; when you entered it by hand: edusync writeback "
        "FILE --entered ID.",
        "The class was deleted in the ERP after it had taken place. The school puts it back there.",
        "Look for the session in the ERP: it may be cancelled, moved or deleted. When it is "
        "there again, the next run sends the attendance. When you entered it by hand, say so "
        "beside the event on the page of the connector.",
    ),
    Code(
        "UP_COURSE_POSTPONED",
        ERROR,
        "The ERP has the session on another day than its sheet, which had begun, or at a time "
        "before it; its attendance waits, because the ERP would enter it for a class at which it "
        "was not taken.",
        "Put the session back on the day of the sheet in the ERP, and give the coming class an id "
        "of its own. Then, or when it is right as it is: edusync writeback FILE --resend ID; when "
        "you entered it by hand: --entered ID. Every run names it until then.",
        "The class of Monday was signed on Monday, and the ERP has it on Thursday now. The "
        "school puts it back on Monday.",
        "Put the session back on the day of the sheet in the ERP, and give the coming class an "
        "id of its own. Then, or when it is right as it is, send it again on the page of what "
        "waits; when you entered it by hand, say there that it is entered.",
    ),
    Code(
        "UP_COURSE_GONE",
        WARN,
        "The sheet is no longer on Edusign, and not all of its attendance had gone up.",
        "Enter in the ERP by hand what is missing there, then: edusync writeback FILE "
        "--entered ID.",
        "Two of three absences had gone up when the sheet was deleted on Edusign. The school "
        "enters the third by hand.",
        "Enter in the ERP by hand what is missing there; then say on the page of what waits "
        "that it is entered.",
    ),
    Code(
        "UP_COURSE_ENTERED",
        INFO,
        "What was left of the sheet was entered in the ERP by hand, so nothing more of it goes up.",
        "Nothing to do. To send the sheet after all: edusync writeback FILE --resend ID.",
        "The ERP refused a line, and the school entered it by hand and said so.",
        "Nothing to do. If the sheet is to be sent after all, ask whoever looks after the "
        "connector.",
    ),
    Code(
        "UP_COURSE_STEP_FAILED",
        ERROR,
        "The attendance of the sheet stands in the ERP, but a step after it was refused.",
        "Read what the ERP says. The next run tries the step again; the attendance is not "
        "sent twice.",
        "The absences stand in the ERP, and it refused to close the session. The next run "
        "tries to close it again.",
    ),
    Code(
        "UP_COURSE_UNREADABLE",
        ERROR,
        "What the ERP has to be asked before the attendance of the sheet is written could "
        "not be read.",
        "Nothing was written; the next run tries again.",
        "The list of absences that stand in the ERP already was answered 500. Nothing was "
        "written, and the next run tries again.",
    ),
    Code(
        "UP_PLANNING_NOT_COMPLETED",
        WARN,
        "The planning of the session was not set to completed, so absences do not count "
        "in the ERP.",
        "Switch `planifRealise` on, or set the status in the ERP by hand.",
        "The absences went up, and the session is still marked as planned in the ERP. The "
        "school marks it as completed.",
        "Set the status in the ERP by hand; or ask whoever looks after the connector to have it "
        "set from now on.",
    ),
    Code(
        "UP_COURSE_NOT_LOOKED_AT",
        WARN,
        "The sheet was archived before the first day that this run looks at, so its attendance was "
        "not sent.",
        "To send it: edusync writeback FILE --resend ID. When it stands in the ERP already: "
        "--entered ID.",
        "The connector was new on the 10th, and a sheet was archived on the 3rd. The school "
        "has it sent if the ERP lacks it.",
        "On the page of what waits, send it, or say that it stands in the ERP already.",
    ),
    Code(
        "UP_COURSE_LATER",
        WARN,
        "The sheet is archived, and its class begins after the moment of the run, so nothing was "
        "sent: nobody can be absent yet.",
        "It goes up with the first run after the class has begun. If the class does not take "
        "place, cancel it in the ERP and delete the sheet on Edusign before that.",
        "The sheet of 14 o'clock was archived at 10. It goes up after the class has begun.",
    ),
    Code(
        "UP_COURSE_NOT_BROUGHT",
        ERROR,
        "No sheet of this id was brought to Edusign by this connector, so there is nothing to send "
        "again or to take for entered.",
        "Give the id of the session in the ERP; `edusync explain FILE course ID` says whether it "
        "came down.",
        "The school asks to send sheet 9812 again, and its session is 812. It gives the right id.",
        "Give the id of the session in the ERP; its page says whether it came down: search for "
        "it there.",
    ),
    # people
    Code(
        "UP_CORRECTION_IMPOSSIBLE",
        ERROR,
        "The ERP holds, or may hold, what was sent of the person before, and has no way to change "
        "it: nothing was written.",
        "Correct it in the ERP by hand, then: edusync writeback FILE --entered ID. Every run "
        "names it until then.",
        "An absence went up, was corrected to a delay on Edusign, and the ERP lets nobody "
        "change one. The school corrects it there.",
        "Correct it in the ERP by hand; then say on the page of what waits that it is entered. "
        "Every run names it until then.",
    ),
    Code(
        "UP_STUDENT_UNKNOWN_IN_ERP",
        WARN,
        "A student on the sheet has no place in the session of the ERP: put on the sheet by hand, "
        "or a double.",
        "Put the student on the session in the ERP: the next run sends the line. When you entered "
        "it by hand: edusync writeback FILE --entered ID.",
        "A guest was put on the sheet by hand. The school puts them on the session in the "
        "ERP, or leaves them out.",
        "Put the student on the session in the ERP: the next run sends the line. When you "
        "entered it by hand, say so beside the event on the page of the "
        "connector.",
    ),
    Code(
        "UP_PROFESSOR_UNKNOWN_IN_ERP",
        WARN,
        "A professor of the sheet is not known to the ERP.",
        "Enter the professor in the ERP: the next run sends the line. When you entered the "
        "attendance by hand: edusync writeback FILE --entered ID.",
        "A colleague who stood in for the professor is not in the ERP. The school enters them.",
        "Enter the professor in the ERP: the next run sends the line. When you entered the "
        "attendance by hand, say so beside the event on the page of the "
        "connector.",
    ),
    Code(
        "UP_PROFESSOR_VALIDATION_REQUIRED",
        ERROR,
        "The ERP wants the presence of the professor, the professor did not sign, and forcing "
        "it is off.",
        "Switch the option on that forces the presence: the next run sends the line. When you "
        "entered it by hand: edusync writeback FILE --entered ID.",
        "The professor forgot to sign, and the ERP takes no attendance without them. The "
        "school switches on that presence is forced.",
        "Enter the attendance in the ERP by hand, or ask whoever looks after the connector to "
        "have the presence forced: the next run sends the line then.",
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
        "Nora was absent, and her id in the ERP is now Paul's. Nothing is written until the "
        "ids are put back.",
        "Ask whoever looks after the ERP to put the ids back: the line goes with the next run "
        "on the way up after the planning has come down. When you entered it by hand, say so "
        "beside the event on the page of the connector.",
    ),
    Code(
        "UP_SENT_FOR_ANOTHER",
        ERROR,
        "What was sent of the person stands in the ERP with somebody else: the run down after it "
        "found that the ERP has given the id to another person (`DOWN_PERSON_ID_TAKEN`).",
        "Take it away in the ERP by hand. Then enter it with the right person, and: edusync "
        "writeback FILE --entered ID; or have the ids put back, and: edusync writeback FILE "
        "--resend ID. Every run names it until then.",
        "Nora's absence went up an hour after the ERP had given her id to Paul, so it stands "
        "with him. The school moves it.",
        "Take it away in the ERP by hand. Then enter it with the right person, and say beside the "
        "event on the page of the connector that it is entered; or have the ids put back, and "
        "send it again there. Every run names it until then.",
    ),
    Code(
        "UP_SIGNATURE_PENDING",
        INFO,
        "A student was asked to sign by e-mail and had not when the sheet was archived: it counts "
        "as absence.",
        "If the student was there, correct it in the ERP.",
        "A student was sent a link to sign and did not before the sheet was archived. If they"
        " were there, the school corrects it in the ERP.",
    ),
    # states
    Code(
        "UP_STATUS_OPTION_OFF",
        INFO,
        "A delay, an exclusion or an early departure was sent as something else, because "
        "its option "
        "is off (U2).",
        "Switch the option on if the ERP is to know it.",
        "A student came ten minutes late, and delays are not wanted in the ERP: they stand "
        "there as present.",
        "If the ERP is to know it, tell whoever looks after the connector.",
    ),
    Code(
        "UP_STATUS_UNSUPPORTED",
        INFO,
        "The ERP has no place for a delay, an exclusion or an early departure, so it was sent as "
        "something else.",
        "Nothing to do.",
        "A student was sent out of the class, and the ERP knows present and absent only: they"
        " stand there as absent.",
    ),
    # reasons
    Code(
        "UP_STATUS_UNREAD",
        ERROR,
        "Edusign does not say whether the person was present or absent; the line is held.",
        "Nothing was written of it; every run looks again. When it stays so, open the sheet on "
        "Edusign, set the state, and archive it again.",
        "Edusign shows a student on an archived sheet with a state that has no meaning. The "
        "school sets it and archives the sheet again.",
    ),
    Code(
        "UP_REASON_DEFAULTED",
        INFO,
        "The ERP does not know the reason of a justified absence; the default reason was "
        "sent (U4).",
        "To send another one, name it under `reasons` in the connector file.",
        "The reason on Edusign is Transport, which the ERP does not have: Other was sent. The"
        " school may name the right one.",
        "To send another one, tell whoever looks after the connector which reason of the ERP is "
        "meant.",
    ),
    Code(
        "UP_REASON_UNKNOWN",
        WARN,
        "The ERP does not know the reason of a justified absence, and no default is set (U4).",
        "Name the reason of the ERP under `reasons` in the connector file, or set a "
        "default. A line "
        "that is held goes with the next run then.",
        "The reason on Edusign is Transport, which the ERP does not have, and there is no "
        "default. The school names the right one.",
        "Choose the reason of the ERP on the page of what waits. A line that is held goes with "
        "the next run then.",
    ),
    Code(
        "UP_REASON_NONE",
        WARN,
        "Nobody gave a reason for a justified absence on Edusign.",
        "Give one on Edusign, or say with `when_none` in the spec what goes up without one. A line "
        "that is held goes with the next run then.",
        "An absence was justified on Edusign, and nobody said why. The school gives the "
        "reason there.",
        "Give one on Edusign: a line that is held goes with the next run then. Or tell whoever "
        "looks after the connector what is to go up without one.",
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
        "The list of reasons of the ERP was answered 500, so nobody knows which one is meant."
        " The next run looks again.",
        "Nothing was written of it; every run looks again. When it stays so, look whether the "
        "ERP shows its reasons, and whether the absence is still on Edusign; then tell whoever "
        "looks after the connector.",
    ),
    Code(
        "UP_REASON_NOT_JUSTIFIED_TYPE",
        INFO,
        "The reason exists in the ERP, but not as one that justifies an absence.",
        "Choose another reason, or change it in the ERP.",
        "The reason Late train stands in the ERP as one of unjustified absences. The school "
        "chooses another.",
    ),
    # writing
    Code(
        "UP_ERP_REJECTED",
        ERROR,
        "The ERP refused the attendance of a person, or of a whole sheet; its own words are given.",
        "Correct what the ERP says. The next run sends the line again.",
        'The ERP answers an absence with "the period is closed". The school opens the period,'
        " and the next run sends it.",
    ),
    Code(
        "UP_GIVEN_UP",
        WARN,
        "The ERP refused a line again and again, or the line was held for three months, so it is "
        "not sent any more.",
        "Correct what the code says that is given, then: edusync writeback FILE --resend ID; or, "
        "when it was entered by hand: --entered ID.",
        "The ERP answered five times that the period is closed. The school opens it and has "
        "the sheet sent again.",
        "Correct what the code says that is given; then send it again on the page of what "
        "waits, or say there that it is entered in the ERP.",
    ),
    Code(
        "UP_IN_DOUBT",
        WARN,
        "A line was sent and no answer came; nobody knows whether the ERP has it (U5).",
        "The next run finds out, where the ERP can be asked. Where it cannot, look into the ERP: "
        "`--resend ID` sends the sheet again, `--entered ID` says that all of it stands there.",
        "The network broke off while an absence was being written. The next run looks into "
        "the ERP before it writes again.",
        "The next run finds out, where the ERP can be asked. Where it cannot, look into the "
        "ERP: on the page of what waits, send the sheet again, or say that all of it stands "
        "there.",
    ),
    # both sides compared
    Code(
        "UP_CHANGED_IN_ERP",
        WARN,
        "The ERP took what was sent of this person, and says something else now: somebody changed "
        "or deleted it there.",
        "Ask who changed it. To write what Edusign says once more: edusync writeback FILE --resend "
        "ID.",
        "An absence went up, and somebody deleted it in the ERP. The school asks who did.",
        "Ask who changed it. If Edusign is right, correct it in the ERP.",
    ),
    Code(
        "UP_NOT_SENT_YET",
        WARN,
        "Nothing was sent of it so far.",
        "Nothing to do when the next run is still to come; edusync writeback FILE --plan says what "
        "would go.",
        "The sheet was archived at noon, and the next run is at 18 o'clock.",
        "Nothing to do when the next run is still to come; else run it now on its page.",
    ),
    Code(
        "UP_NOT_ON_SHEET",
        WARN,
        "The ERP has attendance of somebody who is not on the sheet of the class.",
        "Somebody entered it in the ERP, or the person was taken off the sheet: correct the side "
        "that is wrong.",
        "The ERP has an absence of Nora on Monday at 9, and Nora is not on that sheet. The "
        "school looks which side is right.",
    ),
    Code(
        "UP_NO_SHEET",
        INFO,
        "The ERP has attendance at a time at which Edusign has no sheet that edusync brought.",
        "It was entered in the ERP by hand, or for a class that did not come down: edusync explain "
        "FILE course ID says why.",
        "The ERP has absences of a class of Saturday that never came down. Somebody entered "
        "them by hand.",
        "It was entered in the ERP by hand, or for a class that did not come down: ask for it "
        "on the page of the connector.",
    ),
    Code(
        "UP_NOT_READ",
        ERROR,
        "What the ERP holds of this person could not be read, so nothing is compared.",
        "edusync check FILE says what cannot be read; then compare again.",
        "The list of absences of the ERP was answered 500 while both sides were being "
        "compared. The school compares again.",
        "Ask whoever looks after the connector what cannot be read; then compare again.",
    ),
)
