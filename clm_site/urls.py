"""All addresses, gathered from the rooms by name so that the shell imports none of them."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("clm_site.health_urls")),
    path("", include("inference.urls")),
    path("", include("feedback.urls")),
    path("", include("patterns.urls")),
    path("", include("patterns.urls.site")),
    path("", include("patterns.people.urls")),
    path("accounts/", include("allauth.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler400 = "patterns.views.errors.bad_request"
handler403 = "patterns.views.errors.forbidden"
handler404 = "patterns.views.errors.not_found"
handler500 = "patterns.views.errors.server_error"
