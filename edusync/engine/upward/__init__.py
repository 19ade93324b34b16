"""The way up: which archived sheets go, what the line of each person holds, and the steps that write it."""
