"""Every address of the house, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("breathingroom.licensure.urls")),
    path("", include("breathingroom.safety.urls")),
    path("", include("breathingroom.site.urls")),
    path("", include("breathingroom.directory.urls")),
    path("", include("breathingroom.people.urls")),
    path("", include("breathingroom.notify.urls")),
]

handler400 = "breathingroom.site.views.bad_request"
handler403 = "breathingroom.site.views.forbidden"
handler404 = "breathingroom.site.views.not_found"
handler500 = "breathingroom.site.views.server_error"
