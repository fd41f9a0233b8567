"""The pages: one module per kind, from what is known to HTML."""
