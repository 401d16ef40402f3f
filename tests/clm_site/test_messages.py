"""Every language of the site is complete, and its compiled catalogue is the one it was made of."""

import pytest
from django.conf import settings

from clm_site.locale import messages


@pytest.fixture(scope="module")
def gathered():
    return messages.gathered()


each_language = pytest.mark.parametrize("language", messages.languages())


def test_the_site_offers_just_the_languages_it_has():
    assert {code for code, _ in settings.LANGUAGES} == {"en", *messages.languages()}


@each_language
def test_every_message_is_translated_with_its_placeholders(gathered, language):
    assert [str(problem) for problem in messages.problems(language, messages.updated(language, gathered))] == []


@each_language
def test_the_catalogue_is_up_to_date(gathered, language):
    """Red? Run `make messages`."""
    path = messages.HERE / language / "LC_MESSAGES" / "django.po"
    current = path.read_bytes() == messages.po_text(messages.updated(language, gathered))
    assert current, f"{path.name} of {language} is out of date."  # the difference of two catalogues takes minutes


@each_language
def test_the_compiled_catalogue_is_made_of_the_written_one(gathered, language):
    path = messages.HERE / language / "LC_MESSAGES" / "django.mo"
    assert path.read_bytes() == messages.mo_bytes(messages.updated(language, gathered))


def test_messages_of_code_and_of_templates_are_gathered(gathered):
    assert ("%(n)s word added", "%(n)s words added") in [message.id for message in gathered]
    assert "Commons Language Model" in gathered


@pytest.mark.parametrize(
    ("translation", "reason"),
    [
        ("", "not translated"),
        ("Fassung %(m)s", "placeholder %(m)s is not in the original"),
        ("Fassung", "placeholder %(n)s is lost"),
    ],
)
def test_a_bad_translation_is_found(translation, reason):
    catalog = messages.Catalog(locale="de")
    catalog.add("Revision %(n)s", translation)
    assert [problem.reason for problem in messages.problems("de", catalog)] == [reason]
