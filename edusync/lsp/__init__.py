"""The language server: what edusync knows of specs, connector files and cases, while one types.

Everything that it shows is said elsewhere: findings by `validate`, words by `help`, the layout by
`fmt`, names by the recordings. It is imported by `edusync lsp` alone.
"""
