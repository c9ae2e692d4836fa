"""The outbox of the index, and what the exact score reads of each listing."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing


class Field(models.IntegerChoices):
    """What a term was counted in: words, 3-grams or codes, offered or needed."""

    OFFER_WORDS = 1
    OFFER_GRAMS = 2
    NEED_WORDS = 3
    NEED_GRAMS = 4
    OFFER_CODES = 5
    NEED_CODES = 6


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    def due(self) -> Self:
        """Waiting, past its pause, and not in another worker's hands."""
        now = timezone.now()
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lte=now),
            state=IndexChange.State.WAITING,
            next_try_at__lte=now,
        )

    def waiting(self) -> Self:
        return self.filter(state=IndexChange.State.WAITING)

    def dead(self) -> Self:
        """Given up after many tries; staff look, `check_index --repair` tries again."""
        return self.filter(state=IndexChange.State.DEAD)

    def held_by_others_than(self, engine: str) -> Self:
        """What some engine has taken in and this one has not yet."""
        waiting = self.waiting().exclude(held_by="")
        return waiting.exclude(held_by__contains=f" {engine} ")


class IndexChange(models.Model):
    """A listing whose place in the index has to be looked at again.

    Written in the transaction of the change itself; gone once it is done. The worker
    reads the listing as it is then, so neither order nor repetition matters. The
    primary key is the sequence. The listing is named by number alone, because the
    row must outlive it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DEAD = "dead", _("given up")

    listing_id = models.BigIntegerField(db_index=True)
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error_class = models.CharField(max_length=100, blank=True)
    held_by = models.CharField(max_length=100, blank=True)
    """The names of engines that took it in already, each between blanks."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("index change")
        verbose_name_plural = _("index changes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="change_due")]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.reason}"

    def is_held_by(self, engine: str) -> bool:
        """Whether this engine took the change in already."""
        return f" {engine} " in self.held_by

    def note_held_by(self, engine: str) -> None:
        """Remembers, unsaved, that this engine took the change in."""
        if not self.is_held_by(engine):
            self.held_by = f"{self.held_by or ' '}{engine} "


class IndexColumns(models.Model):
    """What the exact score reads of one text of a listing: vectors, codes, numbers.

    Terms are kept as text, so that an engine is filled anew without analysing; see
    `search.documents` for their notation and `search.vectors` for packed columns.
    Lengths count word positions (or 3-grams), amounts are ISO minor units.
    """

    version = models.PositiveIntegerField()
    analyser_version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    side = models.CharField(max_length=5)
    place = models.CharField(max_length=64, blank=True)
    reach = models.CharField(max_length=12, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    languages = models.JSONField(default=list)
    instruments = models.JSONField(default=list)
    amount_min = models.BigIntegerField(null=True)
    amount_max = models.BigIntegerField(null=True)
    amount_currency = models.CharField(max_length=3, blank=True)
    published_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)
    offer_terms = models.TextField(blank=True)
    need_terms = models.TextField(blank=True)
    offer_codes = models.TextField(blank=True)
    need_codes = models.TextField(blank=True)
    offer_words = models.BinaryField()
    offer_grams = models.BinaryField()
    offer_length = models.PositiveIntegerField(default=0)
    offer_gram_length = models.PositiveIntegerField(default=0)
    need_words = models.BinaryField()
    need_grams = models.BinaryField()
    need_length = models.PositiveIntegerField(default=0)
    need_gram_length = models.PositiveIntegerField(default=0)
    need_query = models.BinaryField()

    class Meta:
        abstract = True


class IndexedListing(IndexColumns):
    """What is known of a findable listing as others see it now."""

    # No constraint: the row must stay until the worker has taken the listing's terms
    # out of the counts, even when the listing itself is gone.
    listing = models.OneToOneField(
        Listing,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="indexed",
    )
    is_matched = models.BooleanField(default=False)
    """Whether its pairs have been scored since the row was written."""

    class Meta(IndexColumns.Meta):
        abstract = False
        verbose_name = _("indexed listing")
        verbose_name_plural = _("indexed listings")

    def __str__(self) -> str:
        return f"{self.pk} · {self.version}"


class TermFrequency(models.Model):
    """In how many listings a term stands; written by the indexing worker alone.

    Always in ascending order of key and field, so that two writers cannot deadlock.
    """

    key = models.BigIntegerField()
    field = models.PositiveSmallIntegerField(choices=Field)
    df = models.IntegerField()

    class Meta:
        verbose_name = _("term frequency")
        verbose_name_plural = _("term frequencies")
        constraints = [
            models.UniqueConstraint(fields=["key", "field"], name="one_df_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.field}/{self.key}: {self.df}"


class IndexStatistics(models.Model):
    """How many listings have something in a field, and its positions altogether."""

    field = models.PositiveSmallIntegerField(choices=Field, primary_key=True)
    documents = models.IntegerField(default=0)
    total_length = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("index statistics")
        verbose_name_plural = _("index statistics")

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.documents}"


class IndexedWord(models.Model):
    """A word as it is spelled in findable listings; written by the indexing worker alone.

    Which of them are near to one that was mistyped is asked by how they begin and end:
    one wrong letter leaves one of the two.
    """

    BOUND = 2

    spelling = models.CharField(max_length=40, primary_key=True)
    beginning = models.CharField(max_length=BOUND)
    ending = models.CharField(max_length=BOUND)

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")
        indexes = [
            models.Index(fields=["beginning"], name="word_beginning"),
            models.Index(fields=["ending"], name="word_ending"),
        ]

    def __str__(self) -> str:
        return self.spelling


class EngineCheck(models.Model):
    """When an engine's index was last compared with the listings, and what came of it.

    ``left`` counts listings that still differed after a repair: that is an alarm.
    """

    engine = models.CharField(max_length=40, primary_key=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    differing = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check of an engine")
        verbose_name_plural = _("checks of engines")

    def __str__(self) -> str:
        return f"{self.engine}: {self.differing}, {self.left}"
