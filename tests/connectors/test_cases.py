"""Every case of every connector against its golden file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_regressions.data_regression import DataRegressionFixture

    from edusync.testing import Case


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


def test_case_ends_as_its_golden_file_says(edusync_case: Case, data_regression: DataRegressionFixture) -> None:
    data_regression.check(edusync_case.run(), fullpath=edusync_case.golden)
