"""Settings that each look fine and together do not work."""

from clm_site.checks import own_address_is_allowed, public_sites_use_https, waits_are_ordered


def ids(found) -> list[str]:
    return [message.id for message in found]


def test_the_waits_we_ship_are_ordered():
    assert waits_are_ordered() == []


def test_an_answer_may_not_count_as_lost_between_two_signs_of_life(settings):
    settings.ANSWER_LOST_AFTER = settings.HEARTBEAT_EVERY
    assert ids(waits_are_ordered()) == ["clm.E001"]


def test_a_public_address_that_is_not_allowed_is_an_error(settings):
    settings.PUBLIC_URL = "https://commons.example"
    settings.CSRF_TRUSTED_ORIGINS = ["https://commons.example"]
    assert ids(own_address_is_allowed()) == ["clm.E002"]
    settings.ALLOWED_HOSTS = [".example"]
    assert own_address_is_allowed() == []


def test_plain_http_is_warned_of_on_deploy(settings):
    settings.SECURE = False
    assert ids(public_sites_use_https()) == ["clm.W002"]
