"""Runs of a connector, down and up: both sides are opened, and the steps of the engine taken."""
