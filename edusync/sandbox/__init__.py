"""Honest servers for trying things out.

Edusign itself, and the frame in which ERP simulators run.
"""
