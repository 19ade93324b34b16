"""Why attendance did not go up. The way up itself follows; its settings are checked from the start."""

from edusync.codes.code import Code
from edusync.diagnostics import Severity

CODES = (
    Code("UP_EARLY_DEPARTURE_REASON_MISSING", Severity.ERROR, "The reason for early departures does not exist in the ERP.",
         "Write the exact label, code or id of a reason of the ERP, or leave the option out."),
)
