from django.urls import path

from breathingroom.licensure.views import checks, queue
from breathingroom.licensure.views import mine as views

urlpatterns = [
    path("licences/", views.licences, name="licences"),
    path("licences/add/", views.add, name="licence_add"),
    path("licences/<uuid:licence_id>/edit/", views.edit, name="licence_edit"),
    path("licences/<uuid:licence_id>/remove/", views.remove, name="licence_remove"),
    path("licences/<uuid:licence_id>/check/", checks.check, name="licence_check"),
    path("licences/<uuid:licence_id>/check/withdraw/", checks.withdraw, name="licence_check_withdraw"),
    path("staff/checks/", queue.waiting, name="staff_checks"),
    path("staff/checks/<uuid:check_id>/", queue.one, name="staff_check"),
    path("staff/checks/file/<uuid:evidence_id>/", queue.open_file, name="staff_check_file"),
    path("licences/<uuid:licence_id>/authority/", views.add_authority, name="authority_add"),
    path("licences/authority/<uuid:authority_id>/remove/", views.remove_authority, name="authority_remove"),
]
