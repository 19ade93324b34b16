"""The `exchanges.yaml` of a case: what the ERP is asked, and what it answers."""

from __future__ import annotations

import json
from contextlib import suppress

from edusync.spec.document import Document, read_document
from edusync.spec.schema_check import check_schema, has_form

_LARGEST = 256 * 1024 * 1024
"""No recording is so large."""


def check_exchanges(text: str, file: str) -> Document:
    """Return what a file of exchanges holds, with every mistake at its place.

    Recordings outgrow what `read_document` takes, and libyaml reads them five times as fast: where
    it finds nothing to say, nothing else reads them.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    with suppress(YAMLError):
        data = YAML(typ="safe").load(text)
        if has_form(json.loads(json.dumps(data, default=str)), "exchanges"):
            return Document(file, data, text=text)
    document = read_document(text, file, most=_LARGEST)
    if not document.has_errors:
        check_schema(document, "exchanges")
    return document
