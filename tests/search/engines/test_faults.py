"""Whatever Elasticsearch does, people are answered; a small server does it all here."""

import threading
from collections.abc import Iterator
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from marketplace.listings.models import Listing
from search.engines import Results, engines, get_engine
from search.engines.breaker import FAILURES, REST, Breaker
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.fallback import FallbackEngine
from search.exceptions import EngineUnavailable
from search.indexing import drain, record_changes
from search.queries import Query
from tests.factories import make_listing

from .faulty import FAULTS, GOOD, FaultyServer, black_hole, faulty_server, well, whole

ASKED = Query(terms=("bread",))
FIRST = 5
RESTING = "The search is resting"


class Reserve:
    """Always knows the same listing."""

    name = "reserve"
    is_remote = False

    def search(self, query: Query) -> Results:
        return Results((3,))


class Hours:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as made:
        yield made


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def engine(server: FaultyServer, hours: Hours) -> FallbackEngine:
    first = ElasticsearchEngine(URL=server.url)
    return FallbackEngine(first, Reserve(), breaker=Breaker(hours))  # type: ignore[arg-type]


def test_a_server_that_is_well_answers_itself(engine, server):
    assert engine.search(ASKED) == Results((7,))
    assert server.asked == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_the_reserve_answers_and_the_server_is_left_in_peace(engine, server, fault):
    server.fault = FAULTS[fault]
    answers = {engine.search(ASKED) for _ in range(FAILURES + 5)}
    assert answers == {Results((3,), degraded=True)}
    assert server.asked == FAILURES


def test_a_server_that_is_down_is_left_in_peace_too(hours):
    with faulty_server() as gone:
        first = ElasticsearchEngine(URL=gone.url)
    engine = FallbackEngine(first, Reserve(), breaker=Breaker(hours))  # type: ignore[arg-type]
    for _ in range(FAILURES + 1):
        assert engine.search(ASKED) == Results((3,), degraded=True)
    assert engine.breaker.is_open


@pytest.mark.timing
@pytest.mark.parametrize("fault", ["slow", "black hole", "drip", "reset", "429"])
def test_five_wait_a_little_and_nobody_after_them(engine, server, fault):
    server.fault = FAULTS[fault]
    spent = []
    for _ in range(FIRST + 20):
        began = perf_counter()
        engine.search(ASKED)
        spent.append(perf_counter() - began)
    assert max(spent[:FIRST]) <= 0.6
    assert max(spent[FIRST:]) <= 0.02


def test_one_failure_is_no_reason_to_rest(engine, server):
    server.fault = FAULTS["429"]
    engine.search(ASKED)
    server.fault = well
    for _ in range(FAILURES):
        assert engine.search(ASKED) == Results((7,))
        server.fault = FAULTS["429"]
        assert engine.search(ASKED).degraded
        server.fault = well
    assert not engine.breaker.is_open


def test_it_is_tried_again_aside_and_taken_back(engine, server, hours):
    server.fault = FAULTS["429"]
    for _ in range(FAILURES):
        engine.search(ASKED)
    tried = threading.Event()

    def answer(server: FaultyServer, connection) -> None:
        well(server, connection)
        tried.set()

    server.fault = answer
    assert engine.search(ASKED).degraded
    assert server.asked == FAILURES
    hours.now += REST
    assert engine.search(ASKED).degraded  # whoever asks now does not wait for the trial
    assert tried.wait(10)
    joined("elasticsearch-trial")
    assert engine.search(ASKED) == Results((7,))


def test_a_trial_that_fails_lets_it_rest_on(engine, server, hours):
    server.fault = FAULTS["429"]
    for _ in range(FAILURES):
        engine.search(ASKED)
    for trials in (1, 2):
        hours.now += REST
        for _ in range(4):
            assert engine.search(ASKED).degraded
        joined("elasticsearch-trial")
        assert server.asked == FAILURES + trials


def joined(name: str) -> None:
    """Waits for threads of this name."""
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(10)


@pytest.fixture
def site(server: FaultyServer, settings) -> FaultyServer:
    """The site as it runs with Elasticsearch, which is the faulty server."""
    settings.SEARCH_ENGINE = {
        "BACKEND": "search.engines.elasticsearch.engine.ElasticsearchEngine",
        "OPTIONS": {"URL": server.url, "TIMEOUT": 0.2},
        "FALLBACK": settings.EMBEDDED_ENGINE,
    }
    return server


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["reset", "black hole", "half JSON", "429"])
def test_the_page_stands_with_a_banner_and_hides_what_is_withdrawn(
    site, client: Client, fault
):
    site.fault = FAULTS[fault]
    kept, gone = make_listing(title="Bread ovens"), make_listing(title="Bread moulds")
    record_changes([kept.pk, gone.pk], "published")
    drain()
    Listing.objects.filter(pk=gone.pk).update(live=False)
    for _ in range(FAILURES + 1):
        response = client.get(reverse("search:listings"), {"q": "bread"})
        assert response.status_code == 200
        text = response.content.decode()
        assert RESTING in text
        assert "Bread ovens" in text
        assert "Bread moulds" not in text


@pytest.mark.django_db
def test_a_page_of_a_server_that_is_well_has_no_banner(site, client: Client):
    listing = make_listing(title="Bread ovens")
    record_changes([listing.pk], "published")
    drain()
    site.fault = lambda server, connection: connection.sendall(_naming(listing.pk))
    response = client.get(reverse("search:listings"), {"q": "bread"})
    assert "Bread ovens" in response.content.decode()
    assert RESTING not in response.content.decode()


def _naming(pk: int) -> bytes:
    return whole(GOOD | {"hits": {"hits": [{"fields": {"key": [pk]}}]}})


@pytest.mark.django_db
def test_what_the_first_engine_does_not_take_the_reserve_has(site):
    """The reserve is filled at once, the change waits for the first engine alone."""
    site.fault = black_hole
    listing = make_listing(title="Bread ovens")
    record_changes([listing.pk], "published")
    assert drain().failed == (listing.pk,)
    found = engines()["embedded"].search(ASKED)
    assert found.ids == (listing.pk,)
    assert get_engine().search(ASKED) == Results((listing.pk,), degraded=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one broken engine is enough")
@pytest.mark.django_db
def test_the_rows_answer_where_both_engines_fail(site):
    site.fault = FAULTS["reset"]
    listing = make_listing(title="Bread ovens")
    record_changes([listing.pk], "published")
    drain()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_fts")
        cursor.execute("DROP TABLE search_needs")
    with pytest.raises(EngineUnavailable):
        engines()["embedded"].search(ASKED)
    assert get_engine().search(ASKED) == Results((listing.pk,), degraded=True)
