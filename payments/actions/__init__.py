"""The verbs of money; only they write."""
