"""Addresses of a member's own settings."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("settings/", views.settings_page, name="settings"),
]
