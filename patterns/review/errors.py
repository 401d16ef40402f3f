"""Why a decision was not taken, in sentences a reviewer can act on; `status` is the HTTP status a page answers with."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class ReviewError(Exception):
    """Nothing was decided and nothing was lost. `brief` says why where no text was typed that could be kept."""

    status = 409

    @property
    def brief(self) -> str:
        return str(self)


class NotAReviewer(ReviewError):
    """The person has no role that lets them claim or decide."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only reviewers can do this. An admin can give you the role."))


class NotACurator(ReviewError):
    """The kind is one that curators alone decide on."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only curators decide on this. An admin can give you the role."))


class OwnWork(ReviewError):
    """Nobody decides on their own work; the database refuses it too."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This is your own work, so another person decides on it."))


class AlreadyDecided(ReviewError):
    """Somebody was quicker."""

    def __init__(self, by: str = "", decision: str = "") -> None:
        self._brief = _("It is closed: it was decided or withdrawn.")
        if by and decision:
            values = {"by": by, "decision": decision}
            message = _("%(by)s has already decided on this: %(decision)s. Your text is kept below.") % values
            self._brief = _("%(by)s has already decided on it: %(decision)s.") % values
        else:
            message = _("This is closed: it was decided or withdrawn. Your text is kept below.")
        super().__init__(message)

    @property
    def brief(self) -> str:
        return self._brief


class Claimed(ReviewError):
    """Another reviewer holds the item."""

    def __init__(self, by: str, until: datetime) -> None:
        self.by, self.until = by, until
        super().__init__(
            _("%(by)s is looking at this until %(until)s UTC. Take another item, or come back then.")
            % {"by": by, "until": f"{until:%H:%M}"}
        )

    @property
    def brief(self) -> str:
        return _("%(by)s holds it until %(until)s UTC.") % {"by": self.by, "until": f"{self.until:%H:%M}"}


class TooManyHeld(ReviewError):
    """The reviewer holds as much as one person may at once."""

    def __init__(self, most: int) -> None:
        said = ngettext(
            "You hold %(most)s item, as many as one person can at once. Decide on it, or give it back.",
            "You hold %(most)s items, as many as one person can at once. Decide on some, or give some back.",
            most,
        )
        super().__init__(said % {"most": most})


class Stale(ReviewError):
    """The item changed after the reviewer opened it."""

    def __init__(self) -> None:
        super().__init__(
            _("This changed after you opened it. Read it once more, then decide; your text is kept below.")
        )

    @property
    def brief(self) -> str:
        return _("It changed after you looked. Read it once more.")


class ReasonNeeded(ReviewError):
    """A decision against the author says why."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Say why in a sentence: the author reads it."))


class OpenQuestions(ReviewError):
    """The reviewer accepts with questions of the checklist open: say which, and ask once. `questions` are they."""

    status = 422

    def __init__(self, questions: list[str]) -> None:
        self.questions = questions
        super().__init__(
            ngettext(
                "%(n)s question is open. Tick it, or accept anyway.",
                "%(n)s questions are open. Tick them, or accept anyway.",
                len(questions),
            )
            % {"n": len(questions)}
        )


class NotNow(ReviewError):
    """The decision cannot be carried out as things are; the sentence says what stands in the way."""
