"""A window for operators onto the library's records, to look and not to write: what changes them lives elsewhere."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from patterns.models import AuditEntry, LibraryChange, Lighthouse, Pattern, Review, ReviewItem, Submission, User
from patterns.people import second_step


class ReadOnly(admin.ModelAdmin):
    """Every row can be seen, none can be made, changed or removed here."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Pattern)
class PatternAdmin(ReadOnly):
    list_display = ("title", "slug", "library", "state", "tier", "changed_at")
    list_filter = ("state", "tier", "library")
    list_select_related = ("library",)
    search_fields = ("title", "slug", "uid")


@admin.register(Lighthouse)
class LighthouseAdmin(ReadOnly):
    list_display = ("title", "slug", "library", "state")
    list_select_related = ("library",)
    search_fields = ("title", "slug")


@admin.register(Submission)
class SubmissionAdmin(ReadOnly):
    list_display = ("title", "kind", "state", "author", "changed_at")
    list_filter = ("kind", "state")
    list_select_related = ("author",)


@admin.register(ReviewItem)
class ReviewItemAdmin(ReadOnly):
    list_display = ("title", "kind", "author", "priority", "open", "created_at")
    list_filter = ("kind", "open")
    list_select_related = ("author",)


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    list_display = ("item", "reviewer", "author", "decision", "at")
    list_filter = ("decision",)
    list_select_related = ("item", "reviewer", "author")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    list_display = ("at", "actor", "action", "target_type", "target_name")
    list_filter = ("action",)
    list_select_related = ("actor",)
    search_fields = ("target_name",)


@admin.register(LibraryChange)
class LibraryChangeAdmin(ReadOnly):
    list_display = ("at", "kind", "pattern", "lighthouse", "transaction")
    list_filter = ("kind",)
    list_select_related = ("pattern", "lighthouse")


@admin.register(User)
class UserAdmin(ReadOnly):
    """Accounts by the name they show. No addresses here, and no roles either: granting one is written down."""

    list_display = ("credit", "roles", "is_active", "date_joined")
    fields = ("public_id", "name", "roles", "is_active", "date_joined")
    readonly_fields = fields


def _may_look(request: HttpRequest) -> bool:
    return AdminSite.has_permission(admin.site, request) and not second_step.is_missing(request)


def _sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """The site's own sign-in, and for staff who are in by a password alone the way to the second step."""
    if request.user.is_authenticated and request.user.is_staff and second_step.is_missing(request):
        return second_step.lead_to_it(request)
    return AdminSite.login(admin.site, request, extra_context)


admin.site.has_permission = _may_look
admin.site.login = secure_admin_login(_sign_in)
