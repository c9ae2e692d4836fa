"""A development Stripe of our own: the part of the wire that the programme uses.

It runs as its own process, keeps its own SQLite file, listens on loopback only,
and imports neither the rest of the programme nor the vendor's package, so that
the vendor's package stays a true second opinion about every answer.
"""
