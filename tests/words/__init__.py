"""Words of the language that strangers' systems asked for, each over real HTTP or SOAP."""
