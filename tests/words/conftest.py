"""A school whose ERP answers over HTTP, run by the product's own commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bugs.wire import Soap, Wire


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.fixture
def soap(wire: Wire) -> Soap:
    return Soap(wire)
