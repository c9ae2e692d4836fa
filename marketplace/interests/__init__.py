"""How near investors stand to an investment sought: told in counts, never by name."""
