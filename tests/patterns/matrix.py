"""Who may do what: one row for every address that changes something. `test_matrix` walks the addresses and fails when
one is missing here; it then sends every row's form as every role, and reads what came of it.

A row: the address's name; `may`, the roles (see `world.ROLES`) that get through; `rest`, what the others get; single
roles that get something else by name. What one gets is a status, `sign-in` (led there), or `ok`. `at` are the
arguments of the address, `send` is what the form holds, `did` says whether it was done where a status does not tell.
"""

# ruff: noqa: ARG005 - a row says what it needs of the world, or nothing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.patterns.world import ROLES, World

Outcome = int | str
EVERYBODY: Final = " ".join(ROLES)
MEMBERS: Final = EVERYBODY.removeprefix("visitor ")
ALL: Final = "POST PUT PATCH DELETE"  # of who has nothing to do there: all are led away, whatever they send
REVIEWERS: Final = "reviewer curator admin"
OWNERS: Final = "author own_reviewer banned"


@dataclass(frozen=True)
class Row:
    name: str
    outcomes: Mapping[str, Outcome]
    at: Callable[[World], list[Any]]
    send: Callable[[World], Mapping[str, Any]]
    ask: Callable[[World], Mapping[str, Any]]
    did: Callable[[World], bool] | None
    methods: frozenset[str] = field(default_factory=frozenset)


def row(
    name: str,
    may: str,
    *,
    rest: Outcome = 403,
    visitor: Outcome = "sign-in",
    at: Callable[[World], list[Any]] = lambda w: [],
    send: Callable[[World], Mapping[str, Any]] = lambda w: {},
    ask: Callable[[World], Mapping[str, Any]] = lambda w: {},
    did: Callable[[World], bool] | None = None,
    methods: str = "POST",
    **single: Outcome,
) -> Row:
    allowed = set(may.split())
    assert allowed | set(single) <= set(ROLES), name
    outcomes = {role: "ok" if role in allowed else visitor if role == "visitor" else rest for role in ROLES}
    return Row(name, outcomes | single, at, send, ask, did, frozenset(methods.split()))


