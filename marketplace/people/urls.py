"""Addresses of a member's own settings."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("settings/", views.settings_page, name="settings"),
    path("settings/language/", views.choose_language, name="language"),
]
if settings.SHOW_OUTGOING_MAIL:
    urlpatterns += [path("demo/mail/", views.demo_mail, name="demo_mail")]
