from django.urls import path

from breathingroom.safety import views

urlpatterns = [path("crisis/", views.lines, name="crisis")]
