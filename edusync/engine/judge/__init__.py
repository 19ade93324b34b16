"""Judge what the ERP sent by the rules: which sheets come down, with whom, and a reason for each that does not."""
