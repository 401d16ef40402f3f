"""What the doctor is told about the index and the models."""

import pytest

from inference import backends, diagnosis, indexing
from inference.models import LanguageModel
from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db


def test_a_site_without_a_model_answers_by_quoting():
    assert [found.says for found in diagnosis.writer()] == ["No model is enabled: answers quote passages (extractive)."]


def test_a_model_whose_file_is_gone_is_a_problem(tmp_path):
    LanguageModel.objects.create(
        name="gone", kind="gguf", location=str(tmp_path / "gone.gguf"), state="enabled", default=True
    )
    (found,) = diagnosis.writer()
    assert found.level == "problem"
    assert "gone.gguf" in found.says


def test_each_role_s_default_is_named_and_of_a_server_whether_it_gets_a_key(tmp_path, settings):
    settings.ENDPOINT_KEYS = {"FAR": "secret-key-1"}
    (tmp_path / "near.gguf").touch()
    fields = {"state": "enabled", "default": True}
    LanguageModel.objects.create(name="near", kind="gguf", location=str(tmp_path / "near.gguf"), **fields)
    LanguageModel.objects.create(name="far", kind="endpoint", location="https://far.example/v1", role="medium",
                                 key_env="CLM_ENDPOINT_KEY_FAR", **fields)  # fmt: skip
    assert [found.says for found in diagnosis.writer()] == [
        "near writes the answers.",
        "far writes the answers to hard questions, asked at https://far.example/v1 with a key.",
    ]


def test_a_failed_model_says_why():
    LanguageModel.objects.create(name="bad", kind="gguf", location="x", state="failed", problem="It is no GGUF file.")
    assert diagnosis.writer()[0].says == "The model bad failed: It is no GGUF file."


def test_an_index_that_was_never_made_says_what_to_run():
    found = diagnosis.index()
    assert found.level == "warning"
    assert "manage.py index" in found.do


def test_a_graph_that_was_never_built_is_a_warning_and_one_that_was_is_counted(library_home):
    assert diagnosis.graph().level == "warning"
    make_pattern()
    indexing.build_graph()
    assert diagnosis.graph().says == "The graph has 1 nodes and 0 edges."


def test_a_setting_that_names_no_graph_is_a_problem(settings):
    settings.GRAPH = "inference.backends.nowhere.Graph"
    backends.forget("graph")
    assert "CLM_GRAPH" in diagnosis.graph().says
    backends.forget("graph")
