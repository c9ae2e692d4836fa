"""Every address of the site; languages in the path, staff and machines outside."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path(
        "staff/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("staff/", include(wagtailadmin_urls)),
]
urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("notices/", include("marketplace.notices.urls")),
    path("", include("marketplace.people.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
