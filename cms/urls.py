"""Every address of the site; languages in the path, staff and machines outside."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.views import serve as wagtail_serve

from payments.webhook import stripe_webhook

from . import views
from .dashboard import dashboard

handler404 = "cms.errors.not_found"
handler500 = "cms.errors.server_error"

urlpatterns = [
    path("-/live", views.live, name="live"),
    path("-/ready", views.ready, name="ready"),
    path("-/leave", views.leave, name="leave"),
    path("robots.txt", views.robots, name="robots"),
    path("media/images/<str:name>", views.picture, name="picture"),
    path("hooks/stripe/<str:secret_path>", stripe_webhook, name="stripe_webhook"),
    path(
        "staff/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("staff/", include(wagtailadmin_urls)),
]
urlpatterns += i18n_patterns(
    path("", wagtail_serve, {"path": ""}, name="home"),
    path("dashboard/", dashboard, name="dashboard"),
    path("accounts/", include("allauth.urls")),
    path("notices/", include("marketplace.notices.urls")),
    path("organisations/", include("marketplace.organisations.urls")),
    path("listings/", include("search.urls")),
    path("listings/", include("marketplace.listings.urls")),
    path("mandates/", include("search.mandate_urls")),
    path("mandates/", include("marketplace.mandates.urls")),
    path("interests/", include("marketplace.interests.urls")),
    path("introductions/", include("marketplace.introductions.urls")),
    path("", include("marketplace.people.urls")),
    path("meetings/", include("marketplace.meetings.urls")),
    path("ventures/", include("marketplace.ventures.urls")),
    path("fees/", include("payments.urls")),
    # Wagtail's own log-in, for pages with an audience, would pass by the second factor.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
