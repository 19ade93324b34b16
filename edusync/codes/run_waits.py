"""What of a run waits until a person decided."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

WARN = Severity.WARNING

CODES = (
    Code(
        "RUN_DELETIONS_HELD",
        WARN,
        "The plan would delete more than 10 and more than 20 % of the coming sheets, or at least 2 "
        "and at least half of them, so every deletion waits (D5).",
        "If the deletions are right, run `edusync sync FILE --approve PLAN_ID`.",
        "A filter of the ERP hides half of the planning, and 40 of 80 sheets would go. They "
        "wait until somebody approves the plan.",
        "If the deletions are right, let this plan through on the page of what waits. "
        "Else put the planning right in the ERP: the next run looks again.",
    ),
    Code(
        "RUN_SCOPE_CHANGED",
        WARN,
        "The spec or the connector file changed, and sessions left the scope by it, so their "
        "sheets wait (D5).",
        "If they are to go, run `edusync sync FILE --approve PLAN_ID`; else put back the key that "
        "is named.",
        "The site Lyon was taken out of the filter, and its coming sheets wait. If they are "
        "to go, the school approves the plan.",
        "If they are to go, let this plan through on the page of what waits. Else ask "
        "whoever looks after the connector to put back the key that is named.",
    ),
    Code(
        "RUN_MOVES_HELD",
        WARN,
        "The plan would move more than 10 and more than 20 % of the coming sheets to other times, "
        "or at least 2 and more than half of them, so these stay where they are; everything else "
        "goes on (D5).",
        "Look at the times: a wrong format, zone or column moves all at once. If they are right, "
        "run `edusync sync FILE --approve PLAN_ID`.",
        "A spec reads `%m/%d` where the ERP writes `%d/%m`, and 40 of 60 sheets would move to "
        "other days. They stay until somebody approves the plan.",
        "Look at the times of the sheets in this plan. If they are right, let it through on the "
        "page of what waits. Else ask whoever looks after the connector.",
    ),
    Code(
        "RUN_REMOVALS_HELD",
        WARN,
        "The plan would leave nobody of before in a group, take more than half of the students off "
        "the coming sheets, or exchange those of most sheets or groups, so nobody is taken off; "
        "everything else goes on (D5).",
        "If they are to leave, run `edusync sync FILE --approve PLAN_ID`.",
        "The ERP sends no student for 30 classes that had 25 each. Nobody is taken off until "
        "somebody approves the plan.",
        "If they are to leave, let this plan through on the page of what waits. Else put "
        "the students back in the ERP: the next run looks again.",
    ),
    Code(
        "RUN_CONTENTS_HELD",
        WARN,
        "The plan would change one field of more than half, and at least 3, of the people, groups "
        "or coming sheets that had something in it, or put twice the students on half of the "
        "sheets or into half of the groups, so that stays as it is; everything else goes on (D5).",
        "Look at the field that is named: a wrong column of a spec rewrites all at once. If it is "
        "right, run `edusync sync FILE --approve PLAN_ID`.",
        "A spec takes the last names from the column of the first names, and 40 of 40 people "
        "would be renamed. They keep their names until somebody approves the plan.",
        "Look at the field in this plan. If the new values are right, let it through on the page "
        "of what waits. Else ask whoever looks after the connector.",
    ),
    Code(
        "RUN_ADDITIONS_HELD",
        WARN,
        "The plan would bring more than 10 new people, groups or sheets, and at least twice as "
        "many as there were, or at least 2, and half, of the coming sessions that were "
        "cancelled until now, so these wait; everything else goes on (D5).",
        "Look at the filters, and at the words of the ERP that they compare with: a wrong one "
        "brings other sites, or what is cancelled. If they are all to come, run `edusync sync "
        "FILE --approve PLAN_ID`.",
        "The filter of the site is emptied, and 200 students would come beside 60. They get no "
        "e-mail until somebody approves the plan.",
        "Look at who is new in this plan. If they are all to come, let it through on the page of "
        "what waits. Else ask whoever looks after the connector.",
    ),
    Code(
        "RUN_CREATIONS_HELD",
        WARN,
        "The new sheet would put its professor or students into the same time twice, beside a "
        "sheet whose deletion or move waits, or beside the sheet of the same class under another "
        "id, so it waits (D5).",
        "Look at the plan: a new timetable has new ids, and an ERP may send a class twice. If it "
        "is right, run `edusync sync FILE --approve PLAN_ID`, which lets both through.",
        "The timetable was made anew with new ids and hours: new sheets wait beside old ones "
        "whose deletion waits. The school approves the plan.",
        "A new timetable has new ids. If the deletions are right, let this plan through "
        "on the page of what waits, and both go. Else put the planning right in the ERP.",
    ),
    Code(
        "RUN_FOREIGN_SHEETS",
        WARN,
        "Sheets to come that another connector made stand on the account, and nobody has decided "
        "about them, so nothing is written.",
        "Look at them with `edusync survey FILE`. Take them over with `edusync adopt FILE "
        "--from-type NAME`, or have ours made beside them with `--leave`.",
        "The school moves in from another connector, whose 50 coming sheets stand on Edusign."
        " It takes them over first.",
        "Ask whoever looks after the connector to take them over, or to have ours made "
        "beside them.",
    ),
    Code(
        "RUN_OLD_CONNECTOR_WRITES",
        WARN,
        "The connector from which this school moved in made or changed a sheet to come after its "
        "items were taken over.",
        "Switch it off; then take over, or delete, what it made: `edusync survey FILE`, `edusync "
        "adopt FILE --from-type NAME`.",
        "A day after the move the old connector made a sheet. The school switches it off.",
        "Have the old connector switched off. Then ask whoever looks after this one to "
        "take over what it made, or delete it on Edusign.",
    ),
)
