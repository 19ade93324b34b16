"""The JSON Schemas in a real editor: a language server completes and checks a spec."""
