"""Addresses of the curators' pages; `patterns.urls` includes them and defines the converters."""

from django.urls import path

from patterns.views.managing import acts, merging, overview, tiers

urlpatterns = [
    path("patterns/<name:slug>/manage/", overview.manage_pattern, name="manage_pattern"),
    path("patterns/<name:slug>/manage/retire/", acts.retire_pattern, name="retire_pattern"),
    path("patterns/<name:slug>/manage/restore/", acts.restore_pattern, name="restore_pattern"),
    path("patterns/<name:slug>/manage/rename/", acts.rename_pattern, name="rename_pattern"),
    path("patterns/<name:slug>/manage/revert/<int:number>/", acts.revert_pattern, name="revert_pattern"),
    path("patterns/<name:slug>/manage/merge/", merging.merge_pattern, name="merge_pattern"),
    path("patterns/<name:slug>/manage/unmerge/", merging.unmerge_pattern, name="unmerge_pattern"),
    path("patterns/<name:slug>/manage/gold/", tiers.gold_pattern, name="gold_pattern"),
    path("patterns/<name:slug>/manage/lower/", tiers.lower_pattern, name="lower_pattern"),
    path("lighthouses/<name:slug>/manage/", overview.manage_lighthouse, name="manage_lighthouse"),
    path("lighthouses/<name:slug>/manage/retire/", acts.retire_lighthouse, name="retire_lighthouse"),
    path("lighthouses/<name:slug>/manage/restore/", acts.restore_lighthouse, name="restore_lighthouse"),
    path("lighthouses/<name:slug>/manage/rename/", acts.rename_lighthouse, name="rename_lighthouse"),
    path("lighthouses/<name:slug>/manage/revert/<int:number>/", acts.revert_lighthouse, name="revert_lighthouse"),
    path("review/tiers/", tiers.review_tiers, name="review_tiers"),
    path("review/tiers/<int:number>/take-up/", tiers.take_up_gold, name="take_up_gold"),
]
