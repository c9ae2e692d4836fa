from django.urls import path

from . import views

app_name = "ventures"
urlpatterns = [
    path("", views.VentureListView.as_view(), name="list"),
    path("propose/<uuid:public_id>/", views.propose, name="propose"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/sign/", views.sign, name="sign"),
    path("<uuid:public_id>/confirm/", views.confirm, name="confirm"),
    path("<uuid:public_id>/pulse/", views.pulse, name="pulse"),
    path("<uuid:public_id>/way-on/", views.way_on, name="way_on"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
