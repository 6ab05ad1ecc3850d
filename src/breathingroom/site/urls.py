from django.urls import path

from breathingroom.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("leave/", views.leave, name="leave"),
    path("design/", views.design, name="design"),
]
