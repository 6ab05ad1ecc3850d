from django.urls import path

from breathingroom.notify import views

urlpatterns = [path("demo/mail/", views.demo_mail, name="demo_mail")]
