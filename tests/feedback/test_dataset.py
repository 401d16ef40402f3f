"""A dataset is a pure function of its examples: same bytes in any order, nothing leaks, nothing personal stays."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedback.dataset import Example, Passage, Source, build
from feedback.dataset.forms import FORMS
from feedback.dataset.splitting import groups, keys, split


def source(slug: str) -> Source:
    return Source(slug, 1, slug.title(), "a" * 64, "CC-BY-SA-4.0", "A contributor")


def example(number: int = 1, *, slugs: Sequence[str] = ("steward-ownership",), **fields: object) -> Example:
    values = {
        "task": "question-answering",
        "question": f"What is number {number}?",
        "answer": f"It is {number} [1].",
        "rejected": f"It is not {number}.",
        "license": "CC-BY-SA-4.0",
        "consent": "Agreed on 21 November 2026.",
        "author": "Ada",
        "reviewer": "Grace",
        "evidence": tuple(Passage(slug, 1, "Context", "b" * 64, f"{slug} is {number}.") for slug in slugs),
        "sources": tuple(source(slug) for slug in slugs),
    } | fields
    return Example(**values)


slugs = st.lists(st.sampled_from([f"pattern-{n}" for n in range(12)]), max_size=3, unique=True)
examples = st.lists(st.builds(lambda n, s: example(n, slugs=s), st.integers(0, 50), slugs), max_size=40)


@given(examples, st.randoms())
def test_order_and_doubles_make_no_difference(rows: list[Example], chance: random.Random):
    shuffled = [*rows, *rows[:3]]
    chance.shuffle(shuffled)
    one, other = build(rows), build(shuffled)
    assert {path: other.files[path] for path in one.files if path.endswith("l")} == {
        path: content for path, content in one.files.items() if path.endswith("l")
    }
    assert one.sha256 == other.sha256


@given(examples)
def test_no_pattern_and_no_question_is_on_both_sides(rows: list[Example]):
    train, validation = split(rows)
    assert not {key for one in train for key in keys(one)} & {key for one in validation for key in keys(one)}


@given(examples)
def test_every_row_is_on_one_side_and_validation_is_a_tenth_at_most(rows: list[Example]):
    train, validation = split(rows)
    assert sorted(one.id for one in [*train, *validation]) == sorted(one.id for one in rows)
    assert len(validation) <= len(rows) / 10


def test_a_tenth_validates_where_patterns_are_apart():
    rows = [example(number, slugs=[f"pattern-{number}"]) for number in range(100)]
    assert len(split(rows)[1]) == 10


def test_a_group_that_validates_goes_on_validating_as_the_data_grows():
    rows = [example(number, slugs=[f"pattern-{number}"]) for number in range(200)]
    before = {one.id for one in split(rows[:100])[1]}
    after = {one.id for one in split(rows)[1]}
    assert len(before & after) >= len(before) / 3


def test_patterns_shared_by_a_chain_of_rows_are_one_group():
    rows = [
        example(1, slugs=["a", "b"]),
        example(2, slugs=["b", "c"]),
        example(3, slugs=["c"]),
        example(4, slugs=["d"]),
    ]
    assert sorted(len(group) for group in groups(rows)) == [1, 3]


def test_the_same_question_in_other_letters_is_one_group():
    assert len(groups([example(question="What is it?", slugs=()), example(2, question="what IS it", slugs=())])) == 1


@given(st.text(max_size=200), st.text(max_size=200))
def test_each_line_is_one_row_of_plain_json_whatever_people_wrote(question: str, answer: str):
    question, answer = (text.encode("utf-8", "ignore").decode() for text in (question, answer))
    files = build([example(question=question, answer=answer)]).files
    for path in (path for path in files if path.endswith(".jsonl")):
        rows = [json.loads(line) for line in files[path].decode().splitlines()]
        assert all(row["id"] and row["license"] and row["consent"] and row["reviewer"] for row in rows)


def test_each_form_has_the_fields_its_trainers_read():
    one = example()
    shapes = {form: set(next(iter(shape(one)))) for form, shape in FORMS.items()}
    assert "messages" in shapes[""]
    assert {"instruction", "input", "output"} <= shapes["alpaca"]
    assert {"prompt", "chosen", "rejected"} <= shapes["preference"]
    assert {"prompt", "completion", "label"} <= shapes["unpaired"]


def test_a_correction_is_the_chosen_one_of_its_pair():
    pair = next(iter(FORMS["preference"](example())))
    assert pair["chosen"][0]["content"] == "It is 1 [1]."
    assert pair["rejected"][0]["content"] == "It is not 1."


def test_what_corrects_nothing_makes_no_pair():
    assert list(FORMS["preference"](example(rejected=""))) == []


def test_verdicts_of_people_become_unpaired_rows_once():
    one = example(verdicts=(("It is not 1.", False), ("Another text.", True)))
    labels = [(row["completion"][0]["content"], row["label"]) for row in FORMS["unpaired"](one)]
    assert labels == [("Another text.", True), ("It is 1 [1].", True), ("It is not 1.", False)]


def test_the_manifest_names_each_file_by_its_hash_and_counts_its_rows():
    dataset = build([example(number) for number in range(3)])
    facts = dataset.manifest["files"]["train.jsonl"]
    assert facts["rows"] == 3
    assert facts["bytes"] == len(dataset.files["train.jsonl"])
    assert dataset.manifest["reviewers"] == {"Grace": 3}
    assert dataset.manifest["licenses"] == {"CC-BY-SA-4.0": 3}


def test_any_change_of_a_row_changes_the_name_of_the_release():
    assert build([example()]).sha256 != build([replace(example(), answer="It is one [1].")]).sha256


def test_personal_data_is_removed_everywhere_and_counted():
    one = example(
        question="Who is ada@example.org?",
        answer="Call +49 30 1234567.",
        rejected="Write to bob@example.org.",
        evidence=(Passage("a", 1, "Contact", "c" * 64, "Reach eve@example.org."),),
    )
    dataset = build([one])
    everything = b"".join(dataset.files.values()).decode()
    assert "@example.org" not in everything
    assert "1234567" not in everything
    assert dataset.manifest["removed"] == {"email": 3, "phone": 1}


def test_the_card_gives_names_no_chance_to_be_markup():
    card = build([example(author="[Eve](http://example.org) <b>")]).files["README.md"].decode()
    assert "[Eve](" not in card
    assert "<b>" not in card.replace("\\<b\\>", "")
