from django.urls import path

from breathingroom.directory.views import find, hiding, listing, mine

urlpatterns = [
    path("find/", find.find, name="find"),
    path("find/<uuid:listing_id>/", listing.listing, name="listing"),
    path("find/<uuid:listing_id>/photo/", listing.photo, name="listing_photo"),
    path("listing/", mine.hub, name="listing_mine"),
    path("listing/start/", mine.start, name="listing_start"),
    path("listing/review/", mine.review, name="listing_review"),
    path("listing/preview/", mine.preview, name="listing_preview"),
    path("listing/publish/", mine.publish, name="listing_publish"),
    path("listing/pause/", mine.pause, name="listing_pause"),
    path("listing/confirm/", mine.confirm, name="listing_confirm"),
    path("listing/photo/remove/", mine.remove_photo, name="listing_photo_remove"),
    path("listing/delete/", mine.delete, name="listing_delete"),
    path("listing/distance/", hiding.distance, name="distance"),
    path("listing/distance/<uuid:hiding_id>/remove/", hiding.remove, name="distance_remove"),
    path("listing/edit/<slug:step>/", mine.edit, name="listing_step"),
]
