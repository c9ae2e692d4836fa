"""The same questions put to what others would use: Django, Wagtail, PostgreSQL, tantivy."""

from collections.abc import Callable, Sequence
from random import Random

from .clock import Clock, Spent, say, show, timed

BATCH = 1_000


def each(ids: Sequence[int], find: Callable[[str], object]) -> list[Spent]:
    from marketplace.listings.models import Listing

    random = Random(2)
    times = []
    for text in Listing.objects.filter(pk__in=ids).values_list("summary", flat=True):
        asked = " ".join(random.sample(text.split(), 3))
        clock = Clock()
        find(asked)
        times.append(clock.lap())
    return times


def measure_icontains(ids: Sequence[int]) -> None:
    from django.db.models import Q

    from marketplace.listings.models import Listing

    def find(text: str) -> None:
        wanted = Q()
        for word in text.split():
            wanted |= Q(title__icontains=word) | Q(summary__icontains=word)
        list(Listing.objects.visible_to(None).filter(wanted)[:300])

    show("plain Django, icontains, first 300", each(ids[:50], find))


def measure_wagtail(ids: Sequence[int]) -> None:
    """The same texts as pages' titles would be, in Wagtail's database index."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend

    from marketplace.listings.models import Listing

    root = Page.objects.first()
    kind = ContentType.objects.get_for_model(Page)
    rows = Listing.objects.values_list("pk", "title", "summary")
    Page.objects.bulk_create(
        [
            Page(
                path=f"{root.path}{number:04X}"[:255].replace("-", "0"),
                depth=2,
                title=f"{title} {summary}"[:255],
                slug=f"bench-{number}",
                content_type=kind,
                locale=root.locale,
                live=True,
            )
            for number, (_, title, summary) in enumerate(rows.iterator(), 0x1000)
        ],
        batch_size=BATCH,
    )
    pages = list(Page.objects.filter(slug__startswith="bench-"))
    for start in range(0, len(pages), BATCH):
        get_search_backend().add_bulk(Page, pages[start : start + BATCH])
    assert index.class_is_indexed(Page)

    def find(text: str) -> None:
        list(Page.objects.live().search(text, operator="or")[:300])

    show("Wagtail's database search, first 300", each(ids[:50], find))


def measure_tantivy(ids: Sequence[int]) -> None:
    """A Rust engine over our own analysed terms: what candidates could cost at best."""
    try:
        import tantivy
    except ImportError:
        print("tantivy: not installed (`pip install tantivy` beside the project)")
        return
    from search.models import IndexedListing

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", stored=True)
    builder.add_text_field("terms", tokenizer_name="whitespace")
    index = tantivy.Index(builder.build())

    def fill() -> None:
        writer = index.writer(50_000_000, num_threads=1)
        rows = IndexedListing.objects.values_list("pk", "offer_terms")
        for pk, terms in rows.iterator(chunk_size=BATCH):
            text = terms.replace("/", " ")
            writer.add_document(tantivy.Document(key=pk, terms=text))
        writer.commit()

    say("tantivy filled from stored terms", timed(fill), IndexedListing.objects.count())
    index.reload()
    searcher = index.searcher()
    times = []
    for terms in IndexedListing.objects.filter(pk__in=ids).values_list(
        "need_terms", flat=True
    ):
        clock = Clock()
        query = index.parse_query(terms.replace("/", " "), ["terms"])
        hits = searcher.search(query, 300).hits
        [searcher.doc(address)["key"][0] for _, address in hits]
        times.append(clock.lap())
    show("tantivy, a match query's words, first 300 ids", times)


def measure_postgresql(ids: Sequence[int], url: str) -> None:
    """The same texts in PostgreSQL's full text search, in a table that goes at the end."""
    if not url.startswith("postgres"):
        print("PostgreSQL full text: DATABASE_URL names none")
        return
    import psycopg

    from marketplace.listings.models import Listing

    rows = Listing.objects.values_list("pk", "title", "summary")
    with psycopg.connect(url) as server:
        server.execute("CREATE TEMP TABLE texts (id integer, words tsvector)")

        def fill() -> None:
            insert = "INSERT INTO texts VALUES (%s, to_tsvector('simple', %s))"
            with server.cursor() as cursor:
                texts = ((pk, f"{title} {text}") for pk, title, text in rows.iterator())
                cursor.executemany(insert, texts)
            server.execute("CREATE INDEX ON texts USING gin (words)")
            server.execute("ANALYZE texts")

        spent = timed(fill)
        say("PostgreSQL full text, filled and indexed", spent, rows.count())
        question = (
            "SELECT id FROM texts, to_tsquery('simple', %s) asked"
            " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT 300"
        )

        def find(text: str) -> None:
            server.execute(question, [" | ".join(text.split())]).fetchall()

        # Its work is done in another process: only the wall tells.
        show("PostgreSQL full text, any word, first 300", each(ids, find))
