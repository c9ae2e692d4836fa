from django.urls import path

from . import views

app_name = "interests"
urlpatterns = [
    path("", views.interests, name="list"),
    path("<uuid:public_id>/", views.note, name="note"),
    path("<uuid:public_id>/counts/", views.counts, name="counts"),
]
