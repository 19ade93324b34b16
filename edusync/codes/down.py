"""Why an item did not come down, or came down in another way than expected."""

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
        "DOWN_COURSE_MANUAL_AMBIGUOUS",
        WARN,
        "A hand-made sheet without students matches several sessions of the ERP, so nothing was "
        "changed (D3).",
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
    # people and groups
    Code(
        "DOWN_PERSON_NO_SESSION",
        INFO,
        "No session of the window refers to this person or group, and they are only created with a "
        "sheet (R19).",
        "Nothing to do: they appear once a session of the window needs them.",
    ),
    Code(
        "DOWN_PERSON_COURSES_BLOCKED",
        WARN,
        "Sessions of the window refer to this person, but every one of them is blocked.",
        "Look at the events of the sessions that are named.",
    ),
    Code(
        "DOWN_STUDENT_FIELD_MISSING",
        WARN,
        "The student lacks a last name, a first name or a usable e-mail (R21).",
        "Complete the student's record in the ERP; the detail names the field.",
    ),
    Code(
        "DOWN_STUDENT_EMAIL_TYPE_EMPTY",
        INFO,
        "The chosen kind of e-mail is empty for this student, and the other one is filled.",
        "Fill the chosen e-mail in the ERP, or choose the other kind.",
    ),
    Code(
        "DOWN_STUDENT_FILTERED",
        INFO,
        "The student is outside the filter of students, or has left.",
        "Nothing to do, or add the student's site or family to the filter.",
    ),
    Code(
        "DOWN_STUDENT_UNCONFIRMED",
        INFO,
        "The student's registration is not confirmed, and the option for unconfirmed ones is off.",
        "Confirm the registration in the ERP, or switch the option on.",
    ),
    Code(
        "DOWN_PROFESSOR_FIELD_MISSING",
        WARN,
        "The professor lacks a last name, a first name or a usable e-mail (R12).",
        "Complete the professor's record in the ERP; the detail names the field.",
    ),
    Code(
        "DOWN_PROFESSOR_EMAIL_DUPLICATE",
        WARN,
        "Two professors of the ERP share this e-mail, so this one is not brought down (R25, D7).",
        "Give each professor an e-mail of their own in the ERP.",
    ),
    Code(
        "DOWN_STUDENT_EMAIL_DUPLICATE",
        WARN,
        "Two students of the ERP share this e-mail, and Edusign takes it once: who stands on "
        "Edusign already comes down, else the smaller id (D7).",
        "Give each student an e-mail of their own in the ERP.",
    ),
    Code(
        "DOWN_TUTOR_EMAIL_DUPLICATE",
        WARN,
        "Two tutors of the ERP share this e-mail, and Edusign takes it once: who stands on "
        "Edusign already comes down, else the smaller id (D7).",
        "Give each tutor an e-mail of their own in the ERP, or make them one.",
    ),
    Code(
        "DOWN_PERSON_MANUAL_TWIN",
        WARN,
        "Edusign held a person made by hand with the same e-mail; it was taken over instead of "
        "making a double (R26).",
        "Nothing to do; create people in the ERP only.",
    ),
    Code(
        "DOWN_PERSON_ARCHIVED",
        WARN,
        "The matching person is archived on Edusign, so nothing was created (D8, R32).",
        "Restore the person on Edusign, or set `rules: {restore_archived: true}` in the "
        "connector file.",
    ),
    Code(
        "DOWN_PERSON_EMAIL_CONFLICT",
        WARN,
        "The person on Edusign with this e-mail belongs to another ERP id or another connector.",
        "Find out which record is right; merge in the ERP or change one of the e-mails.",
    ),
    Code(
        "DOWN_PERSON_OVERWRITTEN",
        INFO,
        "A change made by hand to a person on Edusign was replaced by what the ERP says (R33).",
        "Make corrections in the ERP, or the same one on both sides.",
    ),
    Code(
        "DOWN_PERSON_RELINKED",
        INFO,
        "The ERP sends this person under another id than before, with the same names and the same "
        "e-mail; the person on Edusign was linked to the new id (D8).",
        "Nothing to do. After a new school year this is what should happen.",
    ),
    Code(
        "DOWN_PERSON_ID_TAKEN",
        ERROR,
        "Under this id the ERP sends another person than before, and that person stands on Edusign "
        "under another id: the ERP has given its ids anew. Nothing is changed for them or on their "
        "sheets.",
        "Ask whoever looks after the ERP to put the ids back. If they stay, write the new ids into "
        "API_ID on Edusign, and put the links aside with `edusync state rename OLD NEW`.",
    ),
    Code(
        "DOWN_GROUP_RELINKED",
        INFO,
        "The ERP sends this group under another id than before, with the same name and students "
        "of before; the group on Edusign was linked to the new id (D8).",
        "Nothing to do. After a new school year this is what should happen.",
    ),
    Code(
        "DOWN_GROUP_HELD",
        WARN,
        "The group may be one that stands on Edusign under another id, and the ERP was not read "
        "wholly, so it waits.",
        "Look at the CONN events of the run; the next whole read decides.",
    ),
    Code(
        "DOWN_TUTOR_OFF",
        INFO,
        "Tutors do not come down: the option for them is off.",
        "Switch the option on if tutors are wanted.",
    ),
    Code(
        "DOWN_CREDENTIALS_NOT_SENT",
        INFO,
        "People were created without sending them credentials: the option is off (D10).",
        "Switch the option on before people are created, or send the credentials from Edusign.",
    ),
    Code(
        "DOWN_TUTOR_AGREEMENT_NOT_COMPLETED",
        INFO,
        "The student's agreement is not completed, so its tutor does not come down.",
        "Complete the agreement in the ERP.",
    ),
    Code(
        "DOWN_TUTOR_FIELD_MISSING",
        WARN,
        "The tutor lacks a last name, a first name or a usable e-mail.",
        "Complete the contact in the ERP; the detail names the field.",
    ),
    Code(
        "DOWN_GROUP_OFF",
        INFO,
        "Groups do not come down, because their option is off.",
        "Switch the option on if the groups are wanted on Edusign.",
    ),
    Code(
        "DOWN_GROUP_FIELD_MISSING",
        WARN,
        "The group has no name (R21).",
        "Name the group in the ERP.",
    ),
    Code(
        "DOWN_GROUP_NO_STUDENT",
        INFO,
        "The group has no student, and this ERP's groups need one (R21).",
        "Nothing to do: it comes down once it has students.",
    ),
    Code(
        "DOWN_REFERENCE_MISSING",
        WARN,
        "The item names another item that its list does not hold.",
        "Look at the item that is named in the ERP; the sheet comes down without it.",
    ),
    Code(
        "DOWN_KEY_TWICE",
        WARN,
        "A list of the ERP holds the same id twice, so it counts as read in part and nothing is "
        "deleted on its word.",
        "Correct the double in the ERP, or say `same_key: first` in the spec if doubles are "
        "normal there.",
    ),
    Code(
        "DOWN_KEY_FIRST_KEPT",
        WARN,
        "A list of the ERP holds the same id twice; the first row counts, as the spec says "
        "(`same_key: first_reported`), and the reading stays whole.",
        "Correct the double in the ERP, and see that the row that counts is the right one.",
    ),
    Code(
        "DOWN_VALUE_UNREADABLE",
        WARN,
        "A value of the ERP does not have the form that the spec names for it.",
        "Correct the value in the ERP, or the format in the spec; the detail names the path.",
    ),
    Code(
        "DOWN_UNDECIDED",
        ERROR,
        "Nobody can say whether a condition of the spec holds, so what it is about stays as it is: "
        "it is neither created, changed, dropped nor deleted, and a list counts as not read (D14).",
        "Look at the line of the spec and at what it reads; the detail says what is wrong.",
    ),
    # Edusign's side
    Code(
        "EDU_REJECTED",
        ERROR,
        "Edusign refused the item; the detail holds its message.",
        "Correct what the message names. What was refused for its data is sent again when they "
        "change, or after a week.",
    ),
    Code(
        "EDU_LOOKUP_REFUSED",
        ERROR,
        "Edusign did not say whether it has an item, so the item was neither created, nor changed, "
        "nor deleted (D8).",
        "Run again. If the words that are shown mean 'not there', write them into the connector "
        "file: `edusign: {not_found: [WORDS]}`.",
    ),
    Code(
        "EDU_PEOPLE_NOT_LISTED",
        WARN,
        "Edusign did not list its students or professors, so this run did not see whether somebody "
        "changed them by hand.",
        "Run again. When it stays so, ask Edusign whether the API key may list people.",
    ),
    Code(
        "EDU_LOCK_UNKNOWN",
        ERROR,
        "Edusign shows the sheet without saying whether it is archived, so it was neither changed "
        "nor deleted, and its attendance did not go up.",
        "Run again: every run looks at it. When it stays so, archive the sheet on Edusign or open "
        "it again, or ask Edusign what its state is.",
    ),
    Code(
        "EDU_IN_DOUBT",
        WARN,
        "A write was sent and its answer never came; it is looked up before it is sent again (U5).",
        "Nothing to do: the next run finds out and goes on.",
    ),
    Code(
        "EDU_AUTH_FAILED",
        ERROR,
        "Edusign refused the API key of the account.",
        "Check the key under Applications > private application > API keys, and its rights.",
    ),
    Code(
        "EDU_UNREACHABLE",
        ERROR,
        "Edusign cannot be reached, or keeps answering with technical errors.",
        "Check the base URL and the network; the next run goes on where this one stopped.",
    ),
    Code(
        "EDU_UNREADABLE",
        ERROR,
        "Edusign answered with something else than its interface promises.",
        "Run again; when it stays so, ask Edusign whether their interface has changed.",
    ),
)
