"""What `edusync validate` finds in specs, and that small mistakes in a spec are noticed."""
