"""Read the ERP: calls become rows, rows become lists that can be streamed, looked into, or joined."""
