"""What the site counts, for Prometheus; rooms add theirs with `gauge` in AppConfig.ready()."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db import Error
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

Values = Mapping[str, float]


@dataclass(frozen=True)
class Gauge:
    name: str
    says: str
    label: str
    read: Callable[[], Values]


_gauges: dict[str, Gauge] = {}


def gauge(name: str, says: str, read: Callable[[], Values], *, label: str = "") -> None:
    """Add a gauge, read at each scrape. `read` returns label value → number; with no `label`, under the key ''."""
    _gauges[name] = Gauge(name, says, label, read)


def exposition() -> tuple[bytes, str]:
    """The text for Prometheus and its content type. A gauge whose store is down is left out of the answer."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(_Rooms())
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Rooms:
    def describe(self) -> list[GaugeMetricFamily]:
        return []  # read nothing at registration

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for each in _gauges.values():
            family = GaugeMetricFamily(each.name, each.says, labels=[each.label] if each.label else [])
            try:
                for value, number in each.read().items():
                    family.add_metric([value] if each.label else [], number)
            except Error:
                continue
            yield family


def _outbox() -> dict[str, float]:
    from clm_site.models import Outbox

    return {"": Outbox.objects.filter(sent_at=None).count()}


gauge("clm_outbox_waiting", "Jobs promised but not yet handed to the broker.", _outbox)
