"""Addresses of introductions, under `/introductions/`."""

from django.urls import path

from .views import apart, asking, brokering, meeting, talking

app_name = "introductions"
urlpatterns = [
    path("", asking.IntroductionListView.as_view(), name="list"),
    path("ask/<uuid:public_id>/", asking.ask, name="ask"),
    path("block/<uuid:public_id>/", apart.block, name="block"),
    path("pause/<uuid:public_id>/", apart.pause, name="pause"),
    path("resume/<uuid:public_id>/", apart.resume, name="resume"),
    path("<uuid:public_id>/", talking.detail, name="detail"),
    path("<uuid:public_id>/discard/", asking.discard, name="discard"),
    path("<uuid:public_id>/accept/", meeting.accept, name="accept"),
    path("<uuid:public_id>/decline/", meeting.decline, name="decline"),
    path("<uuid:public_id>/question/", meeting.question, name="question"),
    path("<uuid:public_id>/reply/", meeting.reply, name="reply"),
    path("<uuid:public_id>/agree/<slug:step>/", meeting.agree, name="agree"),
    path("<uuid:public_id>/stop/<slug:step>/", meeting.stop, name="stop"),
    path("<uuid:public_id>/mandate/", brokering.mandate, name="mandate"),
    path(
        "<uuid:public_id>/mandate/revoke/",
        brokering.revoke_mandate,
        name="revoke_mandate",
    ),
    path("<uuid:public_id>/soften/", brokering.soften, name="soften"),
    path("<uuid:public_id>/draft/", brokering.draft, name="draft"),
    path("<uuid:public_id>/hold/", brokering.hold, name="hold"),
    path("<uuid:public_id>/release/", brokering.release, name="release"),
    path("<uuid:public_id>/context/", brokering.context, name="context"),
    path("<uuid:public_id>/withdraw/", asking.withdraw, name="withdraw"),
    path("<uuid:public_id>/close/", meeting.close, name="close"),
    path("<uuid:public_id>/block/", apart.block_other_side, name="block_other_side"),
    path("<uuid:public_id>/message/", talking.message, name="message"),
    path("file/<uuid:public_id>/", talking.attachment, name="attachment"),
    path("<uuid:public_id>/report/", talking.report, name="report"),
    path("<uuid:public_id>/export/", talking.export, name="export"),
]
