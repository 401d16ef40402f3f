"""What a worker does with a message of a connection that is gone: nothing, and it lives."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from kombu import Connection

from clm_site.broker import Channel
from clm_site.celery import app


@pytest.fixture
def held() -> Iterator[tuple[Channel, str]]:
    """A channel that holds one message nobody has acknowledged, and its tag."""
    with app.connection_for_write() as connection:
        queue = connection.SimpleQueue("held")
        queue.put("work")
        message = queue.get(timeout=2)
        yield message.channel, message.delivery_tag
    with Connection(settings.REDIS_URL) as connection:
        connection.default_channel.client.delete("clm:held", "clm:unacked", "clm:unacked_index")


def test_celery_uses_it(held):
    assert isinstance(held[0], Channel)


def test_a_message_of_a_closed_channel_is_let_go(held):
    channel, tag = held
    channel.close()
    channel.basic_ack(tag)
    channel.basic_reject(tag, requeue=True)
