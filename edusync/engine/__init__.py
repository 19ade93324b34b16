"""Apply a spec: read the ERP, map, judge, plan, apply; `upward` sends the attendance back.

A folder a step, in this order; `docs/explanation/architecture.md` shows how they pass values on.
It knows no ERP, no command line and no plugin manager.
"""
