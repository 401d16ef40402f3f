"""What `bench.readers` does with a thousand pages for five minutes, with a hundred for three seconds."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import psycopg
import redis

from bench import readers
from clm_site import embedded
from clm_site.supervisor import record
from inference.streaming import streams

READERS, ANSWERS, SECONDS = 100, 5, 3
ASKED = f"""
import json
from datetime import timedelta
from django.utils import timezone
from inference.models import Answer, Question
later = timezone.now() + timedelta(days=1)
made = [Answer.objects.create(question=Question.objects.create(text="What is consent?"), state="running", attempt=1,
                              heartbeat_at=later) for _ in range({ANSWERS})]
print(json.dumps([answer.public_id for answer in made]))
"""
FORGOTTEN = "from inference.models import Question; Question.objects.filter(text='What is consent?').delete()"


def test_a_hundred_pages_get_every_word_and_cost_the_stores_no_connection(site, monkeypatch):
    stores = embedded.recorded(site.home)
    pid = record.read(site.home).children["web"].pid
    wire = redis.Redis.from_url(stores.redis_url, decode_responses=True)
    monkeypatch.setattr(streams, "connection", lambda: wire)

    def usage(_pid: int) -> readers.Usage:
        with psycopg.connect(stores.database_url) as connection:
            query = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            return readers.Usage(connection.execute(query).fetchone()[0], len(wire.client_list()), 0, 0.0)

    ids = json.loads(site.manage("shell", "-v", "0", "-c", ASKED).stdout.strip().splitlines()[-1])
    addresses = [f"/answers/{ids[number % ANSWERS]}/stream/" for number in range(READERS)]
    port = int(site.address.rpartition(":")[2])
    before = usage(pid)
    # In a thread of its own: Playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        crowd = readers.crowd(port, pid, addresses, seconds=SECONDS, usage=usage)
        pages, most, _ = thread.submit(asyncio.run, crowd).result()
    site.manage("shell", "-v", "0", "-c", FORGOTTEN)
    assert [page for page in pages if page.dropped] == []
    assert {tuple(page.tokens) for page in pages} == {tuple(readers.expected(SECONDS))}
    assert most.postgres - before.postgres <= 3  # the web's own, and what workers did meanwhile
    assert most.redis - before.redis <= 6
