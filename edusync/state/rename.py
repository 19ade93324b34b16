"""Move everything that a store keeps of a connector, or of one account, to another name."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select, update

from edusync.diagnostics import did_you_mean
from edusync.errors import UsageProblem
from edusync.state.adoption_tables import adopted, adoption, apart
from edusync.state.hint_table import hint
from edusync.state.lock import locked
from edusync.state.settings import rare_name, scope_name, waiting_name
from edusync.state.tables import (
    clue,
    episode,
    event,
    former,
    intent,
    link,
    mixed_up,
    pause,
    quarantine,
    refusal,
    run,
    setting,
    slot,
    step,
    taken,
    upload,
)
from edusync.state.visitors import see_no_more
from edusync.state.web_tables import act, weekly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from edusync.state.store import Store

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
OWN = (
    *(link, former, mixed_up, refusal, intent, upload, step, clue),
    *(adoption, adopted, apart, taken, hint),
)
"""What two connectors cannot have under one name. A lease stays: each name has its own."""


def file_name(connector: str) -> str:
    """Return the name of the setting with the file that a connector runs with."""
    return f"file/{blake2b(connector.encode(), digest_size=16).hexdigest()}"


def school_name(connector: str, account: str) -> str:
    """Return the name of the setting with the school that an account belongs to."""
    digest = blake2b(json.dumps([connector, account]).encode(), digest_size=16).hexdigest()
    return f"school/{digest}"


def address_name(connector: str, account: str) -> str:
    """Return the name of the setting with the address of the Edusign that an account is on."""
    digest = blake2b(json.dumps([connector, account]).encode(), digest_size=16).hexdigest()
    return f"address/{digest}"


OF_ACCOUNTS = (scope_name, school_name, address_name, waiting_name)
"""What gives the names of the settings that an account has."""


def dropped_name(connector: str) -> str:
    """Return the name of the setting with the accounts that were named as dropped."""
    return f"dropped/{blake2b(connector.encode(), digest_size=16).hexdigest()}"


def forgotten_prefix(connector: str) -> str:
    """Return how the names of the marks begin of everybody who was forgotten of a connector."""
    return f"forgotten/{blake2b(connector.encode(), digest_size=8).hexdigest()}/"


def settings_of(connector: str, accounts: Sequence[str]) -> list[str]:
    """Return the names of every setting of a connector and its accounts."""
    names = [name_of(connector) for name_of in (file_name, dropped_name, rare_name)]
    return names + [name(connector, account) for account in accounts for name in OF_ACCOUNTS]


def rename_connector(store: Store, old: str, new: str) -> int:
    """Move what is kept of a connector to another name; return how many links were moved.

    UsageProblem when there is nothing, or the other name has something of its own. Guarded with
    RUN_BUSY while either of them runs.
    """
    if old == new or re.fullmatch(_NAME, new) is None:
        hint = "write a name like those of connector files: letters, digits, '.', '_' and '-'"
        raise UsageProblem("RUN_USAGE", f"'{new}' can not be the new name", hint)
    with locked(store, old), locked(store, new), store.writing() as connection:
        _check(connection, old, new)
        accounts = connection.execute(
            select(link.c.account).where(link.c.connector == old).distinct()
        ).scalars()
        for account in list(accounts):
            for name in OF_ACCOUNTS:
                _rename_setting(connection, name(old, account), name(new, account))
        for name_of in (rare_name, dropped_name):
            _rename_setting(connection, name_of(old), name_of(new))
        before, after = forgotten_prefix(old), forgotten_prefix(new)
        marks = select(setting.c.name).where(setting.c.name.startswith(before, autoescape=True))
        for name in list(connection.execute(marks).scalars()):
            _rename_setting(connection, name, after + name.removeprefix(before))
        for connector in (old, new):  # the next run says with which file
            connection.execute(delete(setting).where(setting.c.name == file_name(connector)))
            for table in (slot, quarantine, episode):  # a runner writes them anew
                connection.execute(delete(table).where(table.c.connector == connector))
        for table in (pause, weekly):
            connection.execute(delete(table).where(table.c.connector == new))
            where = table.c.connector == old
            connection.execute(update(table).where(where).values(connector=new))
        connection.execute(update(act).where(act.c.connector == old).values(connector=new))
        see_no_more(connection, old, instead=new)
        moved = 0
        for table in (*OWN, run):
            where = table.c.connector == old
            count = connection.execute(update(table).where(where).values(connector=new)).rowcount
            moved += count if table is link else 0
    return moved


def rename_account(store: Store, connector: str, old: str, new: str) -> int:
    """Move what is kept of an account to another name; return how many links were moved.

    UsageProblem when there is nothing, or the other name has something of its own. Guarded with
    RUN_BUSY while the connector runs.
    """
    if old == new or not new.strip():
        hint = "write the name that the account has in the connector file"
        raise UsageProblem("RUN_USAGE", f"'{new}' can not be the new name", hint)
    with locked(store, connector), store.writing() as connection:
        _check_account(connection, connector, old, new)
        for name in OF_ACCOUNTS:
            _rename_setting(connection, name(connector, old), name(connector, new))
        runs = connection.execute(
            select(run.c.id, run.c.counts).where(run.c.connector == connector)
        ).all()
        for run_id, counts in runs:
            moved = {
                name: noted if name == "requests" else _with_name(noted, old, new)
                for name, noted in counts.items()  # requests are by side, the others by account
            }
            if moved != counts:
                connection.execute(update(run).where(run.c.id == run_id).values(counts=moved))
        of_connector = event.c.run.in_(select(run.c.id).where(run.c.connector == connector))
        connection.execute(
            update(event).where(of_connector, event.c.account == old).values(account=new)
        )
        count = 0
        for table in OWN:
            mine = (table.c.connector == connector, table.c.account == old)
            changed = connection.execute(update(table).where(*mine).values(account=new)).rowcount
            count += changed if table is link else 0
    return count


def _with_name(noted: object, old: str, new: str) -> object:
    """Return what a run noted by account, under the new name."""
    if not isinstance(noted, dict) or old not in noted:
        return noted
    return {new if name == old else name: value for name, value in noted.items() if name != new}


def _check_account(connection: Connection, connector: str, old: str, new: str) -> None:
    mine = link.c.connector == connector
    known = list(connection.execute(select(link.c.account).where(mine).distinct()).scalars())
    if old not in known:
        raise UsageProblem(
            "RUN_USAGE",
            f"the store has no links of the account '{old}' of '{connector}'",
            did_you_mean(old, sorted(known)),
        )
    for table in OWN:
        taken = exists().where(table.c.connector == connector, table.c.account == new)
        if connection.execute(select(taken)).scalar():
            raise UsageProblem(
                "RUN_USAGE",
                f"the account '{new}' has links or writes of its own in this store",
                "take a name that is free, or move those aside first",
            )


def _check(connection: Connection, old: str, new: str) -> None:
    known = list(connection.execute(select(link.c.connector).distinct()).scalars())
    if old not in known:
        raise UsageProblem(
            "RUN_USAGE", f"the store has no links of '{old}'", did_you_mean(old, sorted(known))
        )
    for table in OWN:
        if connection.execute(select(exists().where(table.c.connector == new))).scalar():
            raise UsageProblem(
                "RUN_USAGE",
                f"'{new}' has links or writes of its own in this store",
                "take a name that is free, or move those aside first",
            )


def _rename_setting(connection: Connection, old: str, new: str) -> None:
    connection.execute(delete(setting).where(setting.c.name == new))
    connection.execute(update(setting).where(setting.c.name == old).values(name=new))
