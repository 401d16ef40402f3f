"""When a page says under which name the library knows what was asked for."""

from inference.showing.known_as import other_names


def route(matched, title="Peer-to-Peer Model", score=100.0):
    return {"entities": [{"matched": matched, "title": title, "score": score}]}


def test_another_name_is_said():
    assert other_names(route("Holacracy")) == [("Holacracy", "Peer-to-Peer Model")]


def test_part_of_the_title_is_no_other_name():
    assert other_names(route("Peer-to-Peer")) == []


def test_a_slip_is_no_other_name():
    assert other_names(route("Holakrassy", score=88.0)) == []


def test_an_answer_of_another_version_says_nothing():
    assert other_names({}) == other_names({"entities": None}) == other_names({"entities": [{}]}) == []
