"""What happened to a whole run."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "RUN_PARTIAL",
        WARN,
        "Some items of the run failed; the others went through.",
        "Look at the events of the items; the next run tries them again.",
        "Of 200 sheets two were refused by Edusign. Their events say why.",
    ),
    Code(
        "RUN_FAILED",
        ERROR,
        "Every item of the run failed.",
        "Look at the first events; they usually share one cause.",
        "The sign-in to the ERP was refused, so nothing came down. The first event says so.",
    ),
    Code(
        "RUN_MANY_FAILED",
        ERROR,
        "More than 40 % of the operations of a run failed technically, and at least 20 of them; "
        "the runner tries its slot again.",
        "`edusync events CONNECTOR` lists them; `edusync check` says whether both sides answer.",
        "Edusign answered 30 of 60 writes with an error of its own. The runner tries the slot"
        " again.",
        "The events say what failed. It is tried again by itself; when it stays so, tell "
        "whoever looks after the connector.",
    ),
    Code(
        "RUN_LINK_SHARED",
        ERROR,
        "The store links one item of Edusign to several of the ERP, by a fault of an earlier spec. "
        "Nothing is done with any of them, and no attendance of such a sheet goes up.",
        "Nothing to do where Edusign says whose it is, by its id: the run forgets the other links, "
        "and the next one makes those items. Where it stays so, delete the item on Edusign once "
        "nothing of it is needed; then each is made anew.",
        "An earlier spec read the same id of two sessions, and both led to one sheet. By its id "
        "the sheet is the first one's; the next run makes the second one its own.",
    ),
    Code(
        "RUN_LINK_FORGOTTEN",
        WARN,
        "A link was forgotten: the item of Edusign that it led to is another's by its id there, or "
        "is gone.",
        "Nothing to do: the next run makes the item, or finds it by its own id.",
        "Two sessions led to one sheet. The session whose sheet it is not gets its own with the "
        "next run.",
    ),
    Code(
        "RUN_EDIT_HELD",
        WARN,
        "A connector was changed in the console, or by `edusync setup`, and the files that are "
        "deployed do not have the change: the connector was left as it is.",
        "`edusync release export FOLDER` writes what is in force: take the change into the files, "
        "and deploy again. To take it back: `edusync deploy FOLDER --overwrite`.",
        "A school chose a reason on its page, and the next `edusync deploy` brought the file of "
        "before. The operator takes the reason into the file.",
        "Nothing to do: what you changed on the page holds.",
    ),
    Code(
        "RUN_ACCOUNT_DROPPED",
        WARN,
        "The store has links of an account that the connector file does not name any more. Its "
        "sheets stay on Edusign, are not changed any more, and their attendance does not go up. "
        "It is said once.",
        "Delete what is to come of it on Edusign. If the account has another name by now: `edusync "
        "state rename-account CONNECTOR OLD NEW`.",
        "The account `lyon` was taken out of the file, and its coming sheets stand on "
        "Edusign. The school deletes them there.",
        "Delete on Edusign what is to come of it. If the account has another name by now, tell "
        "whoever looks after the connector.",
    ),
    Code(
        "RUN_LATE",
        WARN,
        "No run succeeded in the last slot of the schedule.",
        "Run `edusync sync` now, and look why the planned run did not happen or failed: `edusync "
        "events FILE --runs`.",
        "The run of 6 o'clock failed, and it is 11. The school runs it now.",
        "Run it now on its page; when it happens again, ask whoever looks after the connector.",
    ),
    Code(
        "RUN_SLOT_MISSED",
        WARN,
        "No runner was there in the slot, or it had no room. The slot that came last is made up "
        "for, those before it are not.",
        "See that `edusync serve`, or the timer of `edusync run --due`, runs; when it does, let "
        "more connectors run at once: `runner: {at_once: N}` in edusync.yaml.",
        "The server was off at 6 o'clock and came back at 9: the run of 6 is made up for.",
        "It is made up for by itself. When it happens again, tell whoever looks after the "
        "connector.",
    ),
    Code(
        "RUN_PAUSED",
        INFO,
        "Somebody paused the connector, so it does not run by itself until the pause ends.",
        "`edusync resume NAME` ends the pause.",
        "The school enters its new timetable for two days and paused the connector until then.",
        "End the pause on the page of the connector, or wait until it ends.",
    ),
    Code(
        "RUN_QUARANTINED",
        ERROR,
        "The connector failed in slots in a row, because a side was out of reach or refused the "
        "sign-in. It is tried once a day, and not at all after 28 days (P11).",
        "Correct the password or ask whose system it is; other answers in the connector file are "
        "tried at once, and so is `edusync run NAME`.",
        "The password of the ERP has been wrong for a week, so the connector is tried once a "
        "day. The school writes the new one.",
        "Write the right password on the page of the connector: it is tried at once. Else "
        "ask whose system it is.",
    ),
    Code(
        "RUN_CRASHED",
        ERROR,
        "The run broke off; nothing that it wrote is lost.",
        "Run again: it goes on where it stopped.",
        "The server was switched off in the middle of a run. The next run goes on where it "
        "stopped.",
    ),
    Code(
        "RUN_ALL_REFUSED",
        ERROR,
        "Every student, every professor or every sheet was refused by Edusign, is in conflict with "
        "what stands there, or was held because of that.",
        "Look at the events of the items; after a change of school year the ERP may have new ids "
        "for everybody.",
        "In September the ERP gave all students new ids, and each e-mail belongs to another "
        "id on Edusign. The school asks before anything is written.",
    ),
    Code(
        "RUN_NOBODY_ON_SHEETS",
        WARN,
        "The ERP has people, and not one session in the days that are looked at: nobody comes "
        "down, since people come with their sheets.",
        "Wait for the timetable; or, where the ERP has none, say `rules: {people_without_sheet: "
        "create}` in the spec, which brings people and groups by themselves.",
        "The students of September are in the ERP, and its timetable is still empty. They "
        "come down with their first class.",
        "Wait for the timetable; where the ERP has none, tell whoever looks after the connector.",
    ),
    Code(
        "RUN_ALL_HELD",
        ERROR,
        "No session comes down: all of two or more that should are held, or blocked by their data.",
        "Look at the events of one session; the ERP may write its days, rosters or people in "
        "another form than before.",
        "After an update the ERP writes days as 18-03-2026 instead of 18/03/2026, so no "
        "session can be read. The author of the spec corrects the format.",
    ),
    Code(
        "RUN_READ_INCOMPLETE",
        WARN,
        "The ERP could not be read wholly, so nothing is deleted and nobody is taken off a "
        "sheet (D5).",
        "Look at the events of the run that say what was not read; the next whole read catches up.",
        "The list of students broke off after its third page. New sheets come down, and "
        "nobody is taken off one.",
    ),
    Code(
        "RUN_SUSPICIOUS_EMPTY",
        WARN,
        "A list of the ERP is empty where it had rows, so it is taken as unknown and nothing is "
        "deleted (D5).",
        "Check the ERP and its filters; if the list is really empty, delete the sheets by hand.",
        "Yesterday the ERP had 60 sessions, today it sends an empty list. The sheets stay, "
        "and the school looks at the ERP.",
    ),
    Code(
        "RUN_PLAN_MOVED",
        ERROR,
        "The ERP, Edusign or the store moved since the plan was made, so nothing was applied.",
        "Make a new plan and look at it.",
        "A plan was looked at in the morning and approved in the evening, after two classes "
        "had been moved. The school makes a new one.",
    ),
    Code(
        "RUN_BUSY",
        ERROR,
        "Another run of the same connector is under way.",
        "Wait for it to end; its process is named.",
        "Somebody starts a run by hand while the planned one is under way. It ends by itself.",
    ),
    Code(
        "RUN_IN_SHADOW",
        ERROR,
        "The connector runs in shadow, beside another one, so it writes nothing.",
        "Look at what it would do: edusync shadow FILE. When the other connector is off, take "
        "`shadow: true` out of the schedule.",
        "The school tries the connector beside its old one, and asks it to write. It takes "
        "`shadow: true` out when the old one is off.",
        "Nothing to do while it is tried beside the old connector; whoever looks after it "
        "says when it begins to write.",
    ),
    Code(
        "RUN_LOCK_LOST",
        ERROR,
        "Another run took this connector over, so this one stopped before its next write.",
        "Nothing to do: the other run goes on.",
        "A server hung for an hour, another one took the connector over, and the first one "
        "woke up. Nothing is to be done.",
    ),
    Code(
        "RUN_STATE_NEWER",
        ERROR,
        "The store was written by a newer edusync.",
        "Install the newer version, or use another store.",
        "One of two servers was updated, and the other still has the older edusync. The "
        "administrator updates it as well.",
    ),
    Code(
        "RUN_STATE_UNUSABLE",
        ERROR,
        "The store cannot be opened or written.",
        "Check the path, the disk and the rights; nothing was sent.",
        "The disk of the server is full. Its administrator makes room, and the next run goes on.",
    ),
    Code(
        "RUN_USAGE",
        ERROR,
        "The command was used wrongly.",
        "See `edusync COMMAND --help`.",
        "Somebody writes `edusync explain paris.yaml course` without an id. They add the id "
        "of the session.",
    ),
    Code(
        "RUN_CASE_DIFFERS",
        ERROR,
        "A case that was just recorded does not give what the real answers gave.",
        "Look at the case with `edusync try SPEC --case NAME`: what is missing is read at a place "
        "that the recording does not know, or is a name that a format of the spec no longer reads.",
        "The names of groups hold their year, which a recording replaces, and the spec reads "
        "it there. The author looks at the case.",
    ),
    Code(
        "RUN_CASE_EMPTY",
        ERROR,
        "A case gives no sheet, though the real answers that it was recorded from gave some.",
        "See why with `edusync try SPEC --case NAME`. When no sheet is right from now on, say "
        "`sheets: 0` below `recorded` in its case.yaml.",
        "A case was recorded with 12 sheets, and after a change of the spec it gives none. "
        "The author looks why.",
    ),
    Code(
        "RUN_UNEXPECTED",
        ERROR,
        "edusync met something that it does not know.",
        "Please report it with the command and the version.",
        "edusync itself made a mistake, and nothing more was written. Whoever runs it reports"
        " the command and the version.",
    ),
    Code(
        "PLUGIN_BROKEN",
        WARN,
        "A plugin could not be loaded; the other connectors keep working.",
        "Repair or uninstall the distribution that is named.",
        "A plugin of the school needs a library that is not installed. Whoever made it puts "
        "it right.",
    ),
    Code(
        "PLUGIN_NAME_TWICE",
        WARN,
        "Two plugins register the same name; the first one counts.",
        "Uninstall one of them.",
        "The school's own connector is called `agenda`, as one that is shipped. It is given "
        "another name.",
    ),
    Code(
        "PLUGIN_NONE",
        WARN,
        "No connector is installed.",
        "Install edusync itself (`pip install -e .`); in a bare checkout no entry point exists.",
        "edusync runs from a copy of its sources that was never installed. Whoever made the "
        "copy installs it.",
    ),
    Code(
        "SPEC_INVALID",
        ERROR,
        "The files of the connector have errors.",
        "Run `edusync validate` and correct what it names.",
    ),
)
