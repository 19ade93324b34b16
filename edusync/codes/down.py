"""Why a session did not come down, or came down in another way than expected."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    # what was done
    Code("DOWN_CREATED", INFO, "The item was created on Edusign.", "Nothing to do."),
    Code(
        "DOWN_ADOPTED",
        INFO,
        "The item stood on Edusign already and was taken over, and brought in step where it "
        "differed.",
        "Nothing to do.",
    ),
    Code(
        "DOWN_UPDATED",
        INFO,
        "The item was brought in step with the ERP; the fields are named.",
        "Nothing to do.",
    ),
    Code(
        "DOWN_COMPLETED",
        INFO,
        "A hand-made sheet got its professors and students.",
        "Nothing to do.",
    ),
    Code(
        "DOWN_DELETED",
        INFO,
        "The sheet was deleted, because its session is gone from the ERP.",
        "Nothing to do.",
    ),
    Code(
        "DOWN_COURSE_RELINKED",
        INFO,
        "The ERP sends the session under another id than before, with the same start, end and "
        "name; its sheet was linked to the new id instead of made anew (D8).",
        "Nothing to do. After a new timetable or school year this is what should happen.",
    ),
    # courses: the day
    Code(
        "DOWN_COURSE_PAST",
        INFO,
        "The session starts before today, and past sessions never come down (R7).",
        "Nothing to do. For a missing sheet of a class that has begun, create it by hand without "
        "people: it is completed.",
    ),
    Code(
        "DOWN_COURSE_SAME_DAY",
        INFO,
        "The session takes place today and was not known before; new sheets are never created for "
        "today (R8, D2).",
        "Create the sheet by hand without students or professors: the next run completes it.",
    ),
    Code(
        "DOWN_COURSE_BEYOND_WINDOW",
        INFO,
        "The session starts after the window of days that is brought down (R6).",
        "Nothing to do: it comes down on the day that is named.",
    ),
    Code(
        "DOWN_COURSE_NOT_RUN_YET",
        INFO,
        "The session, or who comes with it, would come down, but no run has happened since it was "
        "entered or changed.",
        "Wait for the next run, or run `edusync sync` now.",
    ),
    # courses, out of the filters or of the accepted statuses
    Code(
        "DOWN_COURSE_STRUCTURE_MISMATCH",
        INFO,
        "The session is not on a structure, site, brand, company or base that this account lists.",
        "Add the id to the filter of the account, or correct the session in the ERP.",
    ),
    Code(
        "DOWN_COURSE_STRUCTURE_UNKNOWN",
        WARN,
        "The account has a filter by structure, and nothing says on which structure the session "
        "is.",
        "Give the session a programme, or students of one, in the ERP.",
    ),
    Code(
        "DOWN_COURSE_COMMON_EVENT_NO_DEFAULT",
        ERROR,
        "A common event has no professor, and no default professor is named (R11).",
        "Name one who is on Edusign under `defaultProfsForEvenementsCommun`, or give the event a "
        "professor.",
    ),
    Code(
        "DOWN_COURSE_ACTION_FILTERED",
        INFO,
        "The training action of the session is not in the list of actions.",
        "Add the action to the filter, or leave the session out.",
    ),
    Code(
        "DOWN_COURSE_LABEL_FILTERED",
        INFO,
        "The session is not linked to one of the listed activity references or labels.",
        "Add the reference to the filter (* stands for anything), or leave the session out.",
    ),
    Code(
        "DOWN_COURSE_FAMILY_FILTERED",
        INFO,
        "The course has none of the rubrics that this account lists for its family.",
        "Add the rubric to the filter, or give the course the rubric in the ERP.",
    ),
    Code(
        "DOWN_COURSE_RESOURCE_FILTERED",
        INFO,
        "The session is not under the folder or the groups that this account lists.",
        "Add the folder or the code of the group to the filter, or leave the session out.",
    ),
    Code(
        "DOWN_COURSE_STATUS_EXCLUDED",
        INFO,
        "The session has a status that does not come down, such as 'in preparation'.",
        "Change the status in the ERP, or accept that status in the filter.",
    ),
    Code(
        "DOWN_COURSE_INDIVIDUAL_OFF",
        INFO,
        "An individual session, and the option for individual sessions is off.",
        "Switch the option on if these sessions are wanted.",
    ),
    Code(
        "DOWN_COURSE_COMMON_EVENT_OFF",
        INFO,
        "A common event, and the option for common events is off.",
        "Switch the option on if common events are wanted, and name their default professor.",
    ),
    Code(
        "DOWN_COURSE_DEFAULT_PROFESSOR_UNKNOWN",
        ERROR,
        "The default professor of common events is not on Edusign, or archived there.",
        "Write the id of a professor of this Edusign account.",
    ),
    Code(
        "DOWN_COURSE_CANCELLED",
        INFO,
        "The session is cancelled in the ERP.",
        "Nothing to do; reinstate the session in the ERP if it takes place after all.",
    ),
    # courses: professors, students, fields
    Code(
        "DOWN_COURSE_NO_PROFESSOR",
        WARN,
        "The session has no professor, and a sheet needs one (R11).",
        "Assign a professor to the session in the ERP.",
    ),
    Code(
        "DOWN_COURSE_PROFESSOR_INVALID",
        WARN,
        "No professor of the session has a last name, a first name and an e-mail (R12).",
        "Complete the professor's record in the ERP; the detail names the field.",
    ),
    Code(
        "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE",
        WARN,
        "A professor of the session shares an e-mail with another professor of the ERP (R25, D7).",
        "Give each professor an e-mail of their own in the ERP.",
    ),
    Code(
        "DOWN_COURSE_NO_STUDENT",
        WARN,
        "The session has no student, and this ERP's sheets need one (R13).",
        "Enrol students in the session, or leave it: it comes down once it has some.",
    ),
    Code(
        "DOWN_COURSE_NO_VALID_STUDENT",
        WARN,
        "The session has students, but none of them is valid (R13).",
        "Complete the students' records in the ERP.",
    ),
    Code(
        "DOWN_COURSE_FIELD_MISSING",
        WARN,
        "The session lacks a name, a start or an end, or ends before it starts (R10).",
        "Complete the session in the ERP; the detail names the field.",
    ),
    # courses: what stands on Edusign
    Code(
        "DOWN_COURSE_ARCHIVED",
        INFO,
        "The sheet is archived on Edusign, so it is not changed (D11).",
        "Nothing to do; enter a later correction on both sides by hand.",
    ),
    Code(
        "DOWN_COURSE_STARTED",
        INFO,
        "The sheet has started, so it is not changed any more (D2, D11).",
        "Nothing to do; enter a later correction on Edusign by hand.",
    ),
    Code(
        "DOWN_COURSE_SIGNED",
        WARN,
        "The sheet bears a signature, so only its students are kept in step (D11).",
        "Correct name, times or professor on Edusign by hand.",
    ),
    Code(
        "DOWN_COURSE_HELD_DEPENDENCY",
        WARN,
        "A professor or student of the session could not be written, or is not known for sure, so "
        "the sheet waits.",
        "Look at the event of the person that is named; the next run tries again.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_ADOPTED",
        INFO,
        "A hand-made sheet matched exactly one session and gets its people (D3). Its attendance "
        "never goes up.",
        "Enter its attendance in the ERP by hand.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_LINKED",
        INFO,
        "A hand-made sheet that is still to come matched exactly one session: from now on it is "
        "that session's sheet, kept in step, and its attendance goes up (D13).",
        "Nothing: edusync never deletes it, since people made it.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_AMBIGUOUS",
        WARN,
        "A hand-made sheet matches several sessions of the ERP, or one session several sheets, so "
        "nothing was changed (D3, D13).",
        "Give the sheet the exact name and times of its session, or complete it by hand.",
    ),
    Code(
        "DOWN_COURSE_MANUAL_UNMATCHED",
        INFO,
        "A hand-made sheet without students matches no session of the ERP (D3).",
        "Give the sheet the exact name, start and end of its session.",
    ),
    Code(
        "DOWN_COURSE_VANISHED",
        WARN,
        "The session is gone from the ERP, or out of scope now; the detail says what happened to "
        "its sheet (D4).",
        "If the sheet was kept, delete it on Edusign by hand once nobody needs it.",
    ),
    Code(
        "DOWN_COURSE_MOVED_TO_PAST",
        WARN,
        "The ERP moved the session to a moment that is over, so its sheet stays where it was, on a "
        "day that is still to come (D2).",
        "Correct the day in the ERP, or delete the sheet on Edusign by hand.",
    ),
    Code(
        "DOWN_COURSE_MOVED_AFTER_START",
        ERROR,
        "The session takes place on a coming day, and its sheet is of an earlier one that has "
        "begun or is archived: the ERP postponed the class under the same id, or somebody moved a "
        "signed sheet on Edusign. The sheet stays (D11), so the coming class has none.",
        "Give the coming class an id of its own in the ERP, or move its sheet on Edusign to the "
        "coming day.",
    ),
    Code(
        "DOWN_COURSE_DELETED_BY_HAND",
        INFO,
        "The sheet of the session was deleted on Edusign by hand. Runs look at the sheets of today "
        "and of the next day with any, so it is made anew once its day is the next one (R33).",
        "Nothing to do. To have it sooner, change something of the session in the ERP.",
    ),
    Code(
        "DOWN_COURSE_OVERWRITTEN",
        INFO,
        "A change made by hand on Edusign was replaced by what the ERP says (R33).",
        "Make corrections in the ERP, or the same one on both sides.",
    ),
    Code(
        "DOWN_COURSE_TWIN_HELD",
        ERROR,
        "A sheet of this connector stands at the same time with the same people, or the same name "
        "and some of them, under an id that the ERP does not send, and the store knows nothing of "
        "it: it was lost, or is an old copy. No second sheet is made beside it (D8).",
        "Look at the sheet that is named, and delete it on Edusign; the next run makes the sheet "
        "of the session.",
    ),
    Code(
        "DOWN_SHEETS_UNLINKED",
        WARN,
        "Coming sheets of this connector stand on Edusign, the store knows nothing of them, and "
        "the ERP does not send their sessions. The store was lost, or is an old copy; they are "
        "not deleted.",
        "Look at the sheets on Edusign and delete those whose sessions were cancelled.",
    ),
    Code(
        "DOWN_COURSE_MADE_ANEW",
        INFO,
        "The sheet was deleted by hand on Edusign, and the ERP still has its session, so it is "
        "made anew. Every run looks at the sheets of today and of the next day with any (R33).",
        "Cancel the session in the ERP if it does not take place.",
    ),
)
