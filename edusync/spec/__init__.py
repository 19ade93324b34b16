"""A spec: YAML text, checked with every mistake at its place, and built into one plain tree.

- `document` reads YAML with the place of everything, `schema_check` says what its form is not.
- `tree` holds what a spec says, a class for each thing; `node` walks it, `texts` are its leaves,
  and `paging`, `formats`, `verdicts` and `tree/sign_in` its kinds. Their fields declare the keys.
- `fields`, `schema` and `whole_schema` make the JSON Schema of what is declared.
- `build` reads a document into the tree; `rules` look at the whole.
- `language` compiles texts, `compile` what is put together of them.
- `reading`, `needs`, `due` and `names_read` say what a spec reads.
- `load` takes a text from YAML to the tree and its findings; `layout` writes a spec in one form
  (`edusync fmt`).
"""

from edusync.spec.load import load_spec
from edusync.spec.tree import Spec

__all__ = ["Spec", "load_spec"]
