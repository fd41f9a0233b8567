"""Claims of sovereignty against the chains that bear on them."""
