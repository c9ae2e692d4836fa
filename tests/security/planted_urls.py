"""The site's addresses, and two that nobody has declared: one says too much."""

from django.http import HttpResponse, JsonResponse
from django.urls import path

from cms.urls import urlpatterns as site
from marketplace.people.models import LegalIdentity

handler404 = "cms.errors.not_found"


def phones(request):
    return JsonResponse({"phones": [row.phone for row in LegalIdentity.objects.all()]})


urlpatterns = [
    path("new/", lambda request: HttpResponse("new"), name="planted"),
    path("phones/", phones),
    *site,
]
