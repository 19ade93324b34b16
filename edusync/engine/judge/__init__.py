"""Judge what the ERP sent: which sheets come down, with whom, and why others do not."""
