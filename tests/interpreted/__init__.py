"""The language as an interpreter would run it: what is compiled is compared with it.

Written for clarity alone. What a part means stands here once more, in closures, and a path is left
to the library of JMESPath.
"""
