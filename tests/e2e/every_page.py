"""Every kind of page a person may open, with an example of each on the site of the browser tests.

A new page without a line here is a red test: what is not listed is neither judged for access nor for weight.
"""

from collections.abc import Iterator
from typing import Final

VISITOR, READER, MODERATOR = "visitor", "reader", "moderator"

# What answers no page: signs of life, streams, downloads, forms that only take a post, files for machines.
NO_PAGES: Final = frozenset(
    {
        *("health", "ready", "metrics", "answer_stream", "stop_answer", "rate_answer", "rate_question", "login"),
        *("submission_withdraw", "review_claim", "review_release", "review_decide", "sign_in_link"),
        *("live_checks", "submission_turn"),
        *("review_view_change", "review_bulk", "review_bulk_do", "review_bulk_undo"),
        *("review_keep", "review_comment", "review_comment_act", "sending_text"),
        *("titles", "cite_pattern", "pattern_text", "lighthouse_text", "collection_share"),
        *("collection_delete", "collection_restore"),
        *("relation_decide", "relation_decide_all", "relation_undo"),
        *("item_move", "item_remove", "item_restore", "copy_collection"),
        *("withdraw_question", "wanted_outline", "notice", "notices_read"),
        *("withdraw_question", "wanted_outline"),
        *("flag_decide", "ban_settle", "ban_lift", "rule_remove"),
        "take_up_gold",
        *("end_session", "end_other_sessions", "export_data"),
        *("feed", "sitemap", "sitemap_section", "robots", "llms"),
    }
)

