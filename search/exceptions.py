"""What can go wrong between us and a search engine."""


class EngineUnavailable(Exception):
    """The engine does not answer; candidates may come from another, later or not."""


class IndexBroken(EngineUnavailable):
    """The engine's index is missing or damaged; waiting does not help, filling does."""
