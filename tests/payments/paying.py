"""A page opened for a share, or left in the middle of that."""

import pytest

from payments.actions import checkout
from tests.payments.rows import payer_of


def open_page(share) -> str:
    return checkout.open_attempt(share, by=payer_of(share))


def open_page_and_crash(share, monkeypatch) -> None:
    """Stripe has made the page, and the process dies before it is noted."""

    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(checkout, "_note_page", die)
        with pytest.raises(KeyboardInterrupt):
            open_page(share)
