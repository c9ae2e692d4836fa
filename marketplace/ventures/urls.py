from django.urls import path

from .views import (
    arrangements,
    closing,
    exporting,
    milestones,
    observers,
    texts,
    ventures,
)

app_name = "ventures"
urlpatterns = [
    path("", ventures.VentureListView.as_view(), name="list"),
    path("propose/<uuid:public_id>/", ventures.propose, name="propose"),
    path("<uuid:public_id>/", ventures.detail, name="detail"),
    path("<uuid:public_id>/edit/", ventures.edit, name="edit"),
    path("<uuid:public_id>/export/", exporting.export, name="export"),
    path("<uuid:public_id>/sign/", ventures.sign, name="sign"),
    path("<uuid:public_id>/versions/", texts.versions, name="versions"),
    path("<uuid:public_id>/dissent/", texts.dissent, name="dissent"),
    path("dissent/<uuid:public_id>/back/", texts.take_back, name="dissent_back"),
    path("<uuid:public_id>/observer/", observers.invite, name="observer_invite"),
    path("observing/<uuid:public_id>/", observers.detail, name="observing"),
    path("observing/<uuid:public_id>/agree/", observers.agree, name="observer_agree"),
    path("observing/<uuid:public_id>/join/", observers.join, name="observer_join"),
    path("observing/<uuid:public_id>/end/", observers.end, name="observer_end"),
    path("<uuid:public_id>/confirm/", ventures.confirm, name="confirm"),
    path("<uuid:public_id>/pulse/", ventures.pulse, name="pulse"),
    path("<uuid:public_id>/way-on/", ventures.way_on, name="way_on"),
    path("<uuid:public_id>/steps/add/", milestones.add, name="milestone_add"),
    path("steps/<uuid:public_id>/edit/", milestones.edit, name="milestone_edit"),
    path("steps/<uuid:public_id>/say/", milestones.say, name="milestone_say"),
    path(
        "<uuid:public_id>/arrangements/add/", arrangements.add, name="arrangement_add"
    ),
    path("arrangements/<uuid:public_id>/", arrangements.detail, name="arrangement"),
    path(
        "arrangements/<uuid:public_id>/edit/",
        arrangements.edit,
        name="arrangement_edit",
    ),
    path(
        "arrangements/<uuid:public_id>/renew/",
        arrangements.renew,
        name="arrangement_renew",
    ),
    path(
        "arrangements/<uuid:public_id>/agree/",
        arrangements.agree,
        name="arrangement_agree",
    ),
    path(
        "arrangements/<uuid:public_id>/kept/",
        arrangements.kept,
        name="arrangement_kept",
    ),
    path(
        "arrangements/<uuid:public_id>/leave/",
        arrangements.leave,
        name="arrangement_leave",
    ),
    path(
        "arrangements/<uuid:public_id>/calendar.ics",
        arrangements.calendar,
        name="arrangement_calendar",
    ),
    path("<uuid:public_id>/closing/", closing.detail, name="closing"),
    path("<uuid:public_id>/closing/write/", closing.write, name="closing_write"),
    path("<uuid:public_id>/closing/confirm/", closing.confirm, name="closing_confirm"),
    path("restart/<uuid:public_id>/", closing.restart, name="restart"),
    path("lessons/", closing.lessons, name="lessons"),
    path("<uuid:public_id>/withdraw/", ventures.withdraw, name="withdraw"),
]
