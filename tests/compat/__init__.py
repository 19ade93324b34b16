"""Specs as releases shipped them: `<release>/` holds copies that never change again."""
