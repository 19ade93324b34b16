"""Why a session did not come down, or came down in another way than expected."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    # what was done
    Code(
        "DOWN_CREATED",
        INFO,
        "The item was created on Edusign.",
        "Nothing to do.",
        'The class "Law" of Wednesday was entered in the ERP, and the run made its sheet.',
    ),
    Code(
        "DOWN_ADOPTED",
        INFO,
        "The item stood on Edusign already and was taken over, and brought in step where it "
        "differed.",
        "Nothing to do.",
        "A student stood on Edusign with the e-mail that the ERP has, and became the student "
        "of the ERP.",
    ),
    Code(
        "DOWN_UPDATED",
        INFO,
        "The item was brought in step with the ERP; the fields are named.",
        "Nothing to do.",
        "The ERP moved a class from room 12 to room 14, and its sheet says so now.",
    ),
    Code(
        "DOWN_COMPLETED",
        INFO,
        "A hand-made sheet got its professors and students.",
        "Nothing to do.",
        "A professor made a sheet by hand this morning, without people, and the run put those"
        " of the session on it.",
    ),
    Code(
        "DOWN_DELETED",
        INFO,
        "The sheet was deleted, because its session is gone from the ERP.",
        "Nothing to do.",
        "The class of Friday was deleted in the ERP, and its sheet went with it.",
    ),
    Code(
        "DOWN_COURSE_RELINKED",
        INFO,
        "The ERP sends the session under another id than before, with the same start, end and "
        "name; its sheet was linked to the new id instead of made anew (D8).",
        "Nothing to do. After a new timetable or school year this is what should happen.",
        "The timetable was made anew: the class of Monday at 9 has id 812 instead of 401. Its"
        " sheet stays the same.",
    ),
    # courses: the day
    Code(
        "DOWN_COURSE_PAST",
        INFO,
        "The session starts before today, and past sessions never come down (R7).",
        "Nothing to do. For a missing sheet of a class that has begun, create it by hand without "
        "people: it is completed.",
        "A class of yesterday was entered in the ERP today. The school makes its sheet by "
        "hand if it wants one.",
    ),
    Code(
        "DOWN_COURSE_SAME_DAY",
        INFO,
        "The session takes place today and was not known before; new sheets are never created for "
        "today (R8, D2).",
        "Create the sheet by hand without students or professors: the next run completes it.",
        "At 10 o'clock a class of 14 o'clock is entered in the ERP. The professor makes an "
        "empty sheet, and the next run fills it.",
    ),
    Code(
        "DOWN_COURSE_BEYOND_WINDOW",
        INFO,
        "The session starts after the window of days that is brought down (R6).",
        "Nothing to do: it comes down on the day that is named.",
        "Ten days are brought down, and the class is in three weeks. It comes by itself.",
    ),
    Code(
        "DOWN_COURSE_NOT_RUN_YET",
        INFO,
        "The session, or who comes with it, would come down, but no run has happened since it was "
        "entered or changed.",
        "Wait for the next run, or run `edusync sync` now.",
        "The class of Thursday was entered at 11, and the next run is at 18 o'clock.",
        "Wait for the next run, or run it now on the page of the connector.",
    ),
    # courses, out of the filters or of the accepted statuses
    Code(
        "DOWN_COURSE_STRUCTURE_MISMATCH",
        INFO,
        "The session is not on a structure, site, brand, company or base that this account lists.",
        "Add the id to the filter of the account, or correct the session in the ERP.",
        "The account lists the site Paris, and the session is in Lyon. When Lyon is wanted, "
        "the school adds it to the filter.",
    ),
    Code(
        "DOWN_COURSE_STRUCTURE_UNKNOWN",
        WARN,
        "The account has a filter by structure, and nothing says on which structure the session "
        "is.",
        "Give the session a programme, or students of one, in the ERP.",
        "The account lists the site Paris, and the session has neither a programme nor "
        "students. The school puts its students on it.",
    ),
    Code(
        "DOWN_COURSE_COMMON_EVENT_NO_DEFAULT",
        ERROR,
        "A common event has no professor, and no default professor is named (R11).",
        "Name one who is on Edusign under `defaultProfsForEvenementsCommun`, or give the event a "
        "professor.",
        "A welcome meeting without a professor is in the ERP. The school names a default "
        "professor for such events.",
        "Give the event a professor in the ERP; or tell whoever looks after the connector which "
        "professor on Edusign stands for those without one.",
    ),
    Code(
        "DOWN_COURSE_ACTION_FILTERED",
        INFO,
        "The training action of the session is not in the list of actions.",
        "Add the action to the filter, or leave the session out.",
        "The account lists the training actions BTS1 and BTS2, and the session is one of "
        "BAC3. The school adds BAC3 when it is wanted.",
    ),
    Code(
        "DOWN_COURSE_LABEL_FILTERED",
        INFO,
        "The session is not linked to one of the listed activity references or labels.",
        "Add the reference to the filter (* stands for anything), or leave the session out.",
        "The account lists the references that begin with FR-, and the session has EN-204. "
        "The school adds it when it is wanted.",
    ),
    Code(
        "DOWN_COURSE_FAMILY_FILTERED",
        INFO,
        "The course has none of the rubrics that this account lists for its family.",
        "Add the rubric to the filter, or give the course the rubric in the ERP.",
        "The account lists the rubric Attendance of the family Follow-up, and nobody gave it "
        "to the course. The school does so in the ERP.",
    ),
    Code(
        "DOWN_COURSE_RESOURCE_FILTERED",
        INFO,
        "The session is not under the folder or the groups that this account lists.",
        "Add the folder or the code of the group to the filter, or leave the session out.",
        "The account lists the folder 2026, and the session lies in the folder Archive. When "
        "it is wanted, the school moves it.",
    ),
    Code(
        "DOWN_COURSE_STATUS_EXCLUDED",
        INFO,
        "The session has a status that does not come down, such as 'in preparation'.",
        "Change the status in the ERP, or accept that status in the filter.",
        "The session is still a draft. It comes down once the school confirms it in the ERP.",
    ),
    Code(
        "DOWN_COURSE_INDIVIDUAL_OFF",
        INFO,
        "An individual session, and the option for individual sessions is off.",
        "Switch the option on if these sessions are wanted.",
        "An interview with one student is in the planning, and such sessions are not wanted. "
        "Nothing is to be done.",
    ),
    Code(
        "DOWN_COURSE_COMMON_EVENT_OFF",
        INFO,
        "A common event, and the option for common events is off.",
        "Switch the option on if common events are wanted, and name their default professor.",
        "An open day is in the planning, and common events are not wanted. Nothing is to be done.",
    ),
    Code(
        "DOWN_COURSE_DEFAULT_PROFESSOR_UNKNOWN",
        ERROR,
        "The default professor of common events is not on Edusign, or archived there.",
        "Write the id of a professor of this Edusign account.",
        "The default professor left the school and was archived on Edusign. The school names "
        "another one.",
    ),
    Code(
        "DOWN_COURSE_CANCELLED",
        INFO,
        "The session is cancelled in the ERP.",
        "Nothing to do; reinstate the session in the ERP if it takes place after all.",
        "The professor is ill, and the class was cancelled in the ERP. Its sheet is deleted.",
    ),
    # courses: professors, students, fields
    Code(
        "DOWN_COURSE_NO_PROFESSOR",
        WARN,
        "The session has no professor, and a sheet needs one (R11).",
        "Assign a professor to the session in the ERP.",
        "The class of Tuesday stands in the planning before anybody is found to teach it. The"
        " school enters the professor.",
    ),
    Code(
        "DOWN_COURSE_PROFESSOR_INVALID",
        WARN,
        "No professor of the session has a last name, a first name and an e-mail (R12).",
        "Complete the professor's record in the ERP; the detail names the field.",
        "The only professor of the class has no e-mail in the ERP. The school adds it.",
    ),
    Code(
        "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE",
        WARN,
        "A professor of the session shares an e-mail with another professor of the ERP (R25, D7).",
        "Give each professor an e-mail of their own in the ERP.",
        "Two professors have the e-mail contact@school.example. The school gives each their own.",
    ),
    Code(
        "DOWN_COURSE_NO_STUDENT",
        WARN,
        "The session has no student, and this ERP's sheets need one (R13).",
        "Enrol students in the session, or leave it: it comes down once it has some.",
        "A class was entered and nobody is enrolled in it yet. It comes down with its first "
        "student.",
    ),
    Code(
        "DOWN_COURSE_NO_VALID_STUDENT",
        WARN,
        "The session has students, but none of them is valid (R13).",
        "Complete the students' records in the ERP.",
        "Three students are enrolled, and none of them has an e-mail. The school adds the e-mails.",
    ),
    Code(
        "DOWN_COURSE_FIELD_MISSING",
        WARN,
        "The session lacks a name, a start or an end, or ends before it starts (R10).",
        "Complete the session in the ERP; the detail names the field.",
        "A session begins at 14:00 and ends at 13:00. The school corrects the hours in the ERP.",
    ),
    # courses: what stands on Edusign
    Code(
        "DOWN_COURSE_ARCHIVED",
        INFO,
        "The sheet is archived on Edusign, so it is not changed (D11).",
        "Nothing to do; enter a later correction on both sides by hand.",
        "A student is added in the ERP to a class whose sheet was archived last night. The "
        "school enters it on both sides.",
    ),
    Code(
        "DOWN_COURSE_STARTED",
        INFO,
        "The sheet has started, so it is not changed any more (D2, D11).",
        "Nothing to do; enter a later correction on Edusign by hand.",
        "The room of a class was changed in the ERP ten minutes after it had begun. Its sheet"
        " stays as it was.",
    ),
    Code(
        "DOWN_COURSE_SIGNED",
        WARN,
        "The sheet bears a signature, so only its students are kept in step (D11).",
        "Correct name, times or professor on Edusign by hand.",
        "The professor signed early, and then the ERP gave the class another name. The school"
        " changes it on Edusign.",
    ),
    Code(
        "DOWN_COURSE_HELD_DEPENDENCY",
        WARN,
        "A professor or student of the session could not be written, or is not known for sure, so "
        "the sheet waits.",
        "Look at the event of the person that is named; the next run tries again.",
        "Edusign refused the professor of the class, so there is nobody to put on its sheet. "
        "Once the professor is put right, both come.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_ADOPTED",
        INFO,
        "A hand-made sheet matched exactly one session and gets its people (D3). Its attendance "
        "never goes up.",
        "Enter its attendance in the ERP by hand.",
        'The sheet "Law" of today at 14:00 was made by hand and is that of session 812, so it'
        " got its students. The school enters the attendance in the ERP.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_LINKED",
        INFO,
        "A hand-made sheet that is still to come matched exactly one session: from now on it is "
        "that session's sheet, kept in step, and its attendance goes up (D13).",
        "Nothing: edusync never deletes it, since people made it.",
        'The sheet "Law" of next Monday was made by hand and is that of session 812. From now'
        " on it follows the ERP.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_AMBIGUOUS",
        WARN,
        "A hand-made sheet matches several sessions of the ERP, or one session several sheets, so "
        "nothing was changed (D3, D13).",
        "Give the sheet the exact name and times of its session, or complete it by hand.",
        'Two sessions called "Law" begin today at 14:00, and one sheet was made by hand. The '
        "school puts the people on it.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_UNMATCHED",
        INFO,
        "A hand-made sheet without students matches no session of the ERP (D3).",
        "Give the sheet the exact name, start and end of its session.",
        "The sheet made by hand begins at 14:00, and the session at 14:15. The school "
        "corrects the hour of the sheet.",
    ),
    Code(
        "DOWN_COURSE_VANISHED",
        WARN,
        "The session is gone from the ERP, or out of scope now; the detail says what happened to "
        "its sheet (D4).",
        "If the sheet was kept, delete it on Edusign by hand once nobody needs it.",
        "The class of Friday is not in the ERP any more, and the school wants such sheets "
        "kept: its sheet stays.",
    ),
    Code(
        "DOWN_COURSE_MOVED_TO_PAST",
        WARN,
        "The ERP moved the session to a moment that is over, so its sheet stays where it was, on a "
        "day that is still to come (D2).",
        "Correct the day in the ERP, or delete the sheet on Edusign by hand.",
        "The class of next Monday was moved to last Monday by mistake. The school corrects "
        "the day.",
    ),
    Code(
        "DOWN_COURSE_MOVED_AFTER_START",
        ERROR,
        "The session takes place on a coming day, and its sheet is of an earlier one that has "
        "begun or is archived: the ERP postponed the class under the same id, or somebody moved a "
        "signed sheet on Edusign. The sheet stays (D11), so the coming class has none.",
        "Give the coming class an id of its own in the ERP, or move its sheet on Edusign to the "
        "coming day.",
        "The class of Monday began, was broken off, and was moved to Thursday in the ERP. The"
        " school enters Thursday's class as one of its own.",
    ),
    Code(
        "DOWN_COURSE_DELETED_BY_HAND",
        INFO,
        "The sheet of the session was deleted on Edusign by hand. Runs look at the sheets of today "
        "and of the next day with any, so it is made anew once its day is the next one (R33).",
        "Nothing to do. To have it sooner, change something of the session in the ERP.",
        "Somebody deleted the sheet of Friday on Edusign, and the class still stands in the "
        "ERP. On Thursday it is made anew.",
    ),
    Code(
        "DOWN_COURSE_OVERWRITTEN",
        INFO,
        "A change made by hand on Edusign was replaced by what the ERP says (R33).",
        "Make corrections in the ERP, or the same one on both sides.",
        "Somebody changed the room of a sheet on Edusign, and then the ERP changed the hour: "
        "both are those of the ERP now.",
    ),
    Code(
        "DOWN_COURSE_TWIN_HELD",
        ERROR,
        "A sheet of this connector stands at the same time with the same people, or the same name "
        "and some of them, under an id that the ERP does not send, and the store knows nothing of "
        "it: it was lost, or is an old copy. No second sheet is made beside it (D8).",
        "Look at the sheet that is named, and delete it on Edusign; the next run makes the sheet "
        "of the session.",
        "The store was lost, and a sheet of before stands at the hour of the new session 812 "
        "with the same students. The school deletes it if it is one too many.",
    ),
    Code(
        "DOWN_SHEETS_UNLINKED",
        WARN,
        "Coming sheets of this connector stand on Edusign, the store knows nothing of them, and "
        "the ERP does not send their sessions. The store was lost, or is an old copy; they are "
        "not deleted.",
        "Look at the sheets on Edusign and delete those whose sessions were cancelled.",
        "The store was lost, and five coming sheets have ids that the ERP does not send. The "
        "school looks at them and deletes what was cancelled.",
    ),
    Code(
        "DOWN_COURSE_MADE_ANEW",
        INFO,
        "The sheet was deleted by hand on Edusign, and the ERP still has its session, so it is "
        "made anew. Every run looks at the sheets of today and of the next day with any (R33).",
        "Cancel the session in the ERP if it does not take place.",
        "Somebody deleted tomorrow's sheet on Edusign, and the class still stands in the ERP,"
        " so there is a new sheet.",
    ),
)
