"""The wire: batching, exact resume at any cut, many pages on one reader, replay, and what happens without Redis."""

import asyncio
import json
import random
import time

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from inference.asking import stop
from inference.models import Answer
from inference.streaming import event_stream, line, live, streams, watching
from tests.factories.asking import make_answer, make_finished

pytestmark = pytest.mark.anyio
WORDS = [f"word{number} " for number in range(60)]


def parsed(raw):
    """(id, event, data) of every message in the bytes of a response; comments and retry left out."""
    messages = []
    for block in raw.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
        if "event" in lines:
            messages.append((lines.get("id", ""), lines["event"], json.loads(lines["data"])))
    return messages


async def collected(public_id, *, resume="", most=None):
    """What a page gets until the end, or until it goes away after `most` messages."""
    raw, messages = b"", []
    async for piece in event_stream.events(public_id, await event_stream.look(public_id), resume=resume):
        raw += piece
        messages = parsed(raw)
        if most is not None and len(messages) >= most:
            break
    return messages


def text_of(messages):
    return "".join(data["text"] for _, event, data in messages if event == "token")


@pytest.fixture
def written():
    """A running answer whose stream is whole."""
    answer = make_answer(state=Answer.State.RUNNING, attempt=1)
    for word in WORDS:
        streams.append(answer.public_id, 1, "token", {"text": word})
    streams.append(answer.public_id, 1, "done", {"state": "done", "html": "<p>end</p>"})
    return answer


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def hands(anyio_backend):
    """The thread in which `sync_to_async` works has no database connection afterwards."""
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture
async def reader(hands):
    yield watching.reader()
    await watching.reader().aclose()


def test_tokens_are_batched_and_stay_in_order():
    with streams.Writer("batch", 1) as wire:
        for word in WORDS:
            wire.write(word)
        wire.event("done", {})
    events = list(streams.replay("batch", 1))
    assert "".join(data["text"] for _, name, data in events if name == "token") == "".join(WORDS) == wire.text
    assert len(events) < len(WORDS)
    assert events[-1][1] == "done"


def test_a_lone_token_is_not_kept_waiting():
    with streams.Writer("lone", 1) as wire:
        wire.write("now")
        end = time.monotonic() + 2
        while not list(streams.replay("lone", 1)) and time.monotonic() < end:
            time.sleep(0.005)
        assert time.monotonic() < end - 1.5


def test_the_answer_is_kept_when_redis_is_away(monkeypatch):
    import redis

    monkeypatch.setattr(streams, "connection", lambda: redis.Redis(port=1, **streams.options()))
    with streams.Writer("away", 1) as wire:
        wire.write("still written")
    assert wire.text == "still written"


@pytest.mark.django_db(transaction=True)
async def test_a_dropped_page_resumes_exactly(written, reader):
    whole = await collected(written.public_id)
    assert text_of(whole) == "".join(WORDS)
    for cut in random.Random(4).sample(range(1, len(WORDS)), 8):
        first = await collected(written.public_id, most=cut)
        rest = await collected(written.public_id, resume=first[-1][0])
        assert first + rest == whole


@pytest.mark.django_db(transaction=True)
async def test_pages_that_come_at_any_moment_get_the_same(reader):
    answer = await sync_to_async(make_answer)(state=Answer.State.RUNNING, attempt=1)
    pages = [asyncio.create_task(collected(answer.public_id))]
    for number, word in enumerate(WORDS):
        await sync_to_async(streams.append)(answer.public_id, 1, "token", {"text": word})
        if number % 20 == 10:
            pages.append(asyncio.create_task(collected(answer.public_id)))
    await sync_to_async(streams.append)(answer.public_id, 1, "done", {"state": "done", "html": ""})
    got = await asyncio.wait_for(asyncio.gather(*pages), 10)
    assert len(got) == 4
    assert all(messages == got[0] for messages in got)
    assert text_of(got[0]) == "".join(WORDS)


@pytest.mark.django_db(transaction=True)
async def test_a_page_on_a_lost_attempt_is_told_to_start_over(reader):
    answer = await sync_to_async(make_answer)(state=Answer.State.RUNNING, attempt=1)
    page = asyncio.create_task(collected(answer.public_id))
    for attempt, event, data in [
        (1, "token", {"text": "lost"}),
        (1, "moved", {}),
        (2, "token", {"text": "again"}),
        (2, "done", {"state": "done", "html": ""}),
    ]:
        await sync_to_async(streams.append)(answer.public_id, attempt, event, data)
    messages = await asyncio.wait_for(page, 10)
    assert [event for _, event, _ in messages] == ["token", "reset", "token", "done"]


@pytest.mark.django_db(transaction=True)
async def test_an_id_of_an_older_attempt_starts_over(reader):
    answer = await sync_to_async(make_answer)(state=Answer.State.RUNNING, attempt=2)
    await sync_to_async(streams.append)(answer.public_id, 2, "done", {"state": "done", "html": ""})
    messages = await collected(answer.public_id, resume="1:5-0")
    assert [event for _, event, _ in messages] == ["reset", "done"]


