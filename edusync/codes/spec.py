"""What is wrong with a spec."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

INFO, WARN, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES = (
    # the text
    Code(
        "SPEC_UNREADABLE",
        ERROR,
        "The file is not readable YAML.",
        "Correct the YAML at the place that is named; mind indentation and quotes.",
    ),
    Code(
        "SPEC_TOO_LARGE",
        ERROR,
        "The file is larger, deeper or more repetitive than any spec needs.",
        "Split it, and write values out instead of using aliases.",
    ),
    Code("SPEC_DUPLICATE_KEY", ERROR, "A key stands twice in one mapping.", "Remove one of them."),
    Code(
        "SPEC_MERGE_KEY",
        ERROR,
        "The file uses `<<`; nothing is merged invisibly in a spec.",
        "Write the keys out.",
    ),
    Code(
        "SPEC_ALIAS",
        ERROR,
        "The file uses a YAML anchor or alias; what you read is what runs.",
        "Write the value out where it is used.",
    ),
    Code("SPEC_TAG", ERROR, "The file uses a YAML tag; specs are plain data.", "Remove the tag."),
    Code(
        "SPEC_LEADING_ZERO",
        ERROR,
        "A number with a leading zero, which YAML readers disagree about.",
        "Put codes in quotes.",
    ),
    # the schema
    Code(
        "SPEC_UNKNOWN_KEY",
        ERROR,
        "A key that means nothing there.",
        "Correct the key; the hint names the nearest one.",
    ),
    Code(
        "SPEC_MISSING_KEY", ERROR, "A key that is needed is missing.", "Add the key that is named."
    ),
    Code(
        "SPEC_WRONG_TYPE", ERROR, "A value has the wrong type.", "Write what the message expects."
    ),
    Code(
        "SPEC_WRONG_VALUE",
        ERROR,
        "A value is not one of those that are known there.",
        "Use one of them.",
    ),
    Code(
        "SPEC_FAILURE_TAKEN",
        ERROR,
        "A line of `answers` reads a refused sign-in, a rate limit, a failing server or a page for "
        "people as no rows, or as done, whatever the answer says.",
        "Leave the status out, or ask for words of the answer as well.",
    ),
    Code(
        "SPEC_BAD_DEFAULT",
        ERROR,
        "The default of a question is no answer to it, or is a secret.",
        "Write a default that a connector file could answer; leave it out for a secret.",
    ),
    Code(
        "SPEC_BAD_SCHEDULE",
        ERROR,
        "A slot of the schedule does not end after it begins, or shares a moment with another one.",
        "Write ranges within one day, such as 11:30-13:30 and 18:00-21:00, each by itself.",
    ),
    Code(
        "SPEC_VERSION",
        ERROR,
        "The first line does not say a language version that this edusync reads.",
        "Write `edusync: 1`.",
    ),
    # names
    Code(
        "SPEC_UNKNOWN_LIST",
        ERROR,
        "A list is named that `resources` does not declare.",
        "Correct the name, or add the list.",
    ),
    Code(
        "SPEC_UNKNOWN_FORMAT",
        ERROR,
        "A format is named that `formats` does not declare.",
        "Correct the name, or add the format.",
    ),
    Code(
        "SPEC_UNKNOWN_FILTER",
        ERROR,
        "A filter is named that `filters` does not declare.",
        "Correct the name, or add the filter.",
    ),
    Code(
        "SPEC_UNKNOWN_CALL",
        ERROR,
        "A call is named that `calls` does not declare.",
        "Correct the name, or add the call.",
    ),
    Code(
        "SPEC_UNKNOWN_CODE",
        ERROR,
        "A reason code is named that does not exist.",
        "Use a code that `edusync explain` knows.",
    ),
    Code(
        "SPEC_UNKNOWN_FUNCTION",
        ERROR,
        "A function is named that no plugin registers.",
        "Correct the name, or install the plugin.",
    ),
    Code(
        "SPEC_UNKNOWN_VARIABLE",
        ERROR,
        "A template or an expression uses a name that does not exist there.",
        "Use one of the names that are in scope.",
    ),
    Code(
        "SPEC_NAME_TAKEN",
        ERROR,
        "A name is used that the language keeps for itself.",
        "Choose another name.",
    ),
    # notations
    Code(
        "SPEC_BAD_PATH",
        ERROR,
        "A path cannot be read.",
        "Write names joined by dots, such as adresse.email, or any path of JMESPath: other names "
        "in double quotes, texts in single ones, numbers in backticks.",
    ),
    Code(
        "SPEC_HOST_HARD_CODED",
        WARN,
        "An address of one school stands in the spec of all of them.",
        "Ask for the address under `connection` and use it as {{ connection.url }}.",
    ),
    Code(
        "SPEC_ID_HARD_CODED",
        WARN,
        "A parameter holds an id of one installation.",
        "Ask for it under `connection` or `options`, or look it up in a list.",
    ),
    Code(
        "SPEC_SECRET_IN_CLEAR",
        WARN,
        "Something that is named like a secret is written out in the spec.",
        "Ask for it as a connection answer of the type secret, and change the one that "
        "was written.",
    ),
    Code(
        "SPEC_FIELD_NEVER_FILLED",
        WARN,
        "A field that every item needs is missing or always empty, so no item could come down.",
        "Say where the field stands in the rows.",
    ),
    Code(
        "SPEC_FILTER_NEVER_MATCHES",
        WARN,
        "A filter compares ids with a day, an hour, a flag or a constant, so it would let "
        "nothing through.",
        "Name the column that holds the id.",
    ),
    Code(
        "SPEC_FAN_OUT_UNBOUNDED",
        WARN,
        "A list is asked for once for every pair of rows of several lists, so the calls multiply.",
        "Ask in batches; or say on the line why it is bounded: # edusync: "
        "ignore[SPEC_FAN_OUT_UNBOUNDED] reason.",
    ),
    Code(
        "SPEC_FORMAT_PARSES_NOTHING",
        WARN,
        "A format reads none of the values that were recorded under that name.",
        "Look at the values with `edusync try`, and correct the format.",
    ),
    Code(
        "SPEC_NAME_UNUSED",
        WARN,
        "A list, a sign-in or the way up gives a name to something that nothing reads.",
        "Correct the name, or remove it.",
    ),
    Code(
        "SPEC_NO_EFFECT",
        ERROR,
        "A key stands where nothing reads it, so what it says would never happen.",
        "Do what the hint says, or remove the key.",
    ),
    Code(
        "SPEC_NO_MOMENT",
        WARN,
        "The start or the end of a sheet is a text that nothing reads as a moment, so no sheet "
        "would come down.",
        "Read the column with `as` and a format of the kind moment, or say {day: …, time: …}.",
    ),
    Code(
        "SPEC_FILTER_MEANS_ELSE",
        WARN,
        "A filter makes something else than it seems to: filters come before `~` and `+`, so that "
        "of `a ~ b | hmac(key)` it is of `b` alone; of a number `length` counts the digits.",
        "Put the whole into parentheses before the filter, or the last part and its filter.",
    ),
    Code(
        "SPEC_PATH_NOT_RECORDED",
        WARN,
        "A path names a field that no recorded answer of the spec's cases has.",
        "Correct the name; the hint shows the nearest that was recorded. Or record a case "
        "that has it.",
    ),
    Code(
        "SPEC_VALUE_NOT_RECORDED",
        WARN,
        "A condition compares a field with a word that no recorded value of this field is.",
        "Correct the word; `edusync try` shows the values. Or record a case that has it.",
    ),
    Code(
        "SPEC_BAD_TEMPLATE",
        ERROR,
        "A template cannot be read.",
        "Check the braces: {{ … }} around what varies.",
    ),
    Code(
        "SPEC_BAD_STATEMENT",
        ERROR,
        "A statement of SQL has holes, does not read, or does not fit its values.",
        "Bind every value as :name and name it under `values`.",
    ),
    Code(
        "SPEC_BAD_EXPRESSION",
        ERROR,
        "An expression cannot be read.",
        "Write it as in Jinja2, without braces: row.status == 'open'.",
    ),
    Code(
        "SPEC_FORBIDDEN_EXPRESSION",
        ERROR,
        "A template or an expression does something that specs may not do, such as a call.",
        "Use the filters and operators of the reference, or a function that a plugin registers.",
    ),
    Code(
        "SPEC_BAD_FORMAT",
        ERROR,
        "A format is not well described.",
        "Correct the key that is named.",
    ),
    # the whole
    Code(
        "SPEC_LIST_CYCLE",
        ERROR,
        "Lists need each other in a circle.",
        "Split one of them: read first, add look-ups in a list made `from` it.",
    ),
    Code(
        "SPEC_PAGE_UNUSED",
        ERROR,
        "A list has paging, but its call never says which page, or says so without paging.",
        "Use {{ page.… }} in the call if and only if there is `paging`.",
    ),
    Code(
        "SPEC_CALL_TWICE",
        WARN,
        "Two lists ask the ERP for the very same.",
        "Ask once, and make the other list with `from`.",
    ),
    Code(
        "SPEC_PARENT_UNUSED",
        ERROR,
        "A call uses `parent` or `batch` without `for_each`, or has `for_each` without using it.",
        "Use the parent in the call, or drop `for_each`.",
    ),
    Code(
        "SPEC_KEY_NEEDED",
        ERROR,
        "A list is looked up by its key, but has none.",
        "Add `key`, or say `on` in the look-up.",
    ),
    Code(
        "SPEC_IN_DOUBT_MISSING",
        ERROR,
        "A write does not say what happens when its answer never comes (ruling L2).",
        "Say `in_doubt: repeat` when it sets a state, `{look, done}` when it can be read back, "
        "`person` when neither.",
    ),
    Code(
        "SPEC_STATE_UNSENT",
        ERROR,
        "Nothing is sent for a state of the attendance.",
        "Say `set`, `skip: true`, or `else` with the state that is sent in its place.",
    ),
    Code(
        "SPEC_IGNORE_UNUSED",
        WARN,
        "A comment `# edusync: ignore[CODE] reason` silences nothing, or says no reason.",
        "Remove it, or say why it is there.",
    ),
    Code(
        "SPEC_FILTER_UNUSED",
        WARN,
        "A filter is declared that no call and no list uses.",
        "Use it in a call or in `filter_by`, or remove it.",
    ),
    Code(
        "SPEC_OPTION_UNUSED",
        WARN,
        "An option or connection answer is declared that nothing uses.",
        "Use it, mark it `optional` with a help text, or remove it.",
    ),
    Code(
        "SPEC_LIST_UNUSED", WARN, "A list is declared that nothing uses.", "Remove it, or use it."
    ),
    Code(
        "SPEC_CALL_UNUSED",
        WARN,
        "A call is declared that nothing makes.",
        "Remove it, or name it in a list or a step.",
    ),
    Code(
        "SPEC_CODE_UNUSED",
        WARN,
        "A reason code that the spec brings is never used.",
        "Name it where rows are dropped, ignored, held or reported, or remove it.",
    ),
    Code(
        "SPEC_FORMAT_UNUSED",
        WARN,
        "A format is declared that nothing uses.",
        "Remove it, or use it.",
    ),
    Code(
        "SPEC_SECRET_EXPOSED",
        ERROR,
        "A secret is used outside `transport`.",
        "Secrets belong into `auth`, `base_url` and `proxy` only.",
    ),
    Code(
        "SPEC_UNKNOWN_NAME",
        ERROR,
        "A name is read of a row whose names the spec itself writes out, and it is none of them.",
        "Use one of the names of `columns`, `add`, `zip` or `items`, or add this one there.",
    ),
    Code(
        "SPEC_PATH_NEVER_SEEN",
        WARN,
        "A name that the spec reads was in no row of a list that has rows: what hangs on it is "
        "unknown and stays as it is on Edusign. A column may have been renamed.",
        "Correct the name; if it may be absent, write it with `optional: true`.",
    ),
    Code(
        "SPEC_NOT_THE_LAST_PAGE",
        WARN,
        "What the spec reads as the end of a list is none: there are rows behind the page that it "
        "calls the last, or the only page ever seen is full. The list counts as read in part.",
        "Correct the path in `paging`: it may read the count of the page, or the page before. If "
        "a full page with nothing behind it is right, write `optional: true`.",
    ),
    Code(
        "SPEC_NAME_CLASH",
        ERROR,
        "A row owns a name that the language gives to what it came out of.",
        "Rename the column with `columns`.",
    ),
)
