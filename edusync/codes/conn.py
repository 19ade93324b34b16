"""Why the ERP could not be read, or not wholly."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

WARN, ERROR = Severity.WARNING, Severity.ERROR

CODES = (
    Code(
        "CONN_AUTH_FAILED",
        ERROR,
        "The ERP refused to sign us in: user, password, token or key is wrong, or the user "
        "was deleted.",
        "Check the connection answers, and that the ERP user still exists with read and "
        "write rights.",
        "The password of the ERP's user was changed on Friday; since then every call is "
        "answered 401. The school writes the new one.",
    ),
    Code(
        "CONN_NETWORK_BLOCKED",
        ERROR,
        "The ERP cannot be reached: refused, timed out or cut.",
        "Check the URL; if the ERP is behind a firewall, have this machine's address allowed or "
        "set a proxy.",
        "The ERP got a firewall that lets nobody in but the school's own network. The school "
        "has the address of the server allowed.",
    ),
    Code(
        "CONN_ERP_ACCESS_NOT_OPENED",
        ERROR,
        "The ERP forbids this list: the access was not opened for our key.",
        "Ask the ERP's vendor or administrator to open the endpoint that is named.",
        "The list of learners is answered 403: the key was opened for the planning alone. The"
        " school asks the vendor to open it.",
    ),
    Code(
        "CONN_OPTIONAL_FORBIDDEN",
        Severity.INFO,
        "An optional list is forbidden for our key; what it would add stays as it is on Edusign.",
        "Nothing to do, or have the endpoint opened in the ERP.",
        "The list of rooms is answered 403. The sheets come down, and their rooms stay as "
        "they are on Edusign.",
    ),
    Code(
        "CONN_WEBSERVICE_INACTIVE",
        ERROR,
        "There is no web service at the address: its description (WSDL) cannot be read.",
        "Check that the web service of the ERP is active, linked to this year's planning, and that "
        "the URL is its own.",
        "After the change of year the web service was not switched on for the new planning. "
        "The school switches it on.",
    ),
    Code(
        "CONN_FILE_MISSING",
        ERROR,
        "The folder of the ERP's exports, or a file of it, is not there.",
        "Look whether the ERP wrote its export, and whether this machine sees the folder.",
        "The ERP writes `planning.csv` each night, and last night it did not. The school "
        "looks at its export.",
    ),
    Code(
        "CONN_TOO_DEEP",
        ERROR,
        "A list that is followed level by level does not end.",
        "Raise `depth` in the spec if the ERP nests that deep, or correct the circle in the ERP.",
        "A group of the ERP is a part of a group that is a part of the first. The school "
        "takes one out of the other.",
        "Correct the circle in the ERP, or tell whoever looks after the connector that it nests "
        "that deep.",
    ),
    Code(
        "CONN_NOT_XML",
        ERROR,
        "The ERP answered with something else where XML is due, such as a page for people.",
        "Open the URL in a browser: it may be a sign-in page, a proxy or a wrong path.",
        'Under the address of the web service stands a page for people, "Sign in". The school'
        " asks for the address of the service itself.",
    ),
    Code(
        "CONN_NOT_JSON",
        ERROR,
        "The ERP answered with something else than what was promised, such as an HTML page "
        "instead of JSON.",
        "Check the URL: a log-in page or a proxy often answers in its place.",
        "The ERP is being maintained and answers each call with a page of HTML. The next run "
        "finds it back.",
    ),
    Code(
        "CONN_NOT_PROMISED",
        ERROR,
        "The ERP answered with something else than the spec promises (SOAP, CSV, Excel, a "
        "calendar), such as a page for people or nothing at all.",
        "Open the address in a browser: the link may have expired, or a sign-in or "
        "maintenance page "
        "stands there.",
        "The link of a calendar has expired, and a page of HTML stands there. The school "
        "copies the new link.",
    ),
    Code(
        "CONN_TRUNCATED",
        ERROR,
        "The answer of the ERP breaks off or is not well-formed.",
        "Try again; if it stays, the ERP or a proxy cuts long answers.",
        "A proxy cuts answers after a minute, in the middle of a list. Whoever runs the proxy"
        " gives it more time.",
    ),
    Code(
        "CONN_UNREADABLE",
        ERROR,
        "A file or an answer of the ERP cannot be read, or not wholly; the detail says where.",
        "Correct what the detail names, in the export or in the spec (`charset`, `separator`). "
        "Until then nothing is deleted on the word of the list that is named.",
        "Line 412 of an export has one cell less than the others. The school corrects the "
        "line in the ERP, where a text holds a separator.",
        "Correct in the export what the detail names, or tell whoever looks after the "
        "connector. Until then nothing is deleted on the word of the list that is named.",
    ),
    Code(
        "CONN_FILE_GONE",
        ERROR,
        "A file of a pattern was there and is gone, and with it sessions or people of which nobody "
        "knows whether they are gone from the ERP.",
        "Put the file back, or leave the sheets of its days as they are: they are kept until a new "
        "file holds these days, or until they are over.",
        "`planning-s12.csv` was read yesterday and is not in the folder today. Its sheets "
        "stay, and the school puts the file back.",
    ),
    Code(
        "CONN_TOO_LARGE",
        ERROR,
        "An answer of the ERP is larger than the limit of the spec (`limits: {body: …}`).",
        "Ask for less at a time, or raise the limit in the spec.",
        "The ERP sends ten years of sessions in one answer. The author of the spec asks for "
        "the days of the window.",
        "Tell whoever looks after the connector: less has to be asked for at a time.",
    ),
    Code(
        "CONN_UNEXPECTED_SHAPE",
        ERROR,
        "The answer does not have the shape that the spec promises, such as an object where a "
        "list is due.",
        "Compare the answer with `items` and `shape` of the list that is named.",
        'After an update the ERP answers `{"data": […]}` where a bare list was. The author of'
        " the spec says `items: data`.",
        "Tell whoever looks after the connector, and whether the ERP was changed or updated.",
    ),
    Code(
        "CONN_PAGE_REPEATED",
        ERROR,
        "The ERP sent the same page twice, so the end can not be trusted.",
        "Check `paging` of the list that is named: the parameter of the page may have "
        "another name.",
        "The ERP does not know the parameter of the page and sends page 1 each time. The "
        "author of the spec corrects its name.",
        "Tell whoever looks after the connector, and whether the ERP was changed or updated.",
    ),
    Code(
        "CONN_TOTAL_MISSED",
        ERROR,
        "The ERP announced another number of rows than it sent.",
        "Try again; rows may have changed while they were read.",
        "The ERP says that there are 480 learners and sends 470. Nobody is taken off, and the"
        " next run reads again.",
    ),
    Code(
        "CONN_MORE_NOT_READ",
        WARN,
        "An answer of the ERP says that there are more rows than it holds, and nothing asks for "
        "them.",
        "Declare `paging` of the list that is named. Where the word means something else, a line "
        "of `answers` that reads it says so, such as `{when: answer.body.total, then: ok}`. "
        "Until then nothing is deleted on the word of the list.",
        "The ERP begins to send 100 sessions at most, with the link to the next 100 beside "
        "them. The sheets of the others stay, and the author of the spec declares `paging`.",
        "Tell whoever looks after the connector, and whether the ERP was changed or updated.",
    ),
    Code(
        "CONN_CALL_FAILED",
        ERROR,
        "A call to the ERP failed; the detail holds its status and message.",
        "Look at the message; what could not be read is left as it is on Edusign.",
        "The list of groups is answered 500. The sheets keep their groups, and the school "
        "tells the vendor if it stays so.",
    ),
    Code(
        "CONN_REDIRECTED",
        ERROR,
        "The ERP, its WSDL or the spec names another host than the ERP's own, and "
        "credentials never "
        "follow there.",
        "If it is a host of the ERP: put it into the connection, or name it in the spec below "
        "`hosts`, `inner_hosts` or `address`.",
        "The next page is a link to `files.erp.example`, and the connection names "
        "`erp.example`. The author of the spec adds the host.",
        "Tell whoever looks after the connector whether the host that is named is one of the ERP.",
    ),
)