@pytest.mark.django_db(transaction=True)
async def test_a_finished_answer_replays_from_the_database(hands):
    answer = await sync_to_async(make_finished)()
    [(_, event, data)] = await collected(answer.public_id)
    assert (event, data["state"]) == ("done", "done")
    assert "Control stays with people" in data["html"]


@pytest.mark.django_db(transaction=True)
async def test_a_page_hears_of_the_end_even_when_its_event_was_lost(monkeypatch, reader):
    monkeypatch.setattr(live, "LOOK_IN_LINE", 0.1)
    answer = await sync_to_async(make_answer)(state=Answer.State.PENDING)
    page = asyncio.create_task(collected(answer.public_id))
    await asyncio.sleep(0.25)
    await Answer.objects.filter(pk=answer.pk).aupdate(state=Answer.State.FAILED, error="It broke.")
    messages = await asyncio.wait_for(page, 5)
    assert messages[0][1] == "waiting"
    assert "It broke." in messages[-1][2]["html"]


@pytest.mark.django_db(transaction=True)
async def test_a_waiting_page_hears_its_place_as_the_line_moves(monkeypatch, reader):
    monkeypatch.setattr(live, "LOOK_IN_LINE", 0.05)
    monkeypatch.setattr(line, "FRESH", 0.01)
    first, second, mine = [await sync_to_async(make_answer)() for _ in range(3)]
    page = asyncio.create_task(collected(mine.public_id))
    for answer, state in ((first, "running"), (first, "done"), (second, "stopped"), (mine, "stopped")):
        await asyncio.sleep(0.3)
        await Answer.objects.filter(pk=answer.pk).aupdate(state=state)
    messages = await asyncio.wait_for(page, 10)
    assert [data.get("words") for _, event, data in messages if event == "waiting"] == [
        "2 questions are before yours.", "1 question is before yours.", "Your question is next.",
    ]  # fmt: skip
    assert messages[-1][1] == "done"


@pytest.mark.django_db(transaction=True)
async def test_a_page_that_waits_for_nobody_is_told_after_a_while(monkeypatch, reader):
    monkeypatch.setattr(live, "LOOK_IN_LINE", 0.05)
    monkeypatch.setattr(line, "FRESH", 0.01)
    monkeypatch.setattr(line, "PATIENCE", 0.2)
    answer = await sync_to_async(make_answer)()
    messages = await asyncio.wait_for(collected(answer.public_id, most=2), 10)
    assert "No worker has taken" in messages[1][2]["words"]


@pytest.mark.django_db(transaction=True)
async def test_many_waiting_pages_share_one_look_at_the_line(monkeypatch, reader):
    looks = []
    monkeypatch.setattr(live, "LOOK_IN_LINE", 0.05)
    monkeypatch.setattr(line, "FRESH", 0.2)
    look = line.line_now
    monkeypatch.setattr(line, "line_now", lambda: looks.append(1) or look())
    answers = [await sync_to_async(make_answer)() for _ in range(30)]
    pages = [asyncio.create_task(collected(answer.public_id)) for answer in answers]
    await asyncio.sleep(1)
    await Answer.objects.all().aupdate(state="stopped")
    await asyncio.wait_for(asyncio.gather(*pages), 20)
    assert len(looks) < 40


@pytest.mark.django_db(transaction=True)
async def test_the_end_is_told_in_the_language_of_who_reads(written, reader):
    await Answer.objects.filter(pk=written.pk).aupdate(state="stopped", text="")
    now = await event_stream.look(written.public_id, language="de")
    raw = b"".join([piece async for piece in event_stream.events(written.public_id, now, language="de")])
    end = parsed(raw)[-1]
    assert end[1] == "done"
    assert "angehalten" in end[2]["html"] or "gestoppt" in end[2]["html"]


@pytest.mark.django_db(transaction=True)
async def test_an_answer_stopped_in_the_line_after_a_lost_attempt_ends_its_page_at_once(reader):
    answer = await sync_to_async(make_answer)(state=Answer.State.PENDING, attempt=1)
    await sync_to_async(streams.append)(answer.public_id, 1, "moved", {})
    page = asyncio.create_task(collected(answer.public_id))
    await asyncio.sleep(0.3)
    await sync_to_async(stop)(answer)
    messages = await asyncio.wait_for(page, 1)
    assert [event for _, event, _ in messages if event != "waiting"] == ["reset", "done"]


@pytest.mark.django_db(transaction=True)
async def test_closing_ends_the_open_pages(reader):
    answer = await sync_to_async(make_answer)(state=Answer.State.RUNNING, attempt=1)
    page = asyncio.create_task(collected(answer.public_id))
    await asyncio.sleep(0.2)
    reader.close()
    assert await asyncio.wait_for(page, 2) == []


@pytest.mark.django_db(transaction=True)
async def test_without_redis_the_finished_answer_still_comes(monkeypatch, settings, hands):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(event_stream, "POLL", 0.05)
    answer = await sync_to_async(make_answer)(state=Answer.State.RUNNING, attempt=1)
    page = asyncio.create_task(collected(answer.public_id))
    await asyncio.sleep(0.2)
    await Answer.objects.filter(pk=answer.pk).aupdate(state=Answer.State.STOPPED)
    messages = await asyncio.wait_for(page, 10)
    assert messages[-1][1] == "done"
