"""Addresses of collections and cards; `patterns.urls` includes them and defines the converters."""

from django.urls import path

from patterns.views import cards, collection_items, collections, saving, shared

urlpatterns = [
    path("patterns/<name:slug>/save/", saving.save_pattern, name="save_pattern"),
    path("patterns/<name:slug>/card/", cards.pattern_card, name="pattern_card"),
    path("cards/<name:slug>/<int:number>/", cards.card_check, name="card_check"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<id:pk>/", collections.collection, name="collection"),
    path("collections/<id:pk>/edit/", collections.collection_edit, name="collection_edit"),
    path("collections/<id:pk>/share/", collections.collection_share, name="collection_share"),
    path("collections/<id:pk>/delete/", collections.collection_delete, name="collection_delete"),
    path("collections/<id:pk>/restore/", collections.collection_restore, name="collection_restore"),
    path("collections/<id:pk>/cards/", cards.collection_cards, name="collection_cards"),
    path("collections/<id:pk>/items/<id:item>/move/", collection_items.item_move, name="item_move"),
    path("collections/<id:pk>/items/<id:item>/note/", collection_items.item_note, name="item_note"),
    path("collections/<id:pk>/items/<id:item>/remove/", collection_items.item_remove, name="item_remove"),
    path("collections/<id:pk>/items/<id:item>/restore/", collection_items.item_restore, name="item_restore"),
    path("shared/<name:token>/", shared.shared_collection, name="shared_collection"),
    path("shared/<name:token>/cards/", cards.shared_cards, name="shared_cards"),
    path("shared/<name:token>/copy/", shared.copy_collection, name="copy_collection"),
]
