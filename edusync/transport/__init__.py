"""Everything that touches the ERP's network: requests, answers, verdicts, sign-in, pages."""
