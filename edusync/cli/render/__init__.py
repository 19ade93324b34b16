"""What the commands print: findings, plans, events, as text for people and as JSON for machines."""
