"""Addresses of meetings, under `/meetings/`; the first are named by an introduction."""

from django.urls import path

from .views import outcomes, times

app_name = "meetings"
urlpatterns = [
    path("<uuid:public_id>/", times.detail, name="detail"),
    path("<uuid:public_id>/propose/", times.propose, name="propose"),
    path("at/<uuid:public_id>/pick/", times.pick, name="pick"),
    path("at/<uuid:public_id>/decline/", times.decline, name="decline"),
    path("at/<uuid:public_id>/withdraw/", times.withdraw, name="withdraw"),
    path("at/<uuid:public_id>/cancel/", times.cancel, name="cancel"),
    path("at/<uuid:public_id>/calendar/", times.calendar, name="calendar"),
    path("at/<uuid:public_id>/note/", outcomes.note, name="note"),
    path("at/<uuid:public_id>/held/", outcomes.held, name="held"),
    path("at/<uuid:public_id>/line/", outcomes.line, name="line"),
    path("at/<uuid:public_id>/confirm/", outcomes.confirm, name="confirm"),
]
