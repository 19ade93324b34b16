"""The client of Edusign: answers, bounds, what is in doubt."""
