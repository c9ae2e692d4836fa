from django.urls import path

from . import views

app_name = "ventures"
urlpatterns = [
    path("", views.VentureListView.as_view(), name="list"),
    path("propose/<uuid:public_id>/", views.propose, name="propose"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/sign/", views.sign, name="sign"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
