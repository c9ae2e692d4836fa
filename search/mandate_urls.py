from django.urls import path

from . import mandate_views as views

app_name = "matching"
urlpatterns = [
    path("new/", views.new, name="mandate_new"),
    path("<uuid:public_id>/", views.mandate, name="mandate"),
    path("<uuid:public_id>/edit/", views.edit, name="mandate_edit"),
]
