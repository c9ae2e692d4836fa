from django.urls import path

from . import views

app_name = "mandates"
urlpatterns = [
    path("", views.mandates, name="list"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("<uuid:public_id>/pause/", views.pause, name="pause"),
    path("<uuid:public_id>/resume/", views.resume, name="resume"),
    path("<uuid:public_id>/end/", views.end, name="end"),
]
