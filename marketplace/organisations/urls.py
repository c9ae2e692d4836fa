"""Addresses of this room; the views follow."""

from django.urls import URLPattern

app_name = "organisations"
urlpatterns: list[URLPattern] = []
