"""Paging that the call never uses, so that every page would be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_PAGE_UNUSED"
BAD = """
resources: {lessons: {query: {page: 1}}}
"""
OK = """
resources: {lessons: {query: {page: "{{ page.number }}"}}}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report a paged call without `page`; `page` without paging is an unknown variable already."""
    for name, resource in spec.resources.items():
        wanted = resource.paging.required_name if resource.paging else None
        if resource.call is None or wanted is None:
            continue
        used = {
            part[1]
            for expression in resource.call.parts
            for part in expression.names
            if part[0] == "page" and len(part) > 1
        }
        if wanted not in used:
            builder.document.report(
                CODE,
                ("resources", name, "paging"),
                f"the list '{name}' has pages, but its call does not say which",
                f"put {{{{ page.{wanted} }}}} into the query, the URL or the body",
                key=True,
            )
