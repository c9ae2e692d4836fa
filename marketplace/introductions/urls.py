from django.urls import path

from . import views

app_name = "introductions"
urlpatterns = [
    path("", views.IntroductionListView.as_view(), name="list"),
    path("ask/<uuid:public_id>/", views.ask, name="ask"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/accept/", views.accept, name="accept"),
    path("<uuid:public_id>/decline/", views.decline, name="decline"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:public_id>/close/", views.close, name="close"),
    path("<uuid:public_id>/message/", views.message, name="message"),
]
