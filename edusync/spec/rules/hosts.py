"""An address of one school that stands in the spec of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.tree import HttpCall

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Spec

CODE = "SPEC_HOST_HARD_CODED"
BAD = """
transport: {base_url: "https://erp.school.example/api"}
"""
OK = """
transport: {base_url: "{{ connection.url }}/api"}
"""


def check(spec: Spec, builder: Builder) -> None:
    """Report an address without a hole; each school has its own."""
    for word in ("base_url", "wsdl", "address"):
        address = builder.get(("transport", word))
        if (
            isinstance(address, str)
            and "://" in address
            and "{{" not in address.partition("://")[2].partition("/")[0]
        ):
            builder.document.report(
                CODE,
                ("transport", word),
                "an address of one school stands in the spec of all",
                "ask for it: `connection: {url: …}` and {{ connection.url }} here",
            )
    for name, resource in spec.resources.items():
        call = resource.call
        if isinstance(call, HttpCall) and call.asks_in in {"get", "post", "path"}:
            path = builder.get(("resources", name, call.asks_in))
            if (
                isinstance(path, str)
                and "://" in path
                and "{{" not in path.partition("://")[2].partition("/")[0]
            ):
                builder.document.report(
                    CODE,
                    ("resources", name, call.asks_in),
                    f"the list '{name}' asks a host that is written out",
                    "write the path only, and the host into `connection`",
                )