# name of the address: (an example, who looks). `{answer}` and its kin are filled in by tests/e2e/every_page_seed.py.
PAGES: Final[dict[str, tuple[str, str]]] = {
    "home": ("/", VISITOR),
    "search": ("/search/?q=ownership", VISITOR),
    "ask": ("/ask/", VISITOR),
    "answer": ("/answers/{answer}/", READER),
    "offer_answer": ("/answers/{answer}/offer/", READER),
    "questions": ("/questions/", VISITOR),
    "question": ("{question}", VISITOR),
    "report_question": ("/questions/{question_id}/report/", VISITOR),
    "offered_question": ("/questions/offers/{offer}/", READER),
    "correct_answer": ("/answers/{answer}/correction/", READER),
    "transparency": ("/transparency/", VISITOR),
    "about": ("/about/", VISITOR),
    "licence": ("/licence/", VISITOR),
    "privacy": ("/privacy/", VISITOR),
    "language": ("/language/", VISITOR),
    "wanted": ("/wanted/", VISITOR),
    "wanted_one": ("/wanted/{wanted}/", VISITOR),
    "browse": ("/patterns/?domain=governance", VISITOR),
    "constellations": ("/constellations/?archetype=sme&stage=growth&sector=finance", VISITOR),
    "pattern": ("/patterns/steward-ownership/", VISITOR),
    "pattern_history": ("/patterns/steward-ownership/history/", VISITOR),
    "pattern_revision": ("/patterns/steward-ownership/r/1/?start=10&end=90", VISITOR),
    "pattern_compare": ("/patterns/retrospectives/compare/?from=1&to=2", VISITOR),
    "pattern_card": ("/patterns/steward-ownership/card/", VISITOR),
    "card_check": ("/cards/retrospectives/1/", VISITOR),
    "relations": ("/relations/", VISITOR),
    "relations_of": ("/relations/steward-ownership/", VISITOR),
    "prerequisites": ("/relations/steward-ownership/prerequisites/", VISITOR),
    "relation_paths": ("/relations/steward-ownership/to/retrospectives/", VISITOR),
    "contribute": ("/contribute/", READER),
    "new_pattern": ("/contribute/pattern/", READER),
    "new_lighthouse": ("/contribute/lighthouse/", VISITOR),
    "import_file": ("/contribute/import/", VISITOR),
    "suggest_relation": ("/patterns/steward-ownership/relations/suggest/", READER),
    "object_relation": ("/patterns/steward-ownership/relations/{relation}/wrong/", READER),
    "relation_desk": ("/review/relations/", MODERATOR),
    "suggest_edit": ("/patterns/steward-ownership/edit/", READER),
    "edit_lighthouse": ("/lighthouses/buurtzorg/edit/", READER),
    "lighthouses": ("/lighthouses/", VISITOR),
    "lighthouse": ("/lighthouses/buurtzorg/", VISITOR),
    "lighthouse_history": ("/lighthouses/buurtzorg/history/", VISITOR),
    "lighthouse_compare": ("/lighthouses/buurtzorg/compare/?from=1&to=1", VISITOR),
    "lighthouse_revision": ("/lighthouses/buurtzorg/r/1/", VISITOR),
    "save_pattern": ("/patterns/steward-ownership/save/", READER),
    "collections": ("/collections/", READER),
    "collection": ("/collections/{collection}/", READER),
    "collection_edit": ("/collections/{collection}/edit/", READER),
    "item_note": ("/collections/{collection}/items/{entry}/note/", READER),
    "collection_cards": ("/collections/{collection}/cards/", READER),
    "shared_collection": ("/shared/{share}/", VISITOR),
    "shared_cards": ("/shared/{share}/cards/", VISITOR),
    "submissions": ("/submissions/", READER),
    "submission": ("/submissions/{submission}/", READER),
    "submission_checks": ("/submissions/{submission}/checks/", READER),
    "relation_offers": (
        "/contribute/relation-offers/?title=Tool+library&text=Neighbours+share+tools",
        VISITOR,
    ),
    "review_queue": ("/review/", MODERATOR),
    "review_views": ("/review/views/", MODERATOR),
    "review_bulk_result": ("/review/bulk/{bulk}/", MODERATOR),
    "review_item": ("/review/{item}/", MODERATOR),
    "notices": ("/notices/", READER),
    "notices_settings": ("/notices/settings/", READER),
    "notices_unsubscribe": ("/notices/unsubscribe/{unsubscribe}/", VISITOR),
    "changes": ("/changes/", VISITOR),
    "flags": ("/flags/", READER),
    "flag_new": ("/flags/new/?of=pattern:retrospectives", VISITOR),
    "bans": ("/moderation/bans/", MODERATOR),
    "ban_new": ("/moderation/bans/new/?who={banned}", MODERATOR),
    "blocklist": ("/moderation/blocklist/", MODERATOR),
    "review_reasons": ("/review/reasons/", MODERATOR),
    "mail_page": ("/mail/", MODERATOR),
    "manage_pattern": ("/patterns/steward-ownership/manage/", MODERATOR),
    "retire_pattern": ("/patterns/steward-ownership/manage/retire/", MODERATOR),
    "restore_pattern": ("/patterns/{retired}/manage/restore/", MODERATOR),
    "rename_pattern": ("/patterns/steward-ownership/manage/rename/", MODERATOR),
    "revert_pattern": ("/patterns/retrospectives/manage/revert/1/", MODERATOR),
    "merge_pattern": ("/patterns/steward-ownership/manage/merge/?into=retrospectives", MODERATOR),
    "unmerge_pattern": ("/patterns/{merged}/manage/unmerge/", MODERATOR),
    "gold_pattern": ("/patterns/{gold}/manage/gold/", MODERATOR),
    "lower_pattern": ("/patterns/{gold}/manage/lower/", MODERATOR),
    "manage_lighthouse": ("/lighthouses/buurtzorg/manage/", MODERATOR),
    "retire_lighthouse": ("/lighthouses/buurtzorg/manage/retire/", MODERATOR),
    "restore_lighthouse": ("/lighthouses/buurtzorg/manage/restore/", MODERATOR),
    "rename_lighthouse": ("/lighthouses/buurtzorg/manage/rename/", MODERATOR),
    "revert_lighthouse": ("/lighthouses/buurtzorg/manage/revert/1/", MODERATOR),
    "review_tiers": ("/review/tiers/", MODERATOR),
    "account": ("/account/", READER),
    "preferences": ("/account/preferences/", READER),
    "own_sessions": ("/account/sessions/", READER),
    "second_step": ("/account/second-step/", READER),
    "own_data": ("/account/data/", READER),
    "erase_account": ("/account/erase/", READER),
    "roles": ("/account/roles/?q=reader", MODERATOR),
    "roles_of": ("/account/roles/{reader}/", MODERATOR),
    "person": ("/people/{reader}/", VISITOR),
}

# Pages of django-allauth in this site's clothes.
BORROWED: Final[dict[str, tuple[str, str]]] = {
    "account_login": ("/accounts/login/", VISITOR),
    "account_signup": ("/accounts/signup/", VISITOR),
    "account_logout": ("/accounts/logout/", READER),
    "account_email": ("/accounts/email/", READER),
    "account_reset_password": ("/accounts/password/reset/", VISITOR),
    "account_set_password": ("/accounts/password/set/", READER),
    "account_inactive": ("/accounts/inactive/", VISITOR),
    "mfa_index": ("/accounts/2fa/", READER),
    "mfa_activate_totp": ("/accounts/2fa/totp/activate/", READER),
    "socialaccount_login_cancelled": ("/accounts/3rdparty/login/cancelled/", VISITOR),
}

