"""Setting a school up, in the terminal and without any front end."""
