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
        "The spec asks for a URL and a key, and the file gives the URL alone: `connection: "
        "{url: https://erp.example}`. The school adds `key`.",
    ),
    Code(
        "CONF_UNKNOWN_KEY",
        ERROR,
        "The file has a key that is not known there, or that the spec does not declare.",
        "Correct the key; the hint names the nearest one.",
        "The file says `connections:`, which nothing reads. The school writes `connection:`.",
    ),
    Code(
        "CONF_WRONG_TYPE",
        ERROR,
        "An answer has the wrong type.",
        "Write the kind of value that the message names.",
        "An option that is a number of days stands as `days: ten`. The school writes `days: 10`.",
    ),
    Code(
        "CONF_UNKNOWN_SPEC",
        ERROR,
        "No installed connector and no file has the name that `spec` gives.",
        "Use a name from `edusync connectors`, or a path to a YAML file.",
        "The file says `spec: agend`. The school writes `spec: agenda`, the name of the connector.",
    ),
    Code(
        "CONF_DRIVER_MISSING",
        ERROR,
        "A library that reads this kind of database, file or server is not installed.",
        "Install the extra that is named; the dialect of a database stands at the beginning "
        "of its URL.",
        "The ERP is a database of SQL Server, and edusync was installed without its driver. "
        "Whoever installs it adds the extra that is named.",
    ),
    Code(
        "CONF_URL_INVALID",
        ERROR,
        "A URL has no scheme or no host.",
        "Write it whole, such as https://erp.example/api.",
        "The URL was copied without its beginning: `erp.example/api`. The school writes "
        "`https://erp.example/api`.",
    ),
    Code(
        "CONF_SECRET_MISSING",
        ERROR,
        "A secret that is named by reference cannot be found.",
        "Set the variable, create the file or store the key that is named.",
        "The file says `password: ${env:ERP_PASSWORD}`, and the server has no such variable. "
        "Its administrator sets it.",
    ),
    Code(
        "CONF_SECRET_KEY",
        ERROR,
        "A secret of the store cannot be read: the key that it was encrypted with is missing or "
        "another one, or the secret was changed by something else than edusync.",
        "Put the key file back beside the store, or set EDUSYNC_SECRET_KEY to the key. Where it is "
        "lost, remove each secret and enter it anew: `edusync secret list`, `edusync secret remove "
        "NAME --yes`, `edusync secret set NAME`.",
        "The store was copied to another server without its key, so the password of the ERP "
        "cannot be read there. The administrator sets EDUSYNC_SECRET_KEY.",
        "Ask whoever runs edusync: the key of the passwords is not there. Where it is lost, the "
        "passwords have to be entered anew.",
    ),
    Code(
        "CONF_SECRET_PLAIN",
        WARN,
        "A secret stands in clear in the connector file.",
        "Write ${env:NAME}, ${file:PATH}, ${keyring:SERVICE/NAME} or ${store:NAME} instead.",
        "The password itself stands in the connector file. The school puts it into a variable"
        " and writes `${env:ERP_PASSWORD}`.",
    ),
    Code(
        "CONF_SECRET_NEARBY",
        ERROR,
        "A connector file that is deployed names a secret by a path relative to itself.",
        "Write the whole path, the same on every machine, ${env:NAME} or ${store:NAME}.",
        "A file that goes to the server says `${file:key.txt}`, and nobody can say in which "
        "folder it is looked for there. The school writes the whole path.",
    ),
    Code(
        "CONF_OPTION_DEPENDENCY",
        ERROR,
        "An option is set without the one that it needs.",
        "Set the option that is named, or switch this one off.",
        "The default professor of common events is named, and the option that brings common "
        "events is off. The school switches it on, or takes the name out.",
    ),
    Code(
        "CONF_OPTION_VALUE",
        ERROR,
        "An option has a value that it does not know.",
        "Use one of the values that are named.",
        "The kind of e-mail is `personal` or `school`, and the file says `work`. The school "
        "writes one of the two.",
    ),
    Code(
        "CONF_BAD_SCHEDULE",
        ERROR,
        "A slot of the schedule does not end after it begins, or shares a moment with another one.",
        "Write ranges within one day, such as 11:30-13:30 and 18:00-21:00, each by itself.",
        "A slot is written `21:00-18:00`. The school writes `18:00-21:00`.",
    ),
    Code(
        "CONF_SCOPE_OVERLAP",
        WARN,
        "The same filter id feeds two accounts, of one file or of two files of a project, so its "
        "sheets and students are duplicated "
        "(R29, D12).",
        "Keep the id in one account, unless the doubles are wanted.",
        "The site 36 stands in the filters of the accounts Paris and Lyon, so its classes "
        "come twice. The school takes it out of one.",
    ),
    Code(
        "CONF_FILTER_ID_UNKNOWN",
        ERROR,
        "A filter names an id or a label that the ERP does not have.",
        "Correct it; `edusync check` lists what the ERP offers.",
        "The filter says site 63, and the ERP has a site 36. The school corrects the number.",
    ),
    Code(
        "CONF_FILTER_LABEL_AMBIGUOUS",
        ERROR,
        "A filter names a label that several items of the ERP have, so nobody knows which is "
        "meant.",
        "The hint lists them: write the one that is meant as `NAME - ID`, or its id.",
        "The filter says `CFA`, and the ERP has two sites of that name. The school writes "
        "`CFA - 36`.",
    ),
    Code(
        "CONF_FILTER_NAME_OTHER",
        WARN,
        "An entry of a filter such as `CFA Paris - 36` has another name for the id than the ERP: "
        "the id counts.",
        "Both names are shown: write the ERP's, or the id that was meant.",
        "The filter says `Paris - 36`, and the site 36 is called Lyon by now. The school "
        "writes the new name.",
    ),
    Code(
        "CONF_FILTER_VALUE_UNMET",
        WARN,
        "A filter names a value that no row of the ERP has in the days that were read, so nothing "
        "comes down by it.",
        "If it is misspelt, write the value that is named as the nearest; if nothing has it at the "
        "moment, nothing is to be done.",
        "The filter says the brand `Alpha`, and all sessions that were read have the brand "
        "`ALPHA SUP`. The school writes it so.",
    ),
    Code(
        "CONF_ACCOUNT_TWICE",
        ERROR,
        "Two accounts have the same name.",
        "Give each account a name of its own.",
        "Two accounts are called `main`. The school calls the second one `lyon`.",
    ),
    Code(
        "CONF_YEAR_MISMATCH",
        ERROR,
        "The ERP has no current year or period, or several.",
        "Check the periods in the ERP: exactly one must hold today.",
        "In August the ERP has no period that holds today. The school opens the new year in "
        "the ERP.",
    ),
    Code(
        "CONF_SEVERAL_ROOTS",
        ERROR,
        "An account needs exactly one main resource of the kind that was said, and the ERP finds "
        "another number.",
        "Name the id of one group, one professor or one room; make an account for each "
        "further one.",
        "The account says that its planning is that of one group, by a name that three groups"
        " have. The school writes the id of the one that is meant.",
    ),
    Code(
        "CONF_CONNECTOR_TWICE",
        ERROR,
        "Two connector files have the same name in one store: each would take the other's sheets "
        "for those of sessions that are gone.",
        "Give one of them another name. `edusync state rename OLD NEW` moves the links of a "
        "connector to another name; a file that is no longer used can be deleted.",
        "The file of Paris was copied for Lyon and both still say `name: paris`. The school "
        "calls the copy `lyon`.",
    ),
    Code(
        "CONF_FOLDER_MISSING",
        ERROR,
        "A folder that edusync.yaml names is not there.",
        "Make the folder, or correct the name; names are relative to edusync.yaml.",
        "The project says `connectors: schools`, and the folder was called `ecoles`. The "
        "operator corrects the name.",
    ),
    Code(
        "CONF_STRAY_FILE",
        ERROR,
        "A file among the connectors of a project cannot be read, names no connector, or has the "
        "name of another one; so it does not run.",
        "`edusync validate` on the folder says what is wrong; a file that is no connector belongs "
        "elsewhere.",
        "A copy `paris (2).yaml` lies among the connector files. The operator deletes it or "
        "puts it elsewhere.",
    ),
    Code(
        "CONF_KEY_SHARED",
        WARN,
        "Two connector files of a project feed the same account of Edusign: they share its limit "
        "of requests, and each sees the people and sheets of the other.",
        "Keep it so when one school has two ERPs; else write the key of the other school.",
        "The files of two ERPs of one school give the same API key of Edusign. When it is one"
        " school, nothing is to be done.",
    ),
    Code(
        "CONF_OTHER_SCHOOL",
        ERROR,
        "The account belongs to another school of Edusign than the one that its links are for.",
        "Write the API key of that school. For another school, give the connector another name, "
        "or move the links aside with `edusync state rename OLD NEW`.",
        "Lyon's API key was pasted into the file of Paris, whose sheets are known already. "
        "The school pastes the key of Paris.",
    ),
    Code(
        "CONF_ACCOUNT_RENAMED",
        ERROR,
        "The store has links of an account that the connector file does not name any more, and "
        "none of one that it names, of the same school. Under its new name attendance would go up "
        "a second time, and sheets of cancelled sessions would stay.",
        "Move what is kept to the new name with `edusync state rename-account CONNECTOR OLD NEW`, "
        "or give the account its old name.",
        "The account `main` was renamed `paris` in the file alone. The operator renames it in"
        " the store as well.",
    ),
    Code(
        "CONF_STATE_KEY",
        ERROR,
        "The key that protects the store is missing or is not the one that the store was "
        "made with.",
        "Put the key file back beside the store, or set EDUSYNC_STATE_KEY.",
        "The store was moved to another server without its key file. The administrator copies"
        " the key file as well.",
    ),
    Code(
        "CONF_REASON_UNKNOWN",
        ERROR,
        "The connector file names a reason that the ERP does not have.",
        "Write the exact label or id of a reason of the ERP.",
        "`reasons` says `Maladie: Illness`, and the ERP calls it Sick leave. The school "
        "writes the label of the ERP.",
    ),
)
