"""Ways to sign in to the ERP; each kind is one module. `steps` is the one when none is named.

A module says in one class what `auth` may write, how a sign-in is made, and how it is left.
"""

from edusync.spec.tree.sign_in.base import DEFAULT, SIGN_INS, Auth, Door, Signature

__all__ = ["DEFAULT", "SIGN_INS", "Auth", "Door", "Signature"]
