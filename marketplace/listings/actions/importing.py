"""Many listings come in at once."""
