"""What authors of specs use: recording, invented people, cases."""
