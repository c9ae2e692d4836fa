"""`manage.py evaluate_matching`, on files as strangers write them."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.evaluation.matching import gini

pytestmark = pytest.mark.django_db

# The examples of the format, as they stand in its description.
LISTING = (
    '{"id":"gj-0001","kind":"offer","title":"Olive oil in bulk","summary":"Family '
    'press, 40 tonnes a season.","language":"en","side":"ps","place":"nablus",'
    '"sectors":["1040"],"brings":["bulk-supply",{"capability":"food-certificates",'
    '"text":"organic since 2019"}],"needs":[{"text":"a bottler with shops in Tel '
    'Aviv"}],"amount":{"min":50000,"max":120000,"currency":"USD"},"stage":"growth",'
    '"languages":["ar","en"],"published_at":"2025-03-02T09:00:00Z"}'
)
MANDATE = (
    '{"id":"m-12","title":"Food and water","text":"Small processors with an export '
    'plan","language":"en","sides":["ps"],"kinds":["offer"],"sectors":["10","E"],'
    '"capabilities":[],"places":[],"stages":["seed"],"amount":{"min":100000,"max":'
    '500000,"currency":"USD"},"languages":["en"],"must":["amount"]}'
)


def line(name: str, **values: object) -> str:
    return json.dumps({"id": name, "kind": "offer", "title": name, **values})


@pytest.fixture
def files(tmp_path):
    class Files:
        def __init__(self):
            self.paths = {}

        def write(self, name, content):
            path = tmp_path / name
            data = content if isinstance(content, bytes) else content.encode()
            path.write_bytes(data)
            self.paths[name] = path
            return path

        def run(self, **options):
            out, err = StringIO(), StringIO()
            report = tmp_path / "out.json"
            call_command(
                "evaluate_matching",
                stdout=out,
                stderr=err,
                verbosity=0,
                json=report,
                **options,
            )
            return json.loads(report.read_text()), out.getvalue(), err.getvalue()

    return Files()


def test_the_examples_of_the_format_are_taken_as_written(files):
    spare = line("gj-0002", sectors=["6201"], side="ps")
    figures, printed, complaints = files.run(
        listings=files.write("L.jsonl", f"{LISTING}\n{spare}\n"),
        mandates=files.write("M.jsonl", MANDATE + "\n"),
        judgements=files.write("J.tsv", "m-12\tgj-0001\t2\n"),
    )
    assert complaints == ""
    assert figures["forward.recall@10"] == 1.0
    assert figures["forward.mrr"] == figures["backward.mrr"] == 1.0
    assert "forward.recall@10 1.0000\n" in printed
    for way in ("forward", "backward", "one_sided.forward", "one_sided.backward"):
        for name in ("recall@10", "recall@50", "recall@100", "ndcg@10", "mrr"):
            assert f"{way}.{name}" in figures
    for name in ("never_shown", "gini", "ndcg@10"):
        assert f"exposure.plain.{name}" in figures
        assert f"exposure.reranked.{name}" in figures


def test_bad_lines_are_named_by_number_and_passed_over(files):
    listings = files.write(
        "L.jsonl",
        b"\xef\xbb\xbf"
        + LISTING.encode()
        + b"\r\n"
        + b"not json\r\n"
        + b"\r\n"
        + b'{"id":"x","kind":"gift","title":"t"}\r\n'
        + b'{"id":"x","kind":"offer"}\r\n'
        + b'{"id":"a b","kind":"offer","title":"t"}\r\n'
        + b'{"id":"y","kind":"offer","title":"t","amount":{"min":9,"max":1,"currency":"USD"}}\n'
        + b'{"id":"z","kind":"offer","title":"\xff"}\n'
        + LISTING.encode()
        + b"\n"
        + b'{"id":"ok","kind":"offer","title":"t","summary":null,"odd":[1,{}]}\n',
    )
    figures, _, complaints = files.run(
        listings=listings,
        mandates=files.write("M.jsonl", MANDATE),
        judgements=files.write(
            "J.tsv", "m-12\tgj-0001\t1\r\nm-12\tgj-0001\r\nm-12\tok\tmuch\r\n\r\n"
        ),
    )
    numbers = [int(row.split(":")[1]) for row in complaints.splitlines()]
    assert numbers == [2, 4, 5, 6, 7, 8, 9, 2, 3]
    assert figures["listings"] == 2


def test_ids_nobody_knows_are_counted(files):
    figures, _, _ = files.run(
        listings=files.write("L.jsonl", f"{LISTING}\n"),
        mandates=files.write("M.jsonl", MANDATE),
        judgements=files.write("J.tsv", "m-12\tgj-0001\t1\nm-12\tnobody\t1\n"),
        exclude=files.write("X.tsv", "gone\tgj-0001\n"),
    )
    assert figures["unknown_ids"] == 2


def test_an_id_of_a_mandate_and_a_listing_is_an_error(files):
    with pytest.raises(CommandError, match="gj-0001"):
        files.run(
            listings=files.write("L.jsonl", LISTING),
            mandates=files.write("M.jsonl", '{"id":"gj-0001"}'),
            judgements=files.write("J.tsv", "gj-0001\tgj-0001\t1\n"),
        )


@pytest.mark.parametrize("content", [b"", b"\n\n", b"nothing\n", b"\x00\xff"])
def test_a_file_without_a_good_line_ends_the_command(files, content):
    with pytest.raises(CommandError, match="no good line"):
        files.run(
            listings=files.write("L.jsonl", content),
            judgements=files.write("J.tsv", "a\tb\t1\n"),
        )


def test_a_packed_file_is_read_and_a_broken_one_is_named(files):
    packed = gzip.compress(LISTING.encode())
    judgements = files.write("J.tsv", "m-12\tgj-0001\t1\n")
    mandates = files.write("M.jsonl", MANDATE)
    figures, _, _ = files.run(
        listings=files.write("L.jsonl.gz", packed),
        mandates=mandates,
        judgements=judgements,
    )
    assert figures["listings"] == 1
    with pytest.raises(CommandError, match=r"L\.jsonl\.gz"):
        files.run(
            listings=files.write("L.jsonl.gz", packed[:-12]),
            mandates=mandates,
            judgements=judgements,
        )


def test_own_side_and_excluded_pairs_stand_outside_the_pool(files):
    listings = "\n".join(
        [
            line("a", side="il", needs=["olive oil"]),
            line("b", side="il", summary="olive oil"),
            line("c", side="ps", summary="olive oil"),
            line("d", side="ps", summary="olive oil"),
        ]
    )
    figures, _, _ = files.run(
        listings=files.write("L.jsonl", listings),
        judgements=files.write("J.tsv", "a\tb\t1\na\tc\t1\na\td\t1\n"),
        exclude=files.write("X.tsv", "d\ta\n"),
    )
    assert figures["judgements"] == 1
    assert figures["judgements_outside_pool"] == 2
    assert figures["forward.recall@10"] == 1.0


def test_earlier_answers_teach_what_is_liked(files):
    sectors = ["food", "water", "games", "cloth"]
    listings, learn, judged, mandates = [], [], [], []
    for number in range(120):
        sector = sectors[number % 4]
        listings.append(
            line(
                f"c{number}",
                sectors=[sector],
                published_at=f"20{10 + number // 12}-03-01",
            )
        )
    for who in range(8):
        mandates.append(json.dumps({"id": f"m{who}"}))
        liked = [number for number in range(120) if number % 4 == who % 4]
        learn += [f"m{who}\tc{number}\t1" for number in liked[who // 4 : 20 : 2]]
        judged += [f"m{who}\tc{number}\t1" for number in liked[20:]]
    figures, _, _ = files.run(
        listings=files.write("L.jsonl", "\n".join(listings)),
        mandates=files.write("M.jsonl", "\n".join(mandates)),
        judgements=files.write("J.tsv", "\n".join(judged)),
        learn=files.write("T.tsv", "\n".join(learn)),
    )
    assert figures["weights"] == "learned"
    assert figures["forward.recall@10"] == 1.0
    assert figures["backward.mrr"] > 0.45


def test_whoever_has_nobody_to_meet_is_passed_over(files):
    listings = "\n".join(
        [
            line("a", side="il", sectors=["food"]),
            line("b", side="il", sectors=["food"]),
            line("c", side="ps", sectors=["food"]),
            line("d", side="ps", sectors=["food"]),
        ]
    )
    figures, _, _ = files.run(
        listings=files.write("L.jsonl", listings),
        judgements=files.write("J.tsv", "a\tb\t1\n"),
        learn=files.write("T.tsv", "c\ta\t1\nd\tb\t0\n"),
    )
    assert figures["judgements_outside_pool"] == 1
    assert figures["forward.queries"] == 0


def test_gini_as_computed_by_hand():
    assert gini([1, 1, 1, 1]) == 0.0
    assert gini([0, 0, 0, 4]) == pytest.approx(0.75)
    assert gini([]) == gini([0, 0]) == 0.0
    assert gini([1, 2, 3]) == pytest.approx((-2 * 1 + 0 * 2 + 2 * 3) / (3 * 6))
