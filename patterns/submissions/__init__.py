"""What happens to something a person proposes: drafted, sent, reviewed, perhaps sent again, decided or withdrawn.

Every step is an event with an actor and a time, and where it goes against the author, a reason they can read.
"""

from patterns.submissions.drafting import save_draft
from patterns.submissions.errors import NotReady, NotYours, Overtaken, SubmissionError, WrongState
from patterns.submissions.sending import resubmit, submit, withdraw
from patterns.submissions.settling import settle, take_up
from patterns.submissions.states import OPEN, WITH_REVIEWERS, WRITABLE, State
from patterns.submissions.turning import turn_into_edit

__all__ = [
    "OPEN", "WITH_REVIEWERS", "WRITABLE", "NotReady", "NotYours", "Overtaken", "State", "SubmissionError",
    "WrongState", "resubmit", "save_draft", "settle", "submit", "take_up", "turn_into_edit", "withdraw",
]  # fmt: skip
