"""Addresses of listings, under `/listings/`; the search page stands at its root."""

from django.urls import path

from .views import pages, photos, removals

app_name = "listings"
urlpatterns = [
    path("mine/", pages.mine, name="mine"),
    path("new/", pages.create, name="create"),
    path("who-sees-what/", pages.who_sees_what, name="who_sees_what"),
    path("photos/<uuid:public_id>/remove/", photos.drop_photo, name="drop_photo"),
    path("photos/<uuid:public_id>/<slug:size>/", photos.photo, name="photo"),
    path("<uuid:public_id>/", pages.detail, name="detail"),
    path("<uuid:public_id>/as/<slug:rung>/", pages.view_as, name="view_as"),
    path("<uuid:public_id>/edit/", pages.edit, name="edit"),
    path("<uuid:public_id>/submit/", pages.submit, name="submit"),
    path("<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("<uuid:public_id>/renew/", pages.renew, name="renew"),
    path("<uuid:public_id>/report/", pages.report, name="report"),
    path("<uuid:public_id>/appeal/", removals.appeal, name="appeal"),
    path("<uuid:public_id>/photos/", photos.photos, name="photos"),
]
