"""Set a school up: the questions of its ERP's spec, asked by whatever front end."""
