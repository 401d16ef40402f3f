"""The one way out: every address somebody typed is checked before this machine talks to it.

A name is resolved once, every address it has must be a public one, and the connection goes to exactly the address that
was checked, so a name that answers differently the second time gains nothing (DNS rebinding). Redirects are checked
like the first address. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from patterns.egress.checking import Checked, Refused, check_url
from patterns.egress.fetching import Fetched, FetchFailed, fetch

__all__ = ["Checked", "FetchFailed", "Fetched", "Refused", "check_url", "fetch"]
