"""Keep the catalogues of other languages: every text that people read, and their compiled form.

`python -m edusync.app.authoring.translations` adds what is new, takes out what is gone, and
compiles. Babel is needed, from the extra `test`.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from edusync.codes import all_codes
from edusync.locale import DOMAIN, FOLDER
from edusync.locale.details import DETAILS
from edusync.locale.labels import LABELS

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog

_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

_SOURCES = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
_STRICT = {"silent": "false", "trimmed": "true"}
"""A template that cannot be read is an error, and not one without texts."""


def catalogue(language: str = "fr") -> Path:
    """Return the catalogue of a language."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def texts() -> Catalog:
    """Return every text: of the codes, the labels, the details, and those of the source."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    catalog = Catalog(project=DOMAIN)
    for code in all_codes().values():
        catalog.add(code.meaning, context=code.name)
        catalog.add(code.remedy, context=code.name)
        for text in filter(None, (code.example, code.school)):
            catalog.add(text, context=code.name)
    for sort, words in LABELS.items():
        for word in words:
            catalog.add(word, context=sort)
    for detail in DETAILS:
        catalog.add(detail, auto_comments=["a detail of an event"])
    source = extract_from_dir(FOLDER.parent, _SOURCES, {"**.html": _STRICT}, keywords=_KEYWORDS)
    for file, _, message, _, context in sorted(source, key=lambda one: (one[0], one[1])):
        catalog.add(message, auto_comments=[file], context=context)
    return catalog


def read(language: str = "fr") -> Catalog:
    """Return the catalogue as it is written."""
    from babel.messages.pofile import read_po

    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def compiled(written: Catalog) -> bytes:
    """Return what gettext reads."""
    from babel.messages.mofile import write_mo

    out = BytesIO()
    write_mo(out, written)
    return out.getvalue()


def as_file(written: Catalog) -> bytes:
    """Return the catalogue as a file."""
    from babel.messages.pofile import write_po

    out = BytesIO()
    write_po(out, written, width=100, omit_header=False, sort_output=False)
    return out.getvalue()


def keep(language: str = "fr") -> None:
    """Bring a catalogue and its compiled form up to date."""
    written = read(language)
    written.update(texts(), no_fuzzy_matching=True, update_creation_date=False)
    written.obsolete.clear()
    catalogue(language).write_bytes(as_file(written))
    catalogue(language).with_suffix(".mo").write_bytes(compiled(written))


if __name__ == "__main__":
    keep()
