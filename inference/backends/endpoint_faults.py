"""The sentences for whatever a model server does wrong. Visitors read them, so nothing the server said is in them.

Of the body of a refusal only one thing is read, for it may repeat the question or the key; it is not logged either.
"""

import logging

import httpx

from inference.backends import BackendError

log = logging.getLogger(__name__)

_KEY = ("refuses our key", "The operator checks the variable that holds it and starts the site again.")
_REFUSALS = {
    401: _KEY,
    403: _KEY,
    404: ("does not know that address or that model", "The operator compares both with `models list`."),
    413: ("finds the question and its passages too long", "The operator registers it again with a lower --context."),
    429: ("has too many requests just now", "Ask again in a minute."),
}


class Faults:
    """Makes the errors of the endpoint called `name`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def said(self, what: str, *, to_do: str = "") -> BackendError:
        """The error that says "The model server `name` `what`", and what to do."""
        return BackendError(
            f"The model server {self._name} {what}. "
            + (to_do or f"The operator can try it with `models probe {self._name}`.")
        )

    def refused(self, status: int, body: str) -> BackendError:
        """The error for a status that is no success; `body` in small letters."""
        log.warning("endpoint %s answers %d", self._name, status)
        if status in {400, 422} and "context" in body and ("length" in body or "exceed" in body):
            status = 413
        if status in _REFUSALS:
            what, to_do = _REFUSALS[status]
            return self.said(what, to_do=to_do)
        if 300 <= status < 400:
            return self.said("sends us elsewhere, which we do not follow")
        fault = "has a fault of its own" if status >= 500 else "does not accept our request"
        return self.said(f"{fault} (status {status})")

    def broken(self, problem: httpx.HTTPError) -> BackendError:
        """The error for a connection that failed."""
        log.warning("endpoint %s: %s", self._name, type(problem).__name__)
        match problem:
            case httpx.ConnectTimeout() | httpx.ConnectError():
                return self.said("cannot be reached")
            case httpx.RemoteProtocolError() | httpx.DecodingError():
                return self.said("broke off, or does not answer as a web server does")
            case httpx.ReadError() | httpx.WriteError() | httpx.CloseError():
                return self.said("closed the connection in the middle")
            case _:
                return self.said(f"could not be asked ({type(problem).__name__})")
