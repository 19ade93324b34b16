"""The little language of paths, expressions and templates: what is written, compiled once.

Nothing here knows what a spec is: a text goes in with the filters that it may use, and a function
of a row and of names comes out.
"""
