"""A filter that can never match: it compares ids with something that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.tree import Constant
from edusync.spec.tree.value import path_of

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_FILTER_NEVER_MATCHES"
BAD = """
resources: {lessons: {filter_by: {sites: from}}}
"""
OK = """
resources: {lessons: {filter_by: {sites: site}}}
"""

_IDS = {"text", "number"}


def check(spec: Spec, builder: Builder) -> None:
    """Report a `filter_by` over a column that holds days, hours or flags, or over a constant."""
    for name, resource in spec.resources.items():
        read_as = {read.path.source: read.format for read in resource.formats}
        for by in resource.filter_by:
            plain = path_of(by.value)
            format_ = by.value.format or (read_as.get(plain.source) if plain else None)
            is_none = format_ is not None and format_.gives not in _IDS
            if is_none or isinstance(by.value, Constant):
                what = f"a {format_.gives}" if format_ else "always the same"
                builder.document.report(
                    CODE,
                    ("resources", name, "filter_by", by.name),
                    f"the filter '{by.name}' compares ids with what is {what}",
                    "name the column that holds the id",
                )
