"""Addresses of organisations, under `/organisations/`."""

from django.urls import path

from .views import meeting, members, pages, showing

app_name = "organisations"
urlpatterns = [
    path("new/", pages.register, name="register"),
    path("record-about-me/", showing.about_me, name="about_me"),
    path("invitations/<str:token>/", pages.answer_invitation, name="accept_invitation"),
    path("<uuid:public_id>/", pages.detail, name="detail"),
    path("<uuid:public_id>/edit/", pages.edit, name="edit"),
    path("<uuid:public_id>/verification/", pages.ask_again, name="ask_again"),
    path("<uuid:public_id>/members/", pages.members, name="members"),
    path("<uuid:public_id>/members/invite/", pages.invite, name="invite"),
    path(
        "<uuid:public_id>/members/<uuid:person>/remove/",
        members.remove,
        name="remove_colleague",
    ),
    path("<uuid:public_id>/record/", showing.record, name="record"),
    path("<uuid:public_id>/stages/", showing.stages, name="stages"),
    path("<uuid:public_id>/as/<slug:rung>/", showing.view_as, name="view_as"),
    path("<uuid:public_id>/apart/", meeting.apart, name="apart"),
    path(
        "<uuid:public_id>/apart/<uuid:block>/end/",
        meeting.end_a_block,
        name="end_block",
    ),
    path(
        "<uuid:public_id>/members/revoke/<slug:token_hash>/",
        pages.revoke,
        name="revoke",
    ),
]
