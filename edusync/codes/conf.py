"""What is wrong with a connector file or the machine that it runs on."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

WARN, ERROR = Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "CONF_FIELD_MISSING",
        ERROR,
        "An answer that the ERP needs is missing.",
        "Add the key that is named; `edusync connectors show NAME` lists them.",
    ),
    Code(
        "CONF_UNKNOWN_KEY",
        ERROR,
        "The file has a key that is not known there, or that the spec does not declare.",
        "Correct the key; the hint names the nearest one.",
    ),
    Code(
        "CONF_WRONG_TYPE",
        ERROR,
        "An answer has the wrong type.",
        "Write the kind of value that the message names.",
    ),
    Code(
        "CONF_UNKNOWN_SPEC",
        ERROR,
        "No installed connector and no file has the name that `spec` gives.",
        "Use a name from `edusync connectors`, or a path to a YAML file.",
    ),
    Code(
        "CONF_DRIVER_MISSING",
        ERROR,
        "A library that reads this kind of database, file or server is not installed.",
        "Install the extra that is named; the dialect of a database stands at the beginning "
        "of its URL.",
    ),
    Code(
        "CONF_URL_INVALID",
        ERROR,
        "A URL has no scheme or no host.",
        "Write it whole, such as https://erp.example/api.",
    ),
    Code(
        "CONF_SECRET_MISSING",
        ERROR,
        "A secret that is named by reference cannot be found.",
        "Set the variable, create the file or store the key that is named.",
    ),
    Code(
        "CONF_SECRET_PLAIN",
        WARN,
        "A secret stands in clear in the connector file.",
        "Write ${env:NAME}, ${file:PATH} or ${keyring:SERVICE/NAME} instead.",
    ),
    Code(
        "CONF_SECRET_NEARBY",
        ERROR,
        "A connector file that is deployed names a secret by a path relative to itself.",
        "Write the whole path, the same on every machine, or ${env:NAME}.",
    ),
    Code(
        "CONF_OPTION_DEPENDENCY",
        ERROR,
        "An option is set without the one that it needs.",
        "Set the option that is named, or switch this one off.",
    ),
    Code(
        "CONF_OPTION_VALUE",
        ERROR,
        "An option has a value that it does not know.",
        "Use one of the values that are named.",
    ),
    Code(
        "CONF_BAD_SCHEDULE",
        ERROR,
        "A slot of the schedule does not end after it begins, or shares a moment with another one.",
        "Write ranges within one day, such as 11:30-13:30 and 18:00-21:00, each by itself.",
    ),
    Code(
        "CONF_SCOPE_OVERLAP",
        WARN,
        "The same filter id feeds two accounts, of one file or of two files of a project, so its "
        "sheets and students are duplicated "
        "(R29, D12).",
        "Keep the id in one account, unless the doubles are wanted.",
    ),
    Code(
        "CONF_FILTER_ID_UNKNOWN",
        ERROR,
        "A filter names an id or a label that the ERP does not have.",
        "Correct it; `edusync check` lists what the ERP offers.",
    ),
    Code(
        "CONF_FILTER_LABEL_AMBIGUOUS",
        ERROR,
        "A filter names a label that several items of the ERP have, so nobody knows which is "
        "meant.",
        "The hint lists them: write the one that is meant as `NAME - ID`, or its id.",
    ),
    Code(
        "CONF_FILTER_NAME_OTHER",
        WARN,
        "An entry of a filter such as `CFA Paris - 36` has another name for the id than the ERP: "
        "the id counts.",
        "Both names are shown: write the ERP's, or the id that was meant.",
    ),
    Code(
        "CONF_FILTER_VALUE_UNMET",
        WARN,
        "A filter names a value that no row of the ERP has in the days that were read, so nothing "
        "comes down by it.",
        "If it is misspelt, write the value that is named as the nearest; if nothing has it at the "
        "moment, nothing is to be done.",
    ),
    Code(
        "CONF_ACCOUNT_TWICE",
        ERROR,
        "Two accounts have the same name.",
        "Give each account a name of its own.",
    ),
    Code(
        "CONF_YEAR_MISMATCH",
        ERROR,
        "The ERP has no current year or period, or several.",
        "Check the periods in the ERP: exactly one must hold today.",
    ),
    Code(
        "CONF_SEVERAL_ROOTS",
        ERROR,
        "An account needs exactly one main resource of the kind that was said, and the ERP finds "
        "another number.",
        "Name the id of one group, one professor or one room; make an account for each "
        "further one.",
    ),
    Code(
        "CONF_CONNECTOR_TWICE",
        ERROR,
        "Two connector files have the same name in one store: each would take the other's sheets "
        "for those of sessions that are gone.",
        "Give one of them another name. `edusync state rename OLD NEW` moves the links of a "
        "connector to another name; a file that is no longer used can be deleted.",
    ),
    Code(
        "CONF_FOLDER_MISSING",
        ERROR,
        "A folder that edusync.yaml names is not there.",
        "Make the folder, or correct the name; names are relative to edusync.yaml.",
    ),
    Code(
        "CONF_STRAY_FILE",
        ERROR,
        "A file among the connectors of a project cannot be read, names no connector, or has the "
        "name of another one; so it does not run.",
        "`edusync validate` on the folder says what is wrong; a file that is no connector belongs "
        "elsewhere.",
    ),
    Code(
        "CONF_KEY_SHARED",
        WARN,
        "Two connector files of a project feed the same account of Edusign: they share its limit "
        "of requests, and each sees the people and sheets of the other.",
        "Keep it so when one school has two ERPs; else write the key of the other school.",
    ),
    Code(
        "CONF_OTHER_SCHOOL",
        ERROR,
        "The account belongs to another school of Edusign than the one that its links are for.",
        "Write the API key of that school. For another school, give the connector another name, "
        "or move the links aside with `edusync state rename OLD NEW`.",
    ),
    Code(
        "CONF_ACCOUNT_RENAMED",
        ERROR,
        "The store has links of an account that the connector file does not name any more, and "
        "none of one that it names, of the same school. Under its new name attendance would go up "
        "a second time, and sheets of cancelled sessions would stay.",
        "Move what is kept to the new name with `edusync state rename-account CONNECTOR OLD NEW`, "
        "or give the account its old name.",
    ),
    Code(
        "CONF_STATE_KEY",
        ERROR,
        "The key that protects the store is missing or is not the one that the store was "
        "made with.",
        "Put the key file back beside the store, or set EDUSYNC_STATE_KEY.",
    ),
    Code(
        "CONF_REASON_UNKNOWN",
        ERROR,
        "The connector file names a reason that the ERP does not have.",
        "Write the exact label or id of a reason of the ERP.",
    ),
)
