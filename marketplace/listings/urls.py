"""Addresses of listings, under `/listings/`; the search page stands at its root."""

from django.urls import path

from . import views

app_name = "listings"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("new/", views.create, name="create"),
    path("who-sees-what/", views.who_sees_what, name="who_sees_what"),
    path("photos/<uuid:public_id>/remove/", views.drop_photo, name="drop_photo"),
    path("photos/<uuid:public_id>/<slug:size>/", views.photo, name="photo"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/submit/", views.submit, name="submit"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:public_id>/renew/", views.renew, name="renew"),
    path("<uuid:public_id>/report/", views.report, name="report"),
    path("<uuid:public_id>/photos/", views.photos, name="photos"),
]
