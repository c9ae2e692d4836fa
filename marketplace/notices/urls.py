"""Addresses of the notices."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("mails/", views.habits, name="habits"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("read/", views.read_all, name="read_all"),
    path("<uuid:public_id>/open/", views.open_notice, name="open"),
]
