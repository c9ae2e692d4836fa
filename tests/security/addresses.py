"""Every address of the site, read from the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

# Wagtail's admin is one block with tests of its own.
STAFF = "staff/"


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern: its route below the language, its name, and which words its address takes."""

    route: str
    name: str
    takes: frozenset[str]

    @property
    def key(self) -> str:
        """How the table calls it: by name, or by route where nobody named it."""
        return self.name or self.route

    @property
    def is_staff(self) -> bool:
        return self.route.startswith(STAFF) and self.route != f"{STAFF}login/"


def addresses(urlconf: str | None = None) -> list[Address]:
    """Every pattern of a urlconf, the site's by default."""
    import_module(urlconf or settings.ROOT_URLCONF)
    return list(_walk(get_resolver(urlconf), "", "", frozenset()))


def _walk(
    resolver: URLResolver, route: str, space: str, takes: frozenset[str]
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        names = takes | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = route
            if not isinstance(pattern.pattern, LocalePrefixPattern):
                inner += str(pattern.pattern)
            name = pattern.namespace
            yield from _walk(
                pattern, inner, f"{space}{name}:" if name else space, names
            )
        else:
            yield Address(
                route=route + str(pattern.pattern),
                name=f"{space}{pattern.name}" if pattern.name else "",
                takes=names,
            )