# fmt: off
TABLE: Final = (
    # reading and asking
    row("home", EVERYBODY, send=lambda w: {"question": "What is shared ground?"}),
    row("language", EVERYBODY, send=lambda w: {"language": "en", "next": "/"}),
    row("ask", EVERYBODY, send=lambda w: {"question": "What is shared ground?", "anyway": "1"}),
    row("stop_answer", EVERYBODY, at=lambda w: [w.answer.public_id]),
    row("rate_answer", EVERYBODY, at=lambda w: [w.answer.public_id], send=lambda w: {"helpful": "yes"}),
    row("correct_answer", MEMBERS, banned=403, at=lambda w: [w.answer.public_id],
        send=lambda w: {"text": "It helps people who share a garden [1].", "question": "What is it?", "note": "",
                        "license": "on", "training": "on", "key": "c" * 16}),
    row("offer_answer", "author own_reviewer", visitor=403, at=lambda w: [w.answer.public_id],
        send=lambda w: {"text": "What is shared ground?", "license": "on"}),
    row("withdraw_question", EVERYBODY, at=lambda w: [w.offer.token]),
    row("report_question", EVERYBODY, at=lambda w: [w.question.pk], send=lambda w: {"words": "It is false."}),
    # collections: what is not mine does not exist for me
    row("save_pattern", OWNERS, rest=404, at=lambda w: [w.pattern.slug],
        send=lambda w: {"collection": w.collection.pk}),
    row("collections", MEMBERS, send=lambda w: {"title": "For later"}),
    row("collection_edit", OWNERS, rest=404, at=lambda w: [w.collection.pk],
        send=lambda w: {"title": "Other words", "seen": w.seen(w.collection)}),
    row("collection_share", OWNERS, rest=404, at=lambda w: [w.collection.pk], send=lambda w: {"action": "share"}),
    row("collection_delete", OWNERS, rest=404, at=lambda w: [w.collection.pk]),
    row("collection_restore", OWNERS, rest=404, at=lambda w: [w.collection.pk]),
    row("item_move", OWNERS, rest=404, at=lambda w: [w.collection.pk, w.entry.pk], send=lambda w: {"to": "1"}),
    row("item_note", OWNERS, rest=404, at=lambda w: [w.collection.pk, w.entry.pk],
        send=lambda w: {"note": "First.", "seen": w.seen(w.entry)}),
    row("item_remove", OWNERS, rest=404, at=lambda w: [w.collection.pk, w.entry.pk]),
    row("item_restore", OWNERS, rest=404, at=lambda w: [w.collection.pk, w.entry.pk]),
    row("copy_collection", MEMBERS, at=lambda w: [w.share.token]),
    # contributing
    row("suggest_edit", MEMBERS, banned=403, at=lambda w: [w.pattern.slug], send=lambda w: w.edit("save")),
    row("submission_withdraw", OWNERS, rest=404, reviewer="refused", curator="refused", admin="refused",
        at=lambda w: [w.submission.pk], did=lambda w: _state(w) == "withdrawn"),
    # reviewing
    row("review_claim", REVIEWERS, at=lambda w: [w.item.pk], did=lambda w: hasattr(_fresh(w.item), "claim")),
    row("review_release", f"{REVIEWERS} own_reviewer", at=lambda w: [w.item.pk]),
    row("review_decide", REVIEWERS, at=lambda w: [w.item.pk],
        send=lambda w: {"decision": "accept", "version": w.item.version}, did=lambda w: _state(w) == "accepted"),
    # flags and moderation
    row("flag_new", EVERYBODY, banned=403, author=422, own_reviewer=422,
        ask=lambda w: {"of": f"pattern:{w.pattern.slug}"}, send=lambda w: {"reason": "wrong", **w.trap()}),
    row("flag_decide", REVIEWERS, at=lambda w: [w.case.pk], did=lambda w: _fresh(w.case).outcome == "mended",
        send=lambda w: {"outcome": "mended", "reason": "A source is named now.", "version": 1}),
    row("ban_new", f"{REVIEWERS} own_reviewer", ask=lambda w: {"who": w.other.public_id},
        send=lambda w: {"length": "7", "reason": "Sent advertisements."}, did=lambda w: w.other.bans.exists()),
    row("ban_settle", "curator admin", at=lambda w: [w.proposed_ban.pk], send=lambda w: {"accept": "yes"},
        did=lambda w: _fresh(w.proposed_ban).state == "standing"),
    row("ban_lift", "curator admin", at=lambda w: [w.standing_ban.pk], send=lambda w: {"answer": "They said sorry."},
        did=lambda w: _fresh(w.standing_ban).state == "ended"),
    row("blocklist", "admin", send=lambda w: {"kind": "word", "value": "lottery", "reason": "Spam.", "length": "0"}),
    row("rule_remove", "admin", at=lambda w: [w.rule.pk], did=lambda w: _fresh(w.rule).removed_at is not None),
    # django-allauth's: one's own account, and nobody else's
    row("account_login", EVERYBODY, methods="POST PUT", send=lambda w: {"login": "a@example.org", "password": "x"}),
    row("account_signup", EVERYBODY, methods="POST PUT", send=lambda w: {"email": "new@example.org", **w.trap()}),
    row("account_logout", EVERYBODY),
    row("account_reauthenticate", MEMBERS, methods=ALL, send=lambda w: {"password": "old-words-of-mine-7"}),
    row("account_email", MEMBERS, methods="POST PUT", send=lambda w: {"action_add": "", "email": "b@example.org"}),
    row("account_change_password", MEMBERS, methods=ALL, send=lambda w: {"oldpassword": "wrong"}),
    row("account_set_password", MEMBERS, methods="POST PUT"),
    row("account_reset_password", EVERYBODY, methods="POST PUT", send=lambda w: {"email": f"{w.role}@example.org"}),
    row("account_reset_password_from_key", EVERYBODY, methods=ALL, at=lambda w: ["a", "b-c"]),
    row("account_confirm_email", "", at=lambda w: ["nothing"], visitor=404, rest=404),
    row("account_confirm_login_code", MEMBERS, methods=ALL),
    row("mfa_authenticate", MEMBERS, methods=ALL),
    row("mfa_reauthenticate", MEMBERS, methods=ALL),
    row("mfa_activate_totp", MEMBERS, methods="POST PUT"),
    row("mfa_deactivate_totp", "", rest=404, methods=ALL),
    row("mfa_download_recovery_codes", "", rest=404, methods=ALL),
    row("mfa_generate_recovery_codes", MEMBERS, methods="POST PUT"),
)
# fmt: on


def _fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


def _state(world: World) -> str:
    return _fresh(world.submission).state
