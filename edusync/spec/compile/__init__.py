"""Turn parts of the tree into what the engine runs: one module a part, each matches on the types.

What is compiled is handed to whoever asked; nothing of it is kept in the tree.
"""
