"""The site's addresses and one that nobody has declared."""

from django.http import HttpResponse
from django.urls import path

from cms.urls import urlpatterns as site

urlpatterns = [
    path("new/", lambda request: HttpResponse("new"), name="planted"),
    *site,
]
