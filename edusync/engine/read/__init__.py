"""Read the ERP: calls become rows, rows become lists.

A list can be streamed, looked into, or joined.
"""
