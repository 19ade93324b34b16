"""Details of events in the reader's language.

A detail is written in English and kept so in the store, for a run does not know who will read it.
`DETAILS` are the sentences that the engine writes, with its holes; a detail that fits one reads in
French, and what is in a hole as well when it is such a sentence itself. Any other stays as it is:
the words of an ERP, of Edusign or of a library.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from edusync.locale import gettext, spoken
from edusync.locale.labels import label

DETAILS = (
    # people and groups
    "no last name",
    "no first name",
    "no email",
    "the e-mail is not usable",
    "the same e-mail as {kind} {ids}",
    "a row without an id",
    "a row of this kind has no id that could be read",
    "it was {id}",
    "it was {id} until now, but {words}",
    "it may be {id}, but the ERP was not read wholly",
    "the ERP was not read wholly",
    "somebody else of the ERP has these names and this e-mail, too",
    "the names are others",
    "{count} created",
    # sessions
    "is empty",
    "could not be read",
    "is not after the start",
    "it comes down on {day}",
    "it starts on {day}",
    "it starts on {day} in the ERP, and its sheet stays where it was, which is later",
    "none of {count} is valid",
    "the ERP has no professor {ids}",
    "the ERP has no {kind} {ids}",
    "professor {id}: {words}",
    "professor {ids} is on Edusign, and the ERP has lost their data",
    "professors could not be read wholly",
    "students could not be read wholly",
    "nobody can say whether one of them comes down",
    "one of them is empty",
    # another connector
    "{count} of '{name}', the first on {day}",
    "the adoption of '{name}' is not over",
    "it has the id {id} of '{name}'",
    "it has the id {id}",
    "{count} more of '{name}'",
    "it may be {id}, which '{name}' made",
    "several people of the ERP have it",
    "the same e-mail, and other names",
    "the same id, and one name in common",
    "the same names; neither the id nor the e-mail",
    "the same name, and nobody in common",
    "the time and some of its people; another name, other professors",
    "the id and some of its people; another time and another name",
    "at the same hour for the same people: {ids}",
    "several fit by {words}",
    "on Edusign: {ids}",
    "on Edusign: {ids}; in the ERP also: {others}",
    "the account '{name}'",
    "it is gone",
    "it has another id by now",
    "{count} of {all}, the last on {moment}",
    # sheets
    "the sheet is of {day}",
    "it was deleted there",
    "it may be session {id}, which was not read",
    "it was {id}, of which the store knows nothing",
    "it may be {ids} on Edusign, of which the store knows nothing",
    "{count} on Edusign: {ids}",
    "session {id} ({sheet})",
    "nobody knows whether Edusign has {ids}",
    "nobody knows who {ids} is on Edusign",
    "the ERP has mixed up ids of people: {ids}",
    "its professors are blocked",
    "professor {ids} is archived on Edusign",
    "professor {ids} could not be written",
    "it began before its sheet could be made",
    "it matches the sessions {ids}",
    "made by hand, with the same name and times: {ids}",
    "the sheet {sheet} was made for it by hand: {code}",
    "{words}; its sheet is deleted",
    "{words}; its sheet waits until the plan is approved",
    "{words}; its sheet was kept: {why}",
    "gone from the ERP",
    "the policy is keep",
    "the spec has no sessions",
    "{name} does not say how many pages there are",
    "{name} does not say by true or false where its list ends",
    "{name} announced {count} pages, which is not what came",
    "the WSDL has no element '{name}' for a header",
    "the WSDL has several elements '{name}' for a header",
    "the header '{name}' cannot be written like this: {why}",
    "what should stand in the header is no XML: {why}",
    "no operation of the service takes an argument '{name}'",
    "the account '{name}' has it as well",
    "the account '{name}' takes it over",
    "the connector '{name}' has it as well",
    "the sheet is of {day}",
    "professor {ids} is on Edusign, and the ERP has lost their data",
    "one of them is empty",
    "edusync did not create it",
    "it is archived",
    "it bears a signature",
    "it has started",
    "Edusign does not say whether the sheet is archived",
    "the sheet of {id}, whose deletion waits, has the same people at that time",
    "refused before with the same data: {words}",
    "{ids} and {count} more",
    # the run
    "all {count}: {codes}",
    "the only student",
    "the only professor",
    "the only sheet",
    "all {count} students",
    "all {count} professors",
    "all {count} sheets",
    "all {count} students leave it",
    "1 coming sheet left the scope by this change",
    "{count} coming sheets left the scope by this change",
    "{count} of {all} coming sheets",
    "{count} of {all} places on coming sheets",
    "{count} sheets were not seen",
    "{students} students and {professors} professors, and no session",
    "{count} sheets of days that were not read were not seen",
    "the account '{name}'",
    # reading
    "it cannot be decided: {words}",
    "it needs something that could not be read",
    "drop {code}: {words}",
    "report {code}: {words}",
    "ignore: {words}",
    "filter '{name}'",
    "nothing in {count} of the lines says whose they are",
    "Edusign answered with the id of another item",
    "nothing of it was found in the ERP, and `done` says that it landed",
    "{count} of the refusals name none of the lines, or several of them",
    "it is on the sheet twice, and not with the same attendance",
    "filter '{name}': {words}",
    "it has {ids}, the filter lists {others}",
    "it has none of {ids}",
    "list '{name}': {words}",
    "the list '{name}' does not hold it",
    "several rows of the list '{name}' fit and do not say the same",
    "no row of '{name}' has its key",
    "no row of '{name}' has it",
    "no row of '{name}' has it; what rows have: {names}",
    "it had {count} rows before",
    "a letter of it was lost where it was read with the wrong charset",
    "expected an id",
    "expected a number",
    "expected a text",
    "expected a day like {pattern}",
    "expected a day that exists",
    "expected a time that exists",
    "expected a moment that exists",
    "expected an object with {names}",
    "expected a number as the {part}, under '{name}'",
    "expected a number of at most {count} digits, like {pattern}",
    "the function '{name}' wants {names}, not {part}",
    "the function '{name}' cannot work with this",
    "its rows could not be read",
    "one of its rows could not be read",
    "merge: 'by' of a row of '{name}' is unknown",
    "order_by: it is unknown of a row of '{name}'",
    "expected a time like {pattern}",
    "expected a moment like {pattern}",
    "expected a duration like PT1H30M",
    "expected a day that exists",
    "expected a time that exists",
    "expected a moment that exists",
    "expected a time of day like PT16H30M",
    "expected an object with {names}",
    "expected a number as the {part}, under '{name}'",
    "expected a number of at most {width} digits, like {pattern}",
    "expected one of {values}",
    "'{name}' names a professor whom Edusign does not have",
    "'{name}' names a professor whom Edusign has archived",
    # what a side did not answer
    "{name} announced {count} rows and sent {all}",
    "{name} answered with {count} values for {all} keys",
    "{name} answered with {what} where {words} is due",
    "{name} answered with an empty element where a row is due",
    "{name} answered with more than {count} kB",
    "{name} answered {count}",
    "{name} answered {count} again and again",
    "{name} cannot be called like this: {words}",
    "{name} cannot be read ({words})",
    "{name} cannot be read as {what}: {words}",
    "{name} does not end after {count} pages",
    "{name} does not say how many rows there are",
    "{name} does not say how many pages there are",
    "{name} does not say by true or false where its list ends",
    "{name} says that there is more, and nothing stands in '{path}'",
    "no operation of the service takes an argument '{name}'",
    "the WSDL has no element '{name}' for a header",
    "the WSDL has several elements '{name}' for a header",
    "{name} does not take such values ({words})",
    "{name} has no '{what}'",
    "{name} is larger than {count} kB",
    "{name} is on another host, and credentials do not go there",
    "{name} names a page that it sent before",
    "{name} refused our sign-in ({count})",
    "{name} sent {count} pages without rows, and names a next one",
    "{name} sent the same page twice",
    "{name} states an error in place of '{what}'",
    "{name} states an error in place of its rows",
    "{name} states an error",
    "{name} states an error: {words}",
    "{name} answered in parts (207), and nothing reads them",
    "{name} states an error, and holds no rows beside it",
    (
        "{name} states an error beside its rows, in '{word}'; if it means something else, a line "
        "of `answers` that reads it says `ok`"
    ),
    "{name} says by '{word}' that there is more, and the list has no `paging`",
    "{name} answered {status}, by which its rows need not be all",
    "{name}: {count} columns are called '{what}', and nobody knows which is meant",
    "Edusign answered {count} to a batch",
    "Edusign answered {count} without saying what became of the items",
    "Edusign answered {count} without JSON",
    "Edusign answered {count} without its envelope",
    "Edusign answered with what is no {what}",
    "Edusign did not answer '{name}' with a list",
    "Edusign does not allow this for the key ({count})",
    "Edusign's v3 is not open to this account ({count})",
    "{count} of {total} refused: {codes}",
    "Edusign does not show '{name}': {words}",
    "Edusign refused the API key",
    "Edusign's answer does not end",
    "Edusign's certificate cannot be trusted",
    "Edusign's list '{name}' does not end",
    "Edusign: {words}",
    "{name}: {words}",
    "the connection was cut",
    "the connection was refused",
    "FILE {name} cannot be read on the SFTP server",
    "FILE {name} cannot be written ({words})",
    "FILE {name} cannot be written on the SFTP server",
    "FILE {name} is no name of a file",
    "FILE {pattern} is no pattern of files",
    "FILE {name} is not there on the SFTP server",
    "FILE {name} leaves the folder",
    "no file fits {name}",
    "nobody knows '{name}' of a row",
    "the ERP refused to sign us in ({words})",
    "the SFTP server cannot be reached",
    "the SFTP server refused to sign us in",
    "the URL of the ERP is not valid",
    "the WSDL includes a document of another host",
    "the base URL is no URL",
    "the certificate of the server cannot be trusted",
    "the database cannot be opened",
    "the database cannot be reached ({words})",
    "the database refused to sign us in",
    "the folder is not there on the SFTP server",
    "the last row of {name} does not say where the list goes on",
    "the list '{name}' could not be read, and everything depends on it",
    "the list '{name}' is needed and forbidden: {words}",
    "the log-in answer has no '{name}'",
    "the next page is on another host",
    "the service has no operation '{name}'",
    "there is no folder {name}",
    "there is no description of a web service at the address",
    "what should lead to the next page is no URL",
    "no answer within the time limit",
    "no connection within the time limit",
    "the exchange broke off ({what})",
    # beside another connector, and after a mistake
    "{moment}: {words}",
    "no sheet is that of the session",
    "the ERP has no such session",
    "what the ERP says is something else",
    "it is archived or signed, so nobody would touch it",
    "nobody on Edusign is the person",
    "no group on Edusign is the one of the ERP",
    "{fewer} students are not in it, {more} are too many",
    "it is from {moment} to {end} there",
    "{count} students are not on it, {all} are too many",
    "it has begun",
    "the ERP was not read whole",
    "{ids}: the ERP has them there no more",
    "{ids}: it has begun",
    # attendance
    "on Edusign {id}",
    "sent: {reason}",
    "{one} sent as {other}",
    "the connector '{name}'",
)
"""The sentences, in the English that the engine writes."""


def in_words(detail: str | None) -> str | None:
    """Return a detail in the reader's language."""
    return detail if detail is None or spoken() == "en" else _translated(detail)


def _translated(detail: str) -> str:
    for text, pattern in _patterns():
        found = pattern.fullmatch(detail)
        if found is not None:
            holes = {name: _translated(value) for name, value in found.groupdict().items()}
            if "kind" in holes:
                holes["kind"] = label("kind", holes["kind"].replace("tutor", "external"))
            return gettext(text, **holes)
    return detail


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the sentences and what fits them, those with the most words of their own first."""
    parsed = {text: tuple(Formatter().parse(text)) for text in DETAILS}
    ordered = sorted(DETAILS, key=lambda text: -sum(len(own) for own, *_ in parsed[text]))
    return tuple((text, _pattern(parsed[text])) for text in ordered)


def _pattern(parts: tuple[tuple[str, str | None, str | None, str | None], ...]) -> re.Pattern[str]:
    holes = {"count": r"\d+", "all": r"\d+", "kind": r"\w+", "code": "[A-Z_]+", "day": r"[\d-]+"}
    holes |= dict.fromkeys(("moment", "end"), r"[\d-]{10} [\d:]{5}")
    return re.compile(
        "".join(
            re.escape(own) + ("" if name is None else f"(?P<{name}>{holes.get(name, '.+?')})")
            for own, name, *_ in parts
        ),
        re.DOTALL,
    )
