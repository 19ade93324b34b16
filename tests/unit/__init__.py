"""One module of the package by itself; the folders are named as in the package."""
