"""What Edusign refused, or did not say."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "EDU_REJECTED",
        ERROR,
        "Edusign refused the item; the detail holds its message.",
        "Correct what the message names. What was refused for its data is sent again when they "
        "change, or after a week.",
        "Edusign refuses an e-mail with an accent in it. The school corrects it in the ERP.",
    ),
    Code(
        "EDU_LOOKUP_REFUSED",
        ERROR,
        "Edusign did not say whether it has an item, so the item was neither created, nor changed, "
        "nor deleted (D8).",
        "Run again. If the words that are shown mean 'not there', write them into the connector "
        "file: `edusign: {not_found: [WORDS]}`.",
        "Edusign answers the question for a student with an error of its own. The next run "
        "asks again.",
        "Run it again on the page of the connector. When it stays so, tell whoever looks after "
        "the connector which words are shown.",
    ),
    Code(
        "EDU_PEOPLE_NOT_LISTED",
        WARN,
        "Edusign did not show students, professors, groups or sheets that it was asked for, so "
        "this run did not see whether they stand there as they should.",
        "Run again. When it stays so, ask Edusign whether the API key may read them.",
        "The list of professors of Edusign is answered with an error. Sheets come down; "
        "changes made by hand are seen by a later run.",
    ),
    Code(
        "EDU_LOCK_UNKNOWN",
        ERROR,
        "Edusign shows the sheet without saying whether it is archived, so it was neither changed "
        "nor deleted, and its attendance did not go up.",
        "Run again: every run looks at it. When it stays so, archive the sheet on Edusign or open "
        "it again, or ask Edusign what its state is.",
        "Edusign shows a sheet without its state. It is left alone until Edusign says whether"
        " it is archived.",
    ),
    Code(
        "EDU_IN_DOUBT",
        WARN,
        "A write was sent and its answer never came; it is looked up before it is sent again (U5).",
        "Nothing to do: the next run finds out and goes on.",
        "The network broke off while a sheet was being made. The next run looks whether it is"
        " there.",
    ),
    Code(
        "EDU_BATCH_REFUSED",
        INFO,
        "Edusign's v3 refused items of a batch; the detail holds its codes. They were made one by "
        "one, and those that could not be have events of their own.",
        "Nothing to do, unless it is so in every run: then compare the codes with what v3 takes.",
        "Two of a thousand students are archived on Edusign. The others are made, and these two "
        "have events that say so.",
    ),
    Code(
        "EDU_NO_BATCHES",
        ERROR,
        "The account is to be written by Edusign's v3, and v3 is not open to its key; nothing was "
        "written.",
        "Ask Edusign to open v3 for the key, or take `api: v3` out of the connector file.",
        "Edusign answers 404 to v3. Without `api: v3`, the next run writes one item after the "
        "other.",
        "Ask Edusign to open v3 for the key, or tell whoever looks after the connector.",
    ),
    Code(
        "EDU_NO_EFFECT",
        ERROR,
        "Edusign answered that a change was done, and shows the item as it was before.",
        "Nothing to do: it is sent again. When it stays so, change the item on Edusign by hand, "
        "and ask Edusign why its interface does not.",
        "The hour of a sheet was changed in the ERP. Edusign took the change, and the sheet stands "
        "at the old hour; the next run sends it again.",
    ),
    Code(
        "EDU_AUTH_FAILED",
        ERROR,
        "Edusign refused the API key of the account.",
        "Check the key under Applications > private application > API keys, and its rights.",
        "The API key was deleted on Edusign. The school makes a new one and writes it into "
        "its file.",
    ),
    Code(
        "EDU_UNREACHABLE",
        ERROR,
        "Edusign cannot be reached, or keeps answering with technical errors.",
        "Check the base URL and the network; the next run goes on where this one stopped.",
        "Edusign answers 503 for ten minutes. The next run goes on where this one stopped.",
    ),
    Code(
        "EDU_UNREADABLE",
        ERROR,
        "Edusign answered with something else than its interface promises.",
        "Run again; when it stays so, ask Edusign whether their interface has changed.",
        "A page of HTML comes from Edusign in place of JSON. The next run finds it back, or "
        "the school asks Edusign.",
    ),
)
