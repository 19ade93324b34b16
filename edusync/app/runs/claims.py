"""Whose links a store holds: those of one connector file, for one school of Edusign an account.

Two files of one name would take each other's sessions for vanished and delete their sheets.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.pins import pinned_spec
from edusync.engine.outcome import Outcome
from edusync.errors import ConfigurationProblem, Guarded
from edusync.spec.document import read_document
from edusync.state.rename import dropped_name, file_name, school_name
from edusync.target.wire import record_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.files.connector_file import Instance
    from edusync.state.store import Store


def check_file(instance: Instance, store: Store) -> None:
    """Refuse a connector file whose name is that of another one in the same store.

    ConfigurationProblem, which names both. A file that was moved, or copied as it is, goes on; a
    release has one file of each name.
    """
    if pinned_spec(instance.file, instance.name) is not None:
        return
    known = store.setting(file_name(instance.name))
    file, other = instance.file.resolve(), None if known is None else Path(known)
    if other is None or other == file or not _is_another(other, file, instance.name):
        return
    raise ConfigurationProblem(
        "CONF_CONNECTOR_TWICE",
        f"'{instance.name}' is the connector of {file} and of {other}, and both keep their links "
        "under this name",
        f"give one of them another name; `edusync state rename {instance.name} NEW` takes along "
        "what stands under the old one. If one of the files is no longer used, delete it",
    )


def remember_file(instance: Instance, store: Store) -> None:
    """Write which file the connector runs with."""
    file = str(instance.file.resolve())
    if store.setting(file_name(instance.name)) != file:
        store.save_setting(file_name(instance.name), file)


def _is_another(other: Path, file: Path, connector: str) -> bool:
    """Whether a file is a connector file of the same name, and says something else."""
    try:
        text, own = (one.read_text(encoding="utf-8", errors="replace") for one in (other, file))
    except OSError:
        return False
    data = read_document(text, str(other)).data
    return text != own and isinstance(data, dict) and data.get("connector") == connector


def check_school(
    store: Store, connector: str, account: str, school: Mapping[str, Any]
) -> str | None:
    """Return the id of the school that an account belongs to, None when Edusign names none.

    ConfigurationProblem when the links of the account are for another school.
    """
    school_id = record_id(school) or None
    known = store.setting(school_name(connector, account))
    if school_id is not None and known is not None and known != school_id:
        raise ConfigurationProblem(
            "CONF_OTHER_SCHOOL",
            f"the account '{account}' belongs to another school of Edusign than the one that its "
            "links are for",
            "write the API key of that school, give the connector another name, or put its links "
            f"aside: `edusync state rename {connector} NEW`",
        )
    return school_id


def check_renamed(
    store: Store, instance: Instance, account: str, school: Mapping[str, Any]
) -> None:
    """Refuse an account without links while one of the same school is gone from the file.

    ConfigurationProblem: it is most likely the same under another name. What went up would go up
    again, and the sheets of cancelled sessions would stay. A school of which nobody knows counts.
    """
    if account in store.accounts(instance.name):
        return
    school_id = record_id(school) or None
    gone = _gone(instance, store)
    before = {one: store.setting(school_name(instance.name, one)) for one in gone}
    same = [one for one in gone if None in {school_id, before[one]} or before[one] == school_id]
    if same:
        raise ConfigurationProblem(
            "CONF_ACCOUNT_RENAMED",
            f"the store has links of the account '{same[0]}', which the connector file does not "
            f"name any more, and none of '{account}', which is of the same school",
            f"`edusync state rename-account {instance.name} '{same[0]}' '{account}'` takes along "
            "what stands under the old name, or give the account its old name",
        )


def dropped_accounts(instance: Instance, store: Store) -> list[Outcome]:
    """Return an event for each account with links that the file does not name any more, once."""
    named = store.setting(dropped_name(instance.name)) or []
    return [
        Outcome("RUN_ACCOUNT_DROPPED", detail=f"the account '{account}'")
        for account in _gone(instance, store)
        if account not in named
    ]


def remember_dropped(instance: Instance, store: Store) -> None:
    """Write which accounts were named as gone from the file."""
    gone, name = _gone(instance, store), dropped_name(instance.name)
    if gone != (store.setting(name) or []):
        store.save_setting(name, gone)


def _gone(instance: Instance, store: Store) -> list[str]:
    return sorted(store.accounts(instance.name) - {one.name for one in instance.accounts})


def refuse_in_shadow(instance: Instance) -> None:
    """Raise Guarded where a connector runs in shadow: it writes nothing anywhere."""
    if instance.schedule.shadow:
        raise Guarded(
            "RUN_IN_SHADOW",
            f"'{instance.name}' runs in shadow, so it writes nothing",
            "look at it with `edusync shadow FILE`; take `shadow: true` out of its schedule when "
            "the other connector is off",
        )
