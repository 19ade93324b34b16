"""What the classes of the tree declare of their keys, made use of.

`fields` looks it up, `schema` writes it as a JSON Schema, `reader` reads a document by it.
"""
