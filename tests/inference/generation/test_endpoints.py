"""Where an operator may say that a model server is."""

import pytest

from inference.generation.endpoints import BadEndpoint, key_name, key_of, locate


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
        ("http://192.168.1.20:8000/v1/chat/completions", "http://192.168.1.20:8000/v1"),
        ("http://[::1]:8080/openai", "http://[::1]:8080/openai"),
        ("http://100.100.1.2:8000", "http://100.100.1.2:8000/v1"),
    ],
)
def test_a_server_of_this_machine_or_network_is_private(typed, base):
    place = locate(typed)
    assert (place.base, place.private) == (base, True)


def test_a_public_server_is_not_private():
    assert locate("https://1.1.1.1/v1", with_key=True).private is False


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "whole address"),
        ("127.0.0.1:8080", "whole address"),
        ("ftp://127.0.0.1/v1", "whole address"),
        ("file:///etc/passwd", "whole address"),
        ("http://me:secret@127.0.0.1/v1", "Keys belong into the environment"),
        ("http://127.0.0.1/v1?key=secret", "Keys belong into the environment"),
        ("http://127.0.0.1:99999/v1", "cannot be read"),
        ("http://169.254.169.254/latest", "no server that answers questions"),
        ("http://[fe80::1]/v1", "no server that answers questions"),
        ("http://0.0.0.0:8080/v1", "no server that answers questions"),
        ("http://[::ffff:169.254.169.254]/v1", "no server that answers questions"),
        ("http://nowhere.invalid/v1", "private network|not known"),
    ],
)
def test_what_is_no_model_server_is_refused_in_words(typed, words):
    with pytest.raises(BadEndpoint, match=words) as raised:
        locate(typed)
    assert "secret" not in str(raised.value)


def test_a_key_does_not_travel_unencrypted_over_the_internet():
    with pytest.raises(BadEndpoint, match="unencrypted"):
        locate("http://1.1.1.1/v1", with_key=True)
    assert locate("http://127.0.0.1/v1", with_key=True).private


def test_only_variables_made_for_endpoints_hold_their_keys(settings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    settings.ENDPOINT_KEYS = {"OUR_COMMONS": "k"}
    assert key_name("our-commons") == "CLM_ENDPOINT_KEY_OUR_COMMONS"
    assert key_of("CLM_ENDPOINT_KEY_OUR_COMMONS") == "k"
    assert key_of("DATABASE_URL") == ""
