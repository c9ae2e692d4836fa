"""How good finding and matching are, in figures; never on the site's own index."""
