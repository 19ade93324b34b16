"""The console: who sees what, what a page says, and what a person does, also in a browser."""
