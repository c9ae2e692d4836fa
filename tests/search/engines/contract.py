"""What every engine promises. An engine joins by subclassing with an ``engine`` fixture.

Terms are made by the product's own analyser; documents are fictional.
"""

import threading

import pytest

from search.analysis import analyse
from search.codes import gate_terms, gates
from search.documents import ListingDocument, read_codes, terms_of
from search.engines import Engine
from search.lexicon import Lexicon
from search.needs import Side, need_of_text
from search.queries import Query


def make_document(
    listing_id: int,
    offers: str = "",
    needs: str = "",
    *,
    version: int = 1,
    kind: str = "offer",
    side: str = "il",
    offer_codes: tuple[str, ...] = (),
    need_codes: tuple[str, ...] = (),
) -> ListingDocument:
    return ListingDocument(
        id=listing_id,
        version=version,
        kind=kind,
        side=side,
        gates=gate_terms("public", kind, side),
        offer_terms=terms_of(analyse(offers)),
        need_terms=terms_of(analyse(needs)),
        offer_codes=offer_codes,
        need_codes=need_codes,
    )


def asking(text: str, **fields: object) -> Query:
    terms = dict.fromkeys(form for forms in analyse(text) for form in forms)
    return Query(terms=tuple(terms), **fields)


class EngineContract:
    """Needs a fixture ``engine``: an empty engine, its tables removed afterwards."""

    def test_a_document_is_found_by_another_form_of_its_word(self, engine: Engine):
        engine.put([make_document(1, "חברות טכנולוגיה"), make_document(2, "שמן זית")])
        assert engine.search(asking("ולחברה")).ids == (1,)

    def test_each_script_finds_its_own(self, engine: Engine):
        engine.put(
            [
                make_document(1, "بيت للزيتون والزيت"),
                make_document(2, "Pressing olives for oil"),
                make_document(3, "בית בד לזיתים"),
            ]
        )
        assert engine.search(asking("الزيتون")).ids == (1,)
        assert engine.search(asking("olive press")).ids == (2,)
        assert engine.search(asking("הזיתים")).ids == (3,)

    def test_the_better_answer_comes_first(self, engine: Engine):
        engine.put(
            [
                make_document(1, "stone cutting for terraces and walls"),
                make_document(2, "stone"),
                make_document(3, "web design"),
                make_document(4, "cutting and polishing of stone"),
            ]
        )
        ids = engine.search(asking("polishing of stone")).ids
        assert ids[0] == 4
        assert set(ids) == {1, 2, 4}

    def test_a_code_finds_without_a_common_word(self, engine: Engine):
        engine.put(
            [
                make_document(1, "معصرة", offer_codes=("isic_c104", "con_olive_oil")),
                make_document(2, "نجارة", offer_codes=("isic_c16",)),
            ]
        )
        assert engine.search(Query(codes=("con_olive_oil",))).ids == (1,)

    def test_a_name_is_found_in_another_alphabet(self, engine: Engine):
        nobody = Lexicon(())
        written = {1: "סדנה של גמאל בנבלוס", 2: "מפעל של רבקה בחדרה", 3: "workshop"}
        engine.put(
            make_document(pk, text, offer_codes=read_codes(analyse(text), nobody))
            for pk, text in written.items()
        )
        for name in ("جمال", "Nablus", "بجمال"):
            need = need_of_text(name, nobody)
            assert engine.search(Query(codes=need.all_codes)).ids == (1,)

    def test_codes_and_words_are_alternatives(self, engine: Engine):
        engine.put(
            [
                make_document(1, "olive oil"),
                make_document(2, "زيت", offer_codes=("con_olive_oil",)),
                make_document(3, "software"),
            ]
        )
        found = engine.search(asking("olive oil", codes=("con_olive_oil",))).ids
        assert set(found) == {1, 2}

    def test_offers_and_needs_are_asked_apart_or_together(self, engine: Engine):
        engine.put(
            [
                make_document(1, offers="cold storage"),
                make_document(2, needs="cold storage"),
                make_document(3, offers="cold storage", needs="cold storage"),
            ]
        )
        for side, expected in (
            (Side.OFFERS, {1, 3}),
            (Side.NEEDS, {2, 3}),
            (Side.BOTH, {1, 2, 3}),
        ):
            found = engine.search(asking("cold storage", side=side)).ids
            assert len(found) == len(set(found))
            assert set(found) == expected

    def test_gates_let_only_their_own_through(self, engine: Engine):
        engine.put(
            [
                make_document(1, "marble", side="il", kind="offer"),
                make_document(2, "marble", side="ps", kind="offer"),
                make_document(3, "marble", side="ps", kind="funding"),
            ]
        )

        def found(**wanted: tuple[str, ...]) -> set[int]:
            query = asking("marble", gates=gates(("public",), **wanted))
            return set(engine.search(query).ids)

        assert found(sides=("ps",)) == {2, 3}
        assert found(kinds=("offer",)) == {1, 2}
        assert found(kinds=("offer", "funding"), sides=("ps",)) == {2, 3}
        assert found(kinds=("need",)) == set()
        assert found() == {1, 2, 3}

    def test_no_more_come_than_were_asked_for(self, engine: Engine):
        engine.put(make_document(number, "timber") for number in range(1, 31))
        assert len(engine.search(asking("timber", limit=7)).ids) == 7
        both = asking("timber", limit=7, side=Side.BOTH)
        assert len(engine.search(both).ids) == 7

    def test_an_empty_query_has_no_candidates(self, engine: Engine):
        engine.put([make_document(1, "timber")])
        assert engine.search(Query()).ids == ()
        assert engine.search(Query(gates=gates(("public",), ("offer",)))).ids == ()

    def test_an_update_replaces_the_old_words(self, engine: Engine):
        engine.put([make_document(1, "bread")])
        engine.put([make_document(1, "cheese", version=2)])
        assert engine.search(asking("bread")).ids == ()
        assert engine.search(asking("cheese")).ids == (1,)

    def test_putting_twice_changes_nothing(self, engine: Engine):
        for _ in range(2):
            engine.put([make_document(1, "bread"), make_document(1, "bread")])
        assert engine.search(asking("bread")).ids == (1,)
        assert engine.health().documents == 1

    def test_a_late_older_version_cannot_undo_a_newer_one(self, engine: Engine):
        engine.put([make_document(1, "cheese", version=5)])
        engine.put([make_document(1, "bread", version=4)])
        assert engine.search(asking("cheese")).ids == (1,)
        assert engine.search(asking("bread")).ids == ()

    def test_what_is_removed_is_not_found(self, engine: Engine):
        engine.put([make_document(1, "bread"), make_document(2, "bread")])
        engine.remove([1, 999])
        assert engine.search(asking("bread")).ids == (2,)

    def test_what_was_removed_can_come_back(self, engine: Engine):
        engine.put([make_document(1, "bread", version=3)])
        engine.remove([1])
        engine.put([make_document(1, "bread", version=3)])
        assert engine.search(asking("bread")).ids == (1,)

    def test_it_tells_which_versions_it_holds(self, engine: Engine):
        engine.put([make_document(7, "bread", version=2), make_document(3, "salt")])
        assert list(engine.versions()) == [(3, 1), (7, 2)]

    def test_a_rebuild_forgets_what_is_not_in_it(self, engine: Engine):
        engine.put([make_document(1, "bread"), make_document(2, "bread")])
        engine.rebuild([make_document(2, "bread"), make_document(3, "bread")])
        assert set(engine.search(asking("bread")).ids) == {2, 3}
        engine.put([make_document(4, "bread")])
        assert set(engine.search(asking("bread")).ids) == {2, 3, 4}

    def test_the_old_index_answers_while_a_new_one_is_filled(self, engine: Engine):
        engine.put([make_document(1, "bread")])
        seen = []

        def documents():
            for number in range(1, 2401):
                if number % 800 == 0:
                    seen.append(engine.search(asking("bread")).ids)
                yield make_document(number, "flour")

        engine.rebuild(documents())
        assert seen == [(1,)] * 3
        assert engine.search(asking("bread")).ids == ()
        assert engine.health().documents == 2400

    def test_a_change_during_a_rebuild_survives_the_switch(self, engine: Engine):
        engine.put([make_document(1, "bread"), make_document(2, "bread")])

        def documents():
            yield from (make_document(number, "bread") for number in range(10, 2010))
            engine.put([make_document(1, "cheese", version=2)])
            yield make_document(1, "bread", version=1)

        engine.rebuild(documents())
        assert engine.search(asking("cheese")).ids == (1,)

    def test_a_failed_rebuild_leaves_the_old_index(self, engine: Engine):
        engine.put([make_document(1, "bread")])

        def documents():
            yield make_document(2, "flour")
            raise ConnectionError

        with pytest.raises(ConnectionError):
            engine.rebuild(documents())
        assert engine.search(asking("bread")).ids == (1,)
        engine.rebuild([make_document(3, "bread")])
        assert engine.search(asking("bread")).ids == (3,)

    def test_it_is_well_and_counts_its_documents(self, engine: Engine):
        engine.put([make_document(1, "bread"), make_document(2, needs="salt")])
        health = engine.health()
        assert health.ok
        assert health.documents == 2

    def test_terms_of_every_kind_can_be_asked(self, engine: Engine):
        text = "רשב״י don't 10,000 ב2023 2.8 مُؤسَّسة Größe ５ naïve İzmir NEAR OR AND NOT"
        engine.put([make_document(1, text)])
        for forms in analyse(text):
            assert engine.search(Query(terms=forms)).ids == (1,), forms


class EngineUnderLoad:
    """For engines whose fixture commits: two threads at once."""

    def test_writers_and_readers_do_not_disturb_each_other(self, engine: Engine):
        engine.put([make_document(1, "bread")])
        troubles: list[Exception] = []

        def write(first: int) -> None:
            try:
                for number in range(first, first + 40):
                    engine.put([make_document(number, "cheese")])
            except Exception as trouble:  # noqa: BLE001
                troubles.append(trouble)

        threads = [
            threading.Thread(target=write, args=(first,)) for first in (100, 200)
        ]
        for thread in threads:
            thread.start()
        answers = {engine.search(asking("bread")).ids for _ in range(50)}
        for thread in threads:
            thread.join()
        assert not troubles
        assert answers == {(1,)}
        assert engine.health().documents == 81
