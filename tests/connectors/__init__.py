"""Recorded cases of each ERP, a folder each with its golden file, and tests of single ERPs."""
