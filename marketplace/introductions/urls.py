"""Addresses of introductions, under `/introductions/`."""

from django.urls import path

from .views import asking, meeting

app_name = "introductions"
urlpatterns = [
    path("", asking.IntroductionListView.as_view(), name="list"),
    path("ask/<uuid:public_id>/", asking.ask, name="ask"),
    path("<uuid:public_id>/", meeting.detail, name="detail"),
    path("<uuid:public_id>/discard/", asking.discard, name="discard"),
    path("<uuid:public_id>/accept/", meeting.accept, name="accept"),
    path("<uuid:public_id>/decline/", meeting.decline, name="decline"),
    path("<uuid:public_id>/question/", meeting.question, name="question"),
    path("<uuid:public_id>/reply/", meeting.reply, name="reply"),
    path("<uuid:public_id>/agree/<slug:step>/", meeting.agree, name="agree"),
    path("<uuid:public_id>/stop/<slug:step>/", meeting.stop, name="stop"),
    path("<uuid:public_id>/withdraw/", asking.withdraw, name="withdraw"),
    path("<uuid:public_id>/close/", meeting.close, name="close"),
    path("<uuid:public_id>/message/", meeting.message, name="message"),
]
