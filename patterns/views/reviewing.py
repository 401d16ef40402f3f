"""Talk about one item, keep what is not sent yet, and look after one's own ready-made reasons."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patterns import review
from patterns.models import Comment, ReviewItem, SavedReason, Submission
from patterns.people.roles import is_reviewer, reviewer_required
from patterns.queries import reviewing as queries
from patterns.review import ReviewError, comments, desks, reasons
from patterns.review.closing import say_words
from patterns.views import item_desk as desk
from patterns.views.review import found_item, item_page

ACTS = frozenset({"resolve", "reopen", "delete"})


@require_POST
@reviewer_required
def review_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is written, then open a comment, claim, give back, save the reason, or go to the saved ones."""
    item, act = found_item(pk), request.POST.get("do", "")
    if act == "discard":
        words = desk.sent(request)
        desks.keep_unsent(item, request.user, desks.Unsent(words.reason, words.ready, words.ticks))
        return redirect(_address(request, item, on=""))
    desk.keep(request, item)
    try:
        if act == "claim":
            review.claim(item, reviewer=request.user)
        elif act == "release":
            review.release(item, reviewer=request.user)
        elif act == "save":
            reasons.save_reason(request.user, text=request.POST.get("reason", ""))
            messages.success(request, _("Kept among your reasons. Choose it above the text next time."))
    except ReviewError as problem:
        return item_page(request, found_item(pk), said=str(problem), status=problem.status)
    if act == "reasons":
        return redirect(f"{reverse('review_reasons')}?item={item.pk}")
    on = request.POST.get("place", "")
    return redirect(
        _address(request, item, on=on) + ("" if on else "#decision")
    )  # a fragment would keep the focus away


@require_POST
@login_required
def review_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something, answer, or change one's words; the author of the submission and reviewers may."""
    item, submission = _talked_about(request, pk)
    words = desk.words_of(request)
    try:
        if words is None:
            raise comments.CommentError(_("Write something first."))
        comment = say_words(submission, words, author=request.user)
    except ReviewError as problem:
        return _kept(request, item, submission, problem)
    if desk.FIELDS - {"draft"} & set(request.POST) and is_reviewer(request.user):
        sent = desk.sent(request)
        desks.keep_unsent(item, request.user, desks.Unsent(sent.reason, sent.ready, sent.ticks))
    return redirect(_back(request, item, submission) + f"#comment-{comment.pk}")


@require_POST
@login_required
def review_comment_act(request: HttpRequest, pk: int, comment: int, act: str) -> HttpResponse:
    """Resolve, reopen or delete."""
    item, submission = _talked_about(request, pk)
    found = queries.find_comment(item, comment)
    if found is None or act not in ACTS:
        raise Http404(_("There is no such comment."))
    if is_reviewer(request.user):
        desk.keep(request, item)
    try:
        _act(found, act, request)
    except ReviewError as problem:
        return _kept(request, item, submission, problem)
    return redirect(_back(request, item, submission) + f"#comment-{found.thread_id or found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@reviewer_required
def review_reasons(request: HttpRequest) -> HttpResponse:
    """A reviewer's own ready-made reasons: add, change, delete."""
    said, text, status, number = "", "", 200, request.POST.get("reason", "")
    back = request.GET.get("item", "")
    if request.method == "POST":
        try:
            pk = int(number) if number.isdecimal() and len(number) < 18 else None
            if "delete" in request.POST and pk is not None:
                reasons.delete_reason(request.user, pk=pk)
            else:
                reasons.save_reason(request.user, text=request.POST.get("text", ""), pk=pk)
            return redirect(request.get_full_path())
        except SavedReason.DoesNotExist:
            raise Http404(_("There is no such reason of yours.")) from None
        except ReviewError as problem:
            said, text, status = str(problem), request.POST.get("text", ""), problem.status
    rows = [
        (pk, text if str(pk) == number and said else kept) for pk, kept in queries.saved_reasons(request.user).items()
    ]
    context = {
        "rows": rows, "said": said, "text": "" if number else text, "wrong": number, "most": reasons.MOST,
        "item": back if back.isdecimal() and len(back) < 18 else "",
    }  # fmt: skip
    return render(request, "patterns/review_reasons.html", context, status=status)


@require_safe
@login_required
def sending_text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The whole text of one sending, as it is: for what is too long to be compared on a page."""
    item, _submission = _talked_about(request, pk)
    sending = queries.sending_of(item, number)
    if sending is None:
        raise Http404(_("There is no such sending."))
    return HttpResponse(sending.text, content_type="text/plain; charset=utf-8")


def _talked_about(request: HttpRequest, pk: int) -> tuple[ReviewItem, Submission]:
    """The item and its submission, for those who take part; nobody else learns that there is one."""
    item = found_item(pk)
    submission = queries.submission_of(item)
    if submission is None or not comments.may_take_part(submission, request.user):
        raise Http404(_("There is nothing of yours at this address."))
    return item, submission


def _act(comment: Comment, act: str, request: HttpRequest) -> None:
    if act == "delete":
        comments.remove(comment, by=request.user)
    else:
        comments.resolve(comment, by=request.user, open_again=act == "reopen")


def _kept(request: HttpRequest, item: ReviewItem, submission: Submission, problem: ReviewError) -> HttpResponse:
    """The page the form came from, with its text and why it was not posted."""
    if request.POST.get("page") != "submission" and is_reviewer(request.user):
        return item_page(request, found_item(item.pk), problem=problem, said=str(problem), status=problem.status)
    given, lost = request.POST, isinstance(problem, comments.Elsewhere)
    names = {name: given.get(name, "")[:220] for name in ("on", "from", "to", "key")}
    context = {
        "item": item, "submission": submission, "said": str(problem), "draft": given.get("draft", ""),
        "names": (names | {"on": "w"} if lost else names).items(), "lost": lost, "again": lost or problem.status == 422,
    }  # fmt: skip
    return render(request, "patterns/comment_kept.html", context, status=problem.status)


def _back(request: HttpRequest, item: ReviewItem, submission: Submission) -> str:
    if request.POST.get("page") == "submission" or not is_reviewer(request.user):
        return _with(submission.get_absolute_url(), request)
    return _address(request, item, on="")


def _address(request: HttpRequest, item: ReviewItem, *, on: str) -> str:
    return _with(item.get_absolute_url(), request, on=on)


def _with(address: str, request: HttpRequest, **more: str) -> str:
    """An address that compares the same two texts."""
    asked = QueryDict(mutable=True)
    for name, value in {"from": request.POST.get("from", ""), "to": request.POST.get("to", ""), **more}.items():
        if value:
            asked[name] = value[:220]
    return f"{address}?{asked.urlencode()}" if asked else address
