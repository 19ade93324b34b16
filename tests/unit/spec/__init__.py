"""The language of specs: texts, formats, filters, findings, the tree."""
