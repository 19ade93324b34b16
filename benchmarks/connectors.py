"""Read-and-map of every ERP against its simulator on this machine, beside the same requests sent
bare, one after the other, in pairs. Prints ratios.

    python benchmarks/connectors.py [--rounds 9]

The floor sends the very requests that edusync sent, with one `requests` session, and parses each
answer (json or lxml); it maps nothing. The simulators are small and answer one at a time, so the
table compares overheads, not volumes; `run.py` measures volumes.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from datetime import UTC, date, datetime
from typing import Any

import requests
from lxml import etree

from edusync.app.runs.sides import open_source
from edusync.engine.map.mapper import KINDS, Mapper
from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import Answers, names_in_scope
from edusync.engine.read.source import Tools
from edusync.model import Window
from edusync.plugins import load_registry
from edusync.resources import bundled
from edusync.sandbox.serve import serving
from edusync.spec import load_spec

DAY = date(2026, 3, 16)


def read(spec: Any, given: Any) -> tuple[float, int, list[requests.PreparedRequest]]:
    """Read and map once; return seconds, items and the requests that were made."""
    sent: list[requests.PreparedRequest] = []
    send = requests.Session.send

    def noted(
        session: requests.Session, request: requests.PreparedRequest, **more: Any
    ) -> requests.Response:
        sent.append(request)
        return send(session, request, **more)

    requests.Session.send = noted
    options = {name: question.default for name, question in spec.options.items()} | dict(
        given["options"]
    )
    connection = {name: question.default for name, question in spec.connection.items()} | dict(
        given["connection"]
    )
    for name, question in spec.connection.items():
        for ending in question.drop_end:
            connection[name] = (connection[name] or "").removesuffix(ending)
    filters = dict.fromkeys(spec.filters, ())
    names = names_in_scope(
        Answers("main", connection, options, filters),
        Window.around(datetime(2026, 3, 16, 10, tzinfo=UTC), days=14, days_back=7),
    )
    began = time.perf_counter()
    source, report = open_source(spec, names, Tools(time.monotonic, time.sleep), {}), Report()
    mapper = Mapper(Lists(spec, source, names, report, {}), report)
    items = sum(1 for kind in KINDS for _ in mapper.items(kind))
    source.close()
    took = time.perf_counter() - began
    requests.Session.send = send
    return took, items, sent


def bare(sent: list[requests.PreparedRequest]) -> float:
    """Send the same requests again and parse the answers."""
    session = requests.Session()
    began = time.perf_counter()
    for request in sent:
        content = session.send(request, timeout=60).content
        if content[:1] in b"{[":
            json.loads(content)
        elif content[:1] == b"<":
            etree.fromstring(content)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    registry = load_registry()
    print(
        f"{'ERP':>14} {'items':>6} {'requests':>9} {'edusync ms':>11} {'bare ms':>8} {'× bare':>7}"
    )
    for name, registered in sorted(registry.simulators.items()):
        spec, _ = load_spec((bundled("specs") / f"{name}.yaml").read_text(encoding="utf-8"), name)
        simulation = registered.thing.start(DAY)
        with serving(simulation.wsgi) as address:
            read(spec, simulation.answers(address))  # what is imported and compiled once
            pairs = []
            for _ in range(rounds):
                took, items, sent = read(spec, simulation.answers(address))
                pairs.append((took, bare(sent)))
        ours, floor = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
        times = statistics.median(took / alone for took, alone in pairs) if sent else None
        print(
            f"{name:>14} {items:>6} {len(sent):>9} {ours * 1000:>11.1f} {floor * 1000:>8.1f} "
            + ("      -" if times is None else f"{times:7.2f}")
        )


if __name__ == "__main__":
    main()
