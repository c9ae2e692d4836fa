"""How often one reader may ask for what costs much; kept in memory and forgotten."""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def is_too_often(request: HttpRequest, act: str, *, most: int, seconds: int) -> bool:
    """Whether this reader has done it more than `most` times in this span of seconds.

    Each worker counts for itself. Who is counted stands nowhere: the key is a keyed
    hash of the account or, for visitors, of the address (of IPv6 its network).
    """
    span = int(time.time() // seconds)
    key = salted_hmac("people.limits", f"{act}:{span}:{_who(request)}").hexdigest()
    limits = caches["limits"]
    if limits.add(key, 1, seconds):
        return False
    return bool(limits.incr(key) > most)


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return str(request.user.pk)
    address = str(get_adapter().get_client_ip(request))
    if ":" in address:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return address
