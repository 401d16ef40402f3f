"""Addresses of the house itself: what it is, what it lacks, and what it tells machines that read it."""

from django.urls import path

from patterns.views import about, feeds, language, machines, plain_text

urlpatterns = [
    path("about/", about.about, name="about"),
    path("licence/", about.licence, name="licence"),
    path("privacy/", about.privacy, name="privacy"),
    path("language/", language.language, name="language"),
    path("feed/", feeds.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap_section"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("patterns/<name:slug>/text/", plain_text.pattern_text, name="pattern_text"),
    path("lighthouses/<name:slug>/text/", plain_text.lighthouse_text, name="lighthouse_text"),
]
