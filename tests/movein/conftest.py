from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.movein.school import School


@pytest.fixture
def make_school(tmp_path: Path, registry: Registry) -> Iterator[Callable[..., School]]:
    with ExitStack() as stack:

        def make(erp: str = "ypareo", **connector: Any) -> School:
            school = School(tmp_path, registry, erp, stack, **connector)
            school.seed()
            return school

        yield make


@pytest.fixture
def school(make_school: Callable[..., School]) -> School:
    return make_school()
