"""Steps from every older store to the present one; forward only."""
