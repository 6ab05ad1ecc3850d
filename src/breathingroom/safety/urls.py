from django.urls import path

from breathingroom.safety.views import crisis, desk

urlpatterns = [
    path("crisis/", crisis.lines, name="crisis"),
    path("safety/desk/", desk.desk, name="desk"),
    path("safety/desk/lift/", desk.lift, name="sanction_lift"),
    path("safety/desk/<uuid:report_id>/", desk.case, name="desk_case"),
    path("said/", desk.said, name="said"),
]
