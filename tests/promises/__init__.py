"""The promises that users may rely on (P1 to P24), each shown by tests that bear its number."""
