"""Apply a built spec: read, map, check, plan, apply.

It knows no ERP, no command line and no plugin manager.
"""
