from django.urls import path

from breathingroom.licensure import views

urlpatterns = [
    path("licences/", views.licences, name="licences"),
    path("licences/add/", views.add, name="licence_add"),
    path("licences/<uuid:licence_id>/edit/", views.edit, name="licence_edit"),
    path("licences/<uuid:licence_id>/remove/", views.remove, name="licence_remove"),
    path("licences/<uuid:licence_id>/authority/", views.add_authority, name="authority_add"),
    path("licences/authority/<uuid:authority_id>/remove/", views.remove_authority, name="authority_remove"),
]
