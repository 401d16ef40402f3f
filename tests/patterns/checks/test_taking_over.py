"""Nothing that an author wrote is lost when it moves into a pattern that is there, and nothing that stood there."""

from hypothesis import given, settings
from hypothesis import strategies as st
from patterns.taking_over import taken_over

from patterns.format import parse

WORDS = st.text("abc \n.", min_size=1, max_size=30).filter(lambda text: text.strip())
BODIES = st.lists(st.tuples(st.sampled_from(["Context", "Problem", "Costs"]), WORDS), max_size=4).map(
    lambda parts: "".join(f"## {name}\n\n{words}\n\n" for name, words in parts)
)


@settings(max_examples=80)
@given(BODIES, BODIES)
def test_every_word_of_both_stands_there_afterwards(theirs, mine):
    made = taken_over(parse(f"---\ntitle: T\n---\n{theirs}"), parse(f"---\ntitle: M\n---\n{mine}"))
    assert made.title == "T"
    kept = "".join(made.body.split())
    for body in (theirs, mine):
        for line in body.splitlines():
            if not line.startswith("#"):
                assert "".join(line.split()) in kept