# The same kinds in the states that are easily forgotten.
STATES: Final[dict[str, tuple[str, str]]] = {
    "a question without words": ("/search/", VISITOR),
    "nothing found": ("/search/?q=zxqvy", VISITOR),
    "no pattern is all of it": ("/patterns/?domain=nothing", VISITOR),
    "another wording": ("/patterns/steward-ownership/?wording=tech", VISITOR),
    "a way to itself": ("/relations/steward-ownership/to/steward-ownership/", VISITOR),
    "filters of which one must go": ("/patterns/?domain=governance&tier=gold&stage=growth", VISITOR),
    "a list of what suits best": ("/patterns/?stage=growth&archetype=startup&sort=suited", VISITOR),
    "no situation chosen yet": ("/constellations/", VISITOR),
    "a situation nobody knows": ("/constellations/?archetype=nobody&stage=growth", VISITOR),
    "a question the library cannot answer": ("{open_question}", VISITOR),
    "a topic people ask for": ("{topic}", VISITOR),
    "suggested relations to decide on": ("/review/relations/?all=yes", MODERATOR),
    "a suggested relation in the queue": ("/review/{relation_item}/", MODERATOR),
    "the queue with every filter open": ("/review/?more=1&author=new", MODERATOR),
    "nothing in the queue fits": ("/review/?q=zxqvy", MODERATOR),
    "nothing is held": ("/review/?state=held", MODERATOR),
    "what was decided lately": ("/review/?state=decided", MODERATOR),
    "an offered question in the queue": ("/review/{offer_item}/", MODERATOR),
    "a low-scored answer in the queue": ("/review/{low_item}/", MODERATOR),
    "an answer that was shown to reviewers": ("/review/{shown_item}/", MODERATOR),
    "a row for the dataset in the queue": ("/review/{row_item}/", MODERATOR),
    "an answer that did not help": ("/answers/{answer}/rating/", READER),
    "a public answer that is rated": ("/questions/{question_id}/rating/", VISITOR),
    "a draft that changes were asked for": ("/contribute/pattern/?submission={asked}", READER),
    "a new pattern in the queue": ("/review/{new_item}/", MODERATOR),
    "an edit at a passage": ("/patterns/steward-ownership/edit/?revision=1&start=10&end=90", VISITOR),
    "no public question fits": ("/questions/?q=zxqvy", VISITOR),
    "a list that has no such page": ("/wanted/?page=99", VISITOR),
    "a flagged pattern in the queue": ("/review/{flag_item}/", MODERATOR),
    "nothing flagged yet": ("/flags/", VISITOR),
    "whom to ban": ("/moderation/bans/new/?name=Somebody", MODERATOR),
    "a comment being written": ("/review/{item}/?on=w", MODERATOR),
    "an item that was sent again": ("/review/{again}/", MODERATOR),
    "an author reads what was asked": ("/submissions/{asked}/", READER),
    "a page that is not there": ("/patterns/no-such-pattern/", VISITOR),
    "a pattern that became part of another": ("/patterns/{merged}/r/1/", VISITOR),
    "which pattern stays": ("/patterns/steward-ownership/manage/merge/", MODERATOR),
    "how a merged pattern stands": ("/patterns/{merged}/manage/", MODERATOR),
    "how a gold pattern stands": ("/patterns/{gold}/manage/", MODERATOR),
    "why a pattern is gold": ("/patterns/{gold}/", VISITOR),
    "what was taken out, and why": ("/patterns/{retired}/", VISITOR),
    "a form that must be filled in": ("/accounts/login/?next=/submissions/", VISITOR),
}

# Pages that are there to say that something is not, with their status.
ABSENT: Final = {
    "a list that has no such page": 404,
    "a page that is not there": 404,
    "what was taken out, and why": 410,
}


def names() -> Iterator[str]:
    """The names of all addresses of this project that can be looked at; allauth's and Django's own are theirs."""
    from django.urls import URLResolver, get_resolver

    def walk(resolver: URLResolver) -> Iterator[tuple[str, str]]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from walk(one)
            elif one.name:
                yield one.name, getattr(one.callback, "__module__", "")

    ours = ("clm_site", "patterns", "inference", "feedback")
    yield from (name for name, module in walk(get_resolver()) if module.split(".")[0] in ours)
