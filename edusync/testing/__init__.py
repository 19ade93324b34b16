"""For authors of specs: run a case, which is a folder of recorded answers, and compare what comes out with a golden file.

One line of test is enough::

    def test_case(edusync_case, data_regression):
        data_regression.check(edusync_case.run(), fullpath=edusync_case.golden)
"""

from edusync.testing.cases import Case, find_cases
from edusync.testing.replay import Replay

__all__ = ["Case", "Replay", "find_cases"]
