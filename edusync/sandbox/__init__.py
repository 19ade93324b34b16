"""Servers in place of the real systems, over real sockets, which refuse what these refuse.

`edusign` simulates Edusign's API. Simulators of ERPs stand with their plugins; what they share is
here: `serve` runs them, `tables` holds their rows, `door` lets a test change these.
"""
