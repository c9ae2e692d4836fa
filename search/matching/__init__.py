"""From candidates to scored pairs with reasons."""
