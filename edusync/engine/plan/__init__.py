"""Compare what is wanted with the store and with Edusign, and hold back what a guard holds."""
