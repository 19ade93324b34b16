"""Use cases: what a command, a page or a worker asks for. Only here are the parts put together.

`runs` syncs and writes back, `explaining` says why, `authoring` helps who writes a spec, `files`
reads what people write, `setup` sets a school up, `runner` runs many connectors in their slots,
`console` is what the pages of the browser show and do.
"""
