"""Finding and matching: from a listing's words and codes to scored pairs."""
