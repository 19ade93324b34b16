"""How long `edusync lsp` takes from a key stroke to its findings, on the longest shipped spec.

    python benchmarks/editor.py [--strokes 30]

It prints the median, the least and the most of the milliseconds that a client over standard input
and output waits, the pause of 50 ms before the server looks included, and those of the processor.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.editor.client import Editor  # noqa: E402 - the folder above is put there first

BETWEEN = 0.15
"""Seconds from one stroke to the next: what is left to do after the findings is done by then."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--strokes", type=int, default=30)
    strokes = parser.parse_args().strokes
    file = max((ROOT / "specs").glob("*.yaml"), key=lambda one: one.stat().st_size)
    text = file.read_text(encoding="utf-8")
    editor = Editor([sys.executable, "-m", "edusync", "lsp"], ROOT, {})
    editor.open(file, text)
    editor.at("hover", file, 3, 1)  # the words of the language are there by then
    print(f"{file.name}, {len(text.splitlines())} lines, load {os.getloadavg()[0]:.1f}")
    for name, changed in (
        ("sound", text),
        ("a misspelt key", text.replace("\nresources:", "\nresource:", 1)),
    ):
        waited, before = [], seconds(editor.process.pid)
        for stroke in range(strokes):
            editor.change(file, changed.replace("label: ", f"label: {'x' * (stroke + 1)}", 1))
            began = time.perf_counter()
            editor.found(file)
            waited.append(1000 * (time.perf_counter() - began))
            time.sleep(BETWEEN)
        used = 1000 * (seconds(editor.process.pid) - before) / strokes
        print(
            f"{name}: median {statistics.median(waited):.0f} ms, least {min(waited):.0f}, "
            f"most {max(waited):.0f}; processor {used:.0f} ms a stroke"
        )
    editor.close()


def seconds(pid: int) -> float:
    """Return how long the processor worked for a process (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
