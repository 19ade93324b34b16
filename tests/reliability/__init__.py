"""Processes killed, requests refused, wires cut: nothing is doubled, and nothing is lost."""
