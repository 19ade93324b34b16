"""Tests, a folder for what each tries.

- `unit`: one module of the package by itself, in folders named as in the package.
- `engine`: a whole run, down or up, between a simulated ERP and a simulated Edusign.
- `bugs`: situations from public bug reports; `sources`: sentences of the sources.
- `rules`: what `edusync validate` finds in specs; `contract`: promises about every key of the
  language, every code, every document; `outside`: kinds that are added from outside of the package.
- `kinds`: each kind of paging and of format, for the tests that try all kinds.
- `connectors`: the recorded cases of each ERP, without Python, and tests of single ERPs.
- `reliability`: killed, refused, cut off; `state`: the store.
- `cli`, `runner`, `setup`, `web`, `editor`, `packaging`: each as somebody meets it who uses it.
- `support`: what many tests share. `little.py` is a school as data, which a test changes;
  `conftest.py` has one of a shipped ERP.
"""
