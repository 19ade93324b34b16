"""Why somebody, or a group, did not come down, or came down in another way than expected."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "DOWN_PERSON_DELETED_BY_HAND",
        WARN,
        "The person or group was deleted on Edusign, and the ERP still sends them. Once Edusign "
        "refuses what names them, the next run makes them anew and puts them back on their sheets "
        "(R33).",
        "Nothing to do. If they are to stay away, take them out of the sessions in the ERP.",
        "A student was deleted on Edusign and is still enrolled in the ERP. When the next "
        "sheet names them, they are made anew.",
    ),
    Code(
        "DOWN_PERSON_FORGOTTEN",
        INFO,
        "What was kept of the person was deleted with `edusync forget`, and the ERP still sends "
        "them: they are not created again, and new sheets are without them.",
        "Take them out of the ERP. If they are to come down again: `edusync forget NAME ID --kind "
        "KIND --undo`.",
        "A student asked to be forgotten, and is still enrolled in the ERP. The school takes "
        "them out there.",
        "Take them out of the ERP. If they are to come down again, ask whoever looks "
        "after the connector.",
    ),
    Code(
        "DOWN_PERSON_NO_SESSION",
        INFO,
        "No session of the window refers to this person or group, and they are only created with a "
        "sheet (R19).",
        "Nothing to do: they appear once a session of the window needs them.",
        "A new student is enrolled, and their first class is in two months. They come down "
        "with it.",
    ),
    Code(
        "DOWN_PERSON_COURSES_BLOCKED",
        WARN,
        "Sessions of the window refer to this person, but every one of them is blocked.",
        "Look at the events of the sessions that are named.",
        "The two classes of a student have no professor yet. They come down with the first "
        "class that has one.",
    ),
    Code(
        "DOWN_STUDENT_FIELD_MISSING",
        WARN,
        "The student lacks a last name, a first name or a usable e-mail (R21).",
        "Complete the student's record in the ERP; the detail names the field.",
        "A student was entered without an e-mail: the sheets come down without them. The "
        "school adds the e-mail.",
    ),
    Code(
        "DOWN_STUDENT_EMAIL_TYPE_EMPTY",
        INFO,
        "The chosen kind of e-mail is empty for this student, and the other one is filled.",
        "Fill the chosen e-mail in the ERP, or choose the other kind.",
        "The school's own e-mails are chosen, and a student has a private one only. The "
        "school enters the other.",
    ),
    Code(
        "DOWN_STUDENT_FILTERED",
        INFO,
        "The student is outside the filter of students, or has left.",
        "Nothing to do, or add the student's site or family to the filter.",
        "A student left in March and still stands on a class of May. Nothing is to be done.",
    ),
    Code(
        "DOWN_STUDENT_UNCONFIRMED",
        INFO,
        "The student's registration is not confirmed, and the option for unconfirmed ones is off.",
        "Confirm the registration in the ERP, or switch the option on.",
        "A registration waits for its signature. The student comes down once it is confirmed.",
    ),
    Code(
        "DOWN_PROFESSOR_FIELD_MISSING",
        WARN,
        "The professor lacks a last name, a first name or a usable e-mail (R12).",
        "Complete the professor's record in the ERP; the detail names the field.",
        "A professor was entered with a last name only. The school adds the first name and "
        "the e-mail.",
    ),
    Code(
        "DOWN_PROFESSOR_EMAIL_DUPLICATE",
        WARN,
        "Two professors of the ERP share this e-mail, so this one is not brought down (R25, D7).",
        "Give each professor an e-mail of their own in the ERP.",
        "A professor was entered twice, with one e-mail. The school keeps one of the two records.",
    ),
    Code(
        "DOWN_STUDENT_EMAIL_DUPLICATE",
        WARN,
        "Two students of the ERP share this e-mail, and Edusign takes it once: who stands on "
        "Edusign already comes down, else the smaller id (D7).",
        "Give each student an e-mail of their own in the ERP.",
        "Two brothers have the e-mail of their mother: the one who is on Edusign comes down. "
        "The school gives the other one their own.",
    ),
    Code(
        "DOWN_TUTOR_EMAIL_DUPLICATE",
        WARN,
        "Two tutors of the ERP share this e-mail, and Edusign takes it once: who stands on "
        "Edusign already comes down, else the smaller id (D7).",
        "Give each tutor an e-mail of their own in the ERP, or make them one.",
        "Two tutors of one company have the e-mail of its office. The school gives each their own.",
    ),
    Code(
        "DOWN_PERSON_NAME_TWIN",
        WARN,
        "Somebody on Edusign without an id of the ERP has the names of a person who is made, and "
        "another e-mail: they may be one person (R26).",
        "If they are, archive the one that was made by hand on Edusign, or correct the "
        "e-mail in the ERP.",
        "Nora Roy was made by hand on Edusign with a private e-mail, and the ERP sends a Nora"
        " Roy with the school's. The school archives the first if both are one.",
    ),
    Code(
        "DOWN_PERSON_MANUAL_TWIN",
        WARN,
        "Edusign held a person made by hand with the same e-mail; it was taken over instead of "
        "making a double (R26).",
        "Nothing to do; create people in the ERP only.",
        "A student was made by hand on Edusign in September, with the e-mail that the ERP "
        "has. They are one person now.",
    ),
    Code(
        "DOWN_PERSON_ARCHIVED",
        WARN,
        "The matching person is archived on Edusign, so nothing was created (D8, R32).",
        "Restore the person on Edusign, or set `rules: {restore_archived: true}` in the "
        "connector file.",
        "A student left, was archived on Edusign, and is enrolled again. The school restores them.",
        "Restore the person on Edusign; or ask whoever looks after the connector to have such "
        "people restored from now on.",
    ),
    Code(
        "DOWN_PERSON_EMAIL_CONFLICT",
        WARN,
        "The person on Edusign with this e-mail belongs to another ERP id or another connector.",
        "Find out which record is right; merge in the ERP or change one of the e-mails.",
        "The e-mail of the new student stands on Edusign with another id of the ERP: two "
        "records are one person. The school merges them in the ERP.",
    ),
    Code(
        "DOWN_PERSON_OVERWRITTEN",
        INFO,
        "A change made by hand to a person on Edusign was replaced by what the ERP says (R33).",
        "Make corrections in the ERP, or the same one on both sides.",
        "Somebody corrected a name on Edusign, and the ERP still has the old spelling. The "
        "school corrects it in the ERP.",
    ),
    Code(
        "DOWN_PERSON_RELINKED",
        INFO,
        "The ERP sends this person under another id than before, with the same names and the same "
        "e-mail; the person on Edusign was linked to the new id (D8).",
        "Nothing to do. After a new school year this is what should happen.",
        "In September the student has a new id in the ERP, with the same names and e-mail: it"
        " is the same person on Edusign.",
    ),
    Code(
        "DOWN_PERSON_ID_TAKEN",
        ERROR,
        "Under this id the ERP sends another person than before: one who stands on Edusign under "
        "another id, or one of whom neither a name nor the e-mail is that of before. Or the record "
        "on Edusign with this id is somebody else's. Nothing is changed for them or on their "
        "sheets.",
        "Ask whoever looks after the ERP to put the ids back. If it is the same person, write the "
        "new names and e-mail into their record on Edusign. If the ids stay, write the new ones "
        "into API_ID on Edusign, and put the links aside with `edusync state rename OLD NEW`.",
        "The ERP was imported anew, and id 12 is now Paul, while Nora, who was 12, is 40. "
        "Nothing is written for them until the ids are put back.",
        "Ask whoever looks after the ERP to put the ids back. If they stay, ask whoever "
        "looks after the connector to put the links aside.",
    ),
    Code(
        "DOWN_TUTOR_OFF",
        INFO,
        "Tutors do not come down: the option for them is off.",
        "Switch the option on if tutors are wanted.",
        "The ERP has tutors, and the school does not want them on Edusign. Nothing is to be done.",
    ),
    Code(
        "DOWN_CREDENTIALS_NOT_SENT",
        INFO,
        "People were created without sending them credentials: the option is off (D10).",
        "Switch the option on before people are created, or send the credentials from Edusign.",
        "Forty students were created and none of them got a message. The school sends the "
        "credentials from Edusign.",
    ),
    Code(
        "DOWN_TUTOR_AGREEMENT_NOT_COMPLETED",
        INFO,
        "The student's agreement is not completed, so its tutor does not come down.",
        "Complete the agreement in the ERP.",
        "The agreement of an apprentice is still a draft. Its tutor comes down once it is "
        "completed.",
    ),
    Code(
        "DOWN_TUTOR_FIELD_MISSING",
        WARN,
        "The tutor lacks a last name, a first name or a usable e-mail.",
        "Complete the contact in the ERP; the detail names the field.",
        "The contact of a company has a name and no e-mail. The school adds it.",
    ),
    Code(
        "DOWN_REFERENCE_MISSING",
        WARN,
        "The item names another item that its list does not hold.",
        "Look at the item that is named in the ERP; the sheet comes down without it.",
        "A class names student 77, whom the list of students does not hold. The school looks "
        "for them in the ERP.",
    ),
    Code(
        "DOWN_LOOK_UP_SEVERAL",
        WARN,
        "A `look_up` found several rows that do not say the same, and nothing says which of them "
        "counts: what hangs on it is unknown and stays as it is.",
        "Write `look_up_all` to take all of them, or say with `where`, `first_by` or `last_by` "
        "which one counts.",
        "The students of a class are looked up with `look_up`, and ten of them fit: none is taken "
        "for the class. The spec needs `look_up_all`.",
        "Tell whoever looks after the connector: nothing says which of several rows of the ERP "
        "counts. Until then it stays as it is.",
    ),
    Code(
        "DOWN_KEY_TWICE",
        WARN,
        "A list of the ERP holds the same id twice, so it counts as read in part and nothing is "
        "deleted on its word.",
        "Correct the double in the ERP, or say `same_key: first` in the spec if doubles are "
        "normal there.",
        "The list of professors holds id 70 twice, with different names. The school deletes "
        "the wrong record.",
        "Correct the double in the ERP; if doubles are normal there, tell whoever looks after "
        "the connector.",
    ),
    Code(
        "DOWN_KEY_FIRST_KEPT",
        WARN,
        "A list of the ERP holds the same id twice; the first row counts, as the spec says "
        "(`same_key: first_reported`), and the reading stays whole.",
        "Correct the double in the ERP, and see that the row that counts is the right one.",
        "The list of rooms holds id 3 twice; the first row counts. The school looks whether "
        "it is the right one.",
    ),
    Code(
        "DOWN_VALUE_UNREADABLE",
        WARN,
        "A value of the ERP does not have the form that the spec names for it.",
        "Correct the value in the ERP, or the format in the spec; the detail names the path.",
        "A date of birth is 31/02/2004. The school corrects it in the ERP.",
        "Correct the value in the ERP. If it is right as it is, tell whoever looks after the "
        "connector.",
    ),
    Code(
        "DOWN_UNDECIDED",
        ERROR,
        "Nobody can say whether a condition of the spec holds, so what it is about stays as it is: "
        "it is neither created, changed, dropped nor deleted, and a list counts as not read (D14).",
        "Look at the line of the spec and at what it reads; the detail says what is wrong.",
        "Cancelled sessions stay away, and the ERP does not send the status any more: nothing"
        " changes until it does.",
        "Ask whoever looks after the connector: the detail says what cannot be decided. Until "
        "then it stays as it is.",
    ),
)
