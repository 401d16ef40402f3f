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

from patterns.models import NoticeSettings
from patterns.people.notices.unsubscribing import token_of
from patterns.publishing import standing
from patterns.relating.choosing import fingerprint as seen_of
from patterns.relating.deciding import mark_of
from patterns.review.bulk import chosen_of, fingerprint
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
    row("rate_question", EVERYBODY, at=lambda w: [w.question.pk], send=lambda w: {"helpful": "yes"}),
    row("correct_answer", MEMBERS, banned=403, at=lambda w: [w.answer.public_id],
        send=lambda w: {"text": "It helps people who share a garden [1].", "question": "What is it?", "note": "",
                        "license": "on", "training": "on", "key": "c" * 16, **w.trap()}),
    row("offer_answer", "author own_reviewer", visitor=403, at=lambda w: [w.answer.public_id],
        send=lambda w: {"text": "What is shared ground?", "license": "on", **w.trap()}),
    row("withdraw_question", EVERYBODY, at=lambda w: [w.offer.token]),
    row("report_question", EVERYBODY, banned=403, at=lambda w: [w.question.pk],
        send=lambda w: {"words": "It is false.", **w.trap()}),
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
    row("edit_lighthouse", MEMBERS, banned=403, at=lambda w: [w.lighthouse.slug],
        send=lambda w: w.opened("lighthouse", w.lighthouse), did=lambda w: _wrote(w, "lighthouse")),
    row("new_pattern", MEMBERS, banned=403, send=lambda w: w.opened("new_pattern"),
        did=lambda w: _wrote(w, "new_pattern")),
    row("new_lighthouse", MEMBERS, banned=403, send=lambda w: w.opened("lighthouse"),
        did=lambda w: _wrote(w, "lighthouse")),
    row("import_file", EVERYBODY, send=lambda w: {"text": "---\ntitle: Shared well\n---\n\n## Context\n\nA well.\n"}),
    row("live_checks", EVERYBODY, send=lambda w: {"title": "Shared well", "text": "A well in a village."}),
    row("relation_offers", EVERYBODY, send=lambda w: {"title": "Shared well", "text": "A well in a village."}),
    row("submission_turn", OWNERS, rest=404, banned=403, at=lambda w: [w.new_pattern.pk],
        send=lambda w: {"turn_into": w.pattern.slug}, did=lambda w: _fresh(w.new_pattern).state == "withdrawn"),
    row("suggest_relation", MEMBERS, banned=403, at=lambda w: [w.pattern.slug], did=lambda w: _wrote(w, "relation"),
        send=lambda w: {"other": w.silver.title, "way": "enables:out", "key": "r" * 16, "action": "save", **w.trap()}),
    row("object_relation", MEMBERS, banned=403, at=lambda w: [w.relation.source.slug, w.relation.pk],
        did=lambda w: _wrote(w, "relation"),
        send=lambda w: {"note": "It is the other way round.", "key": "o" * 16, **w.trap()}),
    row("submission_withdraw", OWNERS, rest=404, reviewer="refused", curator="refused", admin="refused",
        at=lambda w: [w.submission.pk], did=lambda w: _state(w) == "withdrawn"),
    # reviewing
    row("review_claim", REVIEWERS, at=lambda w: [w.item.pk], did=lambda w: hasattr(_fresh(w.item), "claim")),
    row("review_release", f"{REVIEWERS} own_reviewer", at=lambda w: [w.item.pk]),
    row("review_decide", REVIEWERS, at=lambda w: [w.item.pk],
        send=lambda w: {"decision": "accept", "version": w.item.version}, did=lambda w: _state(w) == "accepted"),
    row("review_keep", REVIEWERS, at=lambda w: [w.item.pk], send=lambda w: {"do": "claim", "reason": "Which valley?"},
        did=lambda w: hasattr(_fresh(w.item), "claim")),
    row("review_comment", f"author own_reviewer {REVIEWERS}", rest=404, banned=403, at=lambda w: [w.item.pk],
        send=lambda w: {"draft": "Which one?", "key": "c" * 16}, did=lambda w: w.submission.comments.exists()),
    row("review_comment_act", f"author own_reviewer {REVIEWERS}", rest=404, banned=403,
        at=lambda w: [w.item.pk, w.comment.pk, "resolve"], did=lambda w: _fresh(w.comment).resolved_at is not None),
    row("review_reasons", "own_reviewer", reviewer=404, curator=404, admin=404,
        send=lambda w: {"reason": w.reason.pk, "text": "Please name two sources."}),
    row("review_views", f"{REVIEWERS} own_reviewer", send=lambda w: {"name": "Free ones", "query": "state=free"}),
    row("review_view_change", "own_reviewer", reviewer=404, curator=404, admin=404, at=lambda w: [w.view.pk],
        send=lambda w: {"act": "rename", "name": "Others"}, did=lambda w: _fresh(w.view).name == "Others"),
    row("review_bulk", REVIEWERS, own_reviewer="refused", send=lambda w: {"act": "claim", "item": w.ticked(w.item)},
        did=lambda w: hasattr(_fresh(w.item), "claim")),
    row("review_bulk_do", REVIEWERS, own_reviewer="refused", did=lambda w: _state(w) == "declined",
        send=lambda w: {"act": "decline", "item": w.ticked(w.item), "reason": "The library says this already.",
                        "will": fingerprint(chosen_of([w.ticked(w.item)]))}),
    row("review_bulk_undo", "own_reviewer", reviewer=404, curator=404, admin=404, at=lambda w: [w.bulk.pk],
        did=lambda w: not w.reviewer.claims.exists()),
    row("relation_decide", REVIEWERS, did=lambda w: _fresh(w.relation).state == "approved",
        send=lambda w: {"one": f"accept:{w.relation.pk}:{mark_of(w.relation)}"}),
    row("relation_decide_all", REVIEWERS, own_reviewer=409, did=lambda w: _fresh(w.relation).state == "rejected",
        send=lambda w: {"act": "reject", "reason": "Nobody can say why.",
                        "seen": str(seen_of(type(w.relation).objects.filter(pk=w.relation.pk)))}),
    row("relation_undo", "own_reviewer curator admin", at=lambda w: [w.batch.pk]),
    # what curators do with what is published
    row("retire_pattern", "curator admin", at=lambda w: [w.pattern.slug], send=lambda w: w.act(w.pattern),
        did=lambda w: _fresh(w.pattern).state == "retired"),
    row("restore_pattern", "curator admin", at=lambda w: [w.retired(w.pattern).slug], send=lambda w: w.act(w.pattern),
        did=lambda w: _fresh(w.pattern).state == "published"),
    row("rename_pattern", "curator admin", at=lambda w: [w.pattern.slug],
        send=lambda w: w.act(w.pattern, title="Held ground", slug="held-ground"),
        did=lambda w: _fresh(w.pattern).slug == "held-ground"),
    row("revert_pattern", "curator admin", at=lambda w: [w.rewritten(w.pattern).slug, 1],
        send=lambda w: w.act(w.pattern), did=lambda w: w.pattern.revisions.count() == 3),
    row("merge_pattern", "curator admin", at=lambda w: [w.pattern.slug],
        send=lambda w: w.act(w.pattern, into=w.silver.pk, seen_into=standing(w.silver)),
        did=lambda w: _fresh(w.pattern).merged_into == w.silver),
    row("unmerge_pattern", "curator admin", at=lambda w: [w.merged.slug], send=lambda w: w.act(w.merged),
        did=lambda w: _fresh(w.merged).merged_into is None),
    row("gold_pattern", "curator admin", at=lambda w: [w.silver.slug], did=lambda w: _fresh(w.silver).tier == "gold",
        send=lambda w: {"adoption": w.adoption.pk, "ground": "For ten years.", "seen": standing(w.silver)}),
    row("lower_pattern", "curator admin", at=lambda w: [w.gold.slug], send=lambda w: w.act(w.gold),
        did=lambda w: _fresh(w.gold).tier == "silver"),
    row("take_up_gold", "curator admin", at=lambda w: [w.gold_merged.pk],
        send=lambda w: {"seen": standing(_fresh(w.silver))}, did=lambda w: _fresh(w.silver).tier == "gold"),
    row("retire_lighthouse", "curator admin", at=lambda w: [w.lighthouse.slug], send=lambda w: w.act(w.lighthouse),
        did=lambda w: _fresh(w.lighthouse).state == "retired"),
    row("restore_lighthouse", "curator admin", at=lambda w: [w.retired(w.lighthouse).slug],
        send=lambda w: w.act(w.lighthouse), did=lambda w: _fresh(w.lighthouse).state == "published"),
    row("rename_lighthouse", "curator admin", at=lambda w: [w.lighthouse.slug],
        send=lambda w: w.act(w.lighthouse, title="The mill", slug="the-mill"),
        did=lambda w: _fresh(w.lighthouse).slug == "the-mill"),
    row("revert_lighthouse", "curator admin", at=lambda w: [w.rewritten(w.lighthouse).slug, 1],
        send=lambda w: w.act(w.lighthouse), did=lambda w: w.lighthouse.revisions.count() == 3),
    # one's own account, and what one is told
    row("account", MEMBERS, send=lambda w: {"name": "Ada", "about": ""}, did=lambda w: _fresh(w.me).name == "Ada"),
    row("end_session", OWNERS, rest=404, at=lambda w: [w.session.pk],
        did=lambda w: not w.owner.own_sessions.filter(pk=w.session.pk).exists()),
    row("end_other_sessions", MEMBERS),
    row("erase_account", MEMBERS, send=lambda w: {"sure": "on"} if w.admin else {},
        did=lambda w: _fresh(w.me).erased_at is not None),
    row("roles_of", "admin", at=lambda w: [w.other.public_id], did=lambda w: _fresh(w.other).roles == ["contributor"],
        send=lambda w: {"role": "contributor", "change": "give", "reason": "We know them."}),
    row("notices_read", MEMBERS),
    row("notices_settings", MEMBERS, send=lambda w: {"mail": "never"}, did=lambda w: _mails(w.me) == "never"),
    row("notices_unsubscribe", EVERYBODY, at=lambda w: [token_of(w.owner)], did=lambda w: _mails(w.owner) == "never"),
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
    row("account_reset_password", EVERYBODY, methods="POST PUT",
        send=lambda w: {"email": f"{w.role}@example.org", **w.trap()}),
    row("account_reset_password_from_key", EVERYBODY, methods=ALL, at=lambda w: ["a", "b-c"]),
    row("account_confirm_email", "", at=lambda w: ["nothing"], visitor=404, rest=404),
    row("account_confirm_login_code", MEMBERS, methods=ALL),
    row("mfa_authenticate", MEMBERS, methods=ALL),
    row("mfa_reauthenticate", MEMBERS, methods=ALL),
    row("mfa_activate_totp", MEMBERS, methods="POST PUT"),
    row("mfa_deactivate_totp", "", rest=404, methods=ALL),
    row("mfa_download_recovery_codes", "", rest=404, methods=ALL),
    row("mfa_generate_recovery_codes", MEMBERS, methods="POST PUT"),
    row("socialaccount_connections", MEMBERS, methods="POST PUT"),
    row("socialaccount_signup", "", rest="sign-in", methods=ALL),  # nothing to finish: nobody came from a provider
)
# fmt: on


def _fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


def _state(world: World) -> str:
    return _fresh(world.submission).state


def _wrote(world: World, kind: str) -> bool:
    return world.me.submissions.filter(kind=kind).exists()


def _mails(user: Any) -> str:
    return NoticeSettings.objects.get(user=user).mail
