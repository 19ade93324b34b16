"""The `$metadata` of an OData service, versions 2 to 4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.app.authoring.beginning import Beginning
from edusync.app.authoring.described.fields import CLOCK, DAY, FLAG, MOMENT, NUMBER, TEXT, sample_of
from edusync.app.authoring.names import wanted
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml import etree

_VALUES = {
    "Edm.DateTimeOffset": MOMENT,
    "Edm.DateTime": MOMENT,
    "Edm.Date": DAY,
    "Edm.TimeOfDay": CLOCK,
    "Edm.Boolean": FLAG,
    **dict.fromkeys((f"Edm.{one}" for one in ("Int16", "Int32", "Int64", "Decimal")), NUMBER),
}


def from_odata(file: Path) -> Beginning:
    """Return what the metadata says; UsageProblem when it is none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except etree.XMLSyntaxError:
        root = None
    sets = [] if root is None else list(root.iter("{*}EntitySet"))
    if root is None or not sets:
        raise UsageProblem(
            "RUN_USAGE",
            f"{file.name} is no metadata of OData",
            "save what stands behind the address of the service with /$metadata",
        )
    types = {one.get("Name"): one for one in root.iter("{*}EntityType", "{*}ComplexType")}
    is_old = not (root.get("Version") or "1.0").startswith("4")
    beginning = Beginning([], "its OData metadata")
    beginning.connection = [
        "  url: {type: url, label: {en: Service, fr: Service}, drop_end: [/]}",
        "  user: {type: text, label: {en: User, fr: Utilisateur}}",
        "  password: {type: secret, label: {en: Password, fr: Mot de passe}}",
    ]
    basic = 'username: "{{ connection.user }}", password: "{{ connection.password }}"'
    beginning.transport = [
        "  kind: http",
        '  base_url: "{{ connection.url }}"',
        "  headers: {Accept: application/json}",
        "  # guess: OData says no sign-in",
        f"  auth: {{send: {{basic: {{{basic}}}}}}}",
    ]
    for one in sets:
        name = str(one.get("Name"))
        entity_type = types.get(str(one.get("EntityType")).rpartition(".")[2])
        if entity_type is None or not wanted(name):
            beginning.notes.append(f"not understood: the entity set {name}")
            continue
        beginning.lists.append(_list(name, entity_type, types, is_old=is_old))
    if beginning.lists:
        beginning.transport.append(f"  probe: {{get: /{beginning.lists[0].name}}}")
    return beginning


def _list(
    name: str,
    entity_type: etree._Element,
    types: Mapping[str | None, etree._Element],
    *,
    is_old: bool,
) -> Any:
    row = _row(entity_type, types, 0)
    expanded = {
        str(one.get("Name")): types[target]
        for one in entity_type.iter("{*}NavigationProperty")
        if (target := _target(one)) in types and wanted(str(one.get("Name")))
    }
    for word, other in expanded.items():
        inner = _row(other, {}, 1)
        many = "Collection(" in str(_link(entity_type, word)) or is_old
        row[word] = [inner] if many else inner
    begins = next((key for key, value in row.items() if value == MOMENT), None)
    query = {}
    if begins is not None and not is_old:
        query["$filter"] = (
            f"{begins} ge {{{{ window.starts_at | iso }}}} and {begins} lt "
            "{{ window.ends_at | iso }}"
        )
    if expanded:
        query["$expand"] = ",".join(expanded)
    lines = [f"get: /{name}"]
    if query:
        inner_text = ", ".join(f'{key}: "{value}"' for key, value in query.items())
        lines.append(f"query: {{{inner_text}}}  # guess: by the first moment, and what leads on")
    path = "d.__next" if is_old else "'\"@odata.nextLink\"'"
    # the last page of a list leaves it out, and OData says so
    lines.append(f"paging: {{kind: next_url, path: {path}, optional: true}}")
    items = "d.results" if is_old else "value"
    return sample_of(name, row, items=items, call=tuple(lines))


def _row(
    found: etree._Element, types: Mapping[str | None, etree._Element], depth: int
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for one in found.iterchildren("{*}Property"):
        kind = str(one.get("Type"))
        inner = kind.removeprefix("Collection(").removesuffix(")")
        other = types.get(inner.rpartition(".")[2])
        value: Any = _VALUES.get(inner, TEXT)
        if other is not None and depth == 0:
            value = _row(other, types, depth + 1)
        row[str(one.get("Name"))] = [value] if kind.startswith("Collection(") else value
    return row


def _target(link: etree._Element) -> str:
    kind = str(link.get("Type") or link.get("ToRole") or "")
    return kind.removeprefix("Collection(").removesuffix(")").rpartition(".")[2]


def _link(found: etree._Element, name: str) -> str | None:
    for one in found.iter("{*}NavigationProperty"):
        if one.get("Name") == name:
            return one.get("Type")
    return None
