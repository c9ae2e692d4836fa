from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("", views.listings, name="listings"),
    path("words/", views.words, name="words"),
    path("saved/", views.saved, name="saved"),
    path("alert/", views.alert, name="alert"),
    path("<uuid:public_id>/matches/", views.matches, name="matches"),
    path("<uuid:public_id>/save/", views.save, name="save"),
]
