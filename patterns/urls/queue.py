"""Addresses of the review queue as a list; one item of it stands beside them."""

from django.urls import path

from patterns.views import queue, queue_bulk, queue_saved

urlpatterns = [
    path("", queue.review_queue, name="review_queue"),
    path("views/", queue_saved.review_views, name="review_views"),
    path("views/<id:pk>/", queue_saved.review_view_change, name="review_view_change"),
    path("bulk/", queue_bulk.review_bulk, name="review_bulk"),
    path("bulk/do/", queue_bulk.review_bulk_do, name="review_bulk_do"),
    path("bulk/<id:pk>/", queue_bulk.review_bulk_result, name="review_bulk_result"),
    path("bulk/<id:pk>/undo/", queue_bulk.review_bulk_undo, name="review_bulk_undo"),
]
