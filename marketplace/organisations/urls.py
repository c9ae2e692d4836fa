"""Addresses of organisations, under `/organisations/`."""

from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("new/", views.register, name="register"),
    path("invitations/<str:token>/", views.answer_invitation, name="accept_invitation"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/verification/", views.ask_again, name="ask_again"),
    path("<uuid:public_id>/members/", views.members, name="members"),
    path("<uuid:public_id>/members/invite/", views.invite, name="invite"),
    path(
        "<uuid:public_id>/members/revoke/<slug:token_hash>/",
        views.revoke,
        name="revoke",
    ),
]
