"""How concentrated markets and dependences are."""
