"""Visitors over real HTTP: one who asks (and sends the form again when it broke), and one who watches an answer."""

import json
import re
import time
from dataclasses import dataclass, field

import httpx

from tests.campaign.house import House

FIELD = re.compile(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"')
PATIENCE = 90.0


def ask(house: House, text: str) -> str:
    """Ask as a new visitor; returns the public id of the accepted answer.

    A form that got no answer, or an error of the server, is sent again as a person would: with its own hidden key.
    """
    end = time.monotonic() + PATIENCE
    with httpx.Client(base_url=house.site.address, timeout=30) as browser:
        form: dict[str, str] = {}
        while time.monotonic() < end:
            try:
                form = form or dict(FIELD.findall(browser.get("/ask/").raise_for_status().text))
                response = browser.post("/ask/", data=form | {"question": text})
            except httpx.HTTPError:
                time.sleep(0.2)
                continue
            if response.status_code == 303:
                return response.headers["location"].strip("/").rpartition("/")[2]
            if response.status_code == 429:
                _forget_limits(house)  # a hundred visitors of ours come from one address
            elif response.status_code < 500:
                raise AssertionError(f"The question was refused: {response.status_code} {response.text[:500]}")
            time.sleep(0.2)
    raise AssertionError(f"No question could be asked for {PATIENCE:.0f} s.")


def _forget_limits(house: House) -> None:
    with house.redis() as client:
        for key in client.scan_iter("clm:limit:ask*"):
            client.delete(key)


@dataclass
class Page:
    """An open answer page, as EventSource behaves: it comes back with the last id, and leaves when it is done."""

    house: House
    public_id: str
    transcript: list[tuple[str, str, str]] = field(default_factory=list)
    last_id: str = ""
    done: int = 0
    refused: int = 0

    def text(self) -> str:
        """The words shown, after the last time the page was told to start over."""
        shown = ""
        for _, name, data in self.transcript:
            shown = "" if name == "reset" else shown + json.loads(data).get("text", "") if name != "done" else shown
        return shown

    def watch(self, seconds: float = 240) -> None:
        """Stay until the answer is done, whatever breaks."""
        end = time.monotonic() + seconds
        while not self.done and time.monotonic() < end:
            self.connect()
            time.sleep(0.3)

    def connect(self, *, cut_after: int | None = None) -> bool:
        """One connection, until it ends or `cut_after` bytes have come; whether it was cut."""
        headers = {"Last-Event-ID": self.last_id} if self.last_id else {}
        address = f"{self.house.site.address}/answers/{self.public_id}/stream/"
        waiting, taken = b"", 0
        try:
            with httpx.stream("GET", address, headers=headers, timeout=httpx.Timeout(5, read=40)) as response:
                if response.status_code != 200:
                    self.refused += 1
                    return False
                for piece in response.iter_raw():
                    kept = piece if cut_after is None else piece[: cut_after - taken]
                    taken += len(piece)
                    *whole, waiting = (waiting + kept).split(b"\n\n")
                    for message in whole:
                        self._take(message.decode())
                    if self.done or (cut_after is not None and taken >= cut_after):
                        return not self.done
        except httpx.HTTPError:
            pass
        return False

    def _take(self, message: str) -> None:
        fields = dict(line.split(": ", 1) for line in message.split("\n") if not line.startswith(":") and ": " in line)
        if "event" not in fields:
            return
        self.last_id = fields.get("id", self.last_id)
        self.transcript.append((fields.get("id", ""), fields["event"], fields.get("data", "")))
        self.done += fields["event"] == "done"
