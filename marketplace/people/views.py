"""A member's own settings, and the mail of the demo."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.refusals import own_page

from .actions import change_settings, seal_identity
from .demo_mail import shown_mail
from .forms import SettingsForm
from .languages import path_in_language, remember_language
from .models import LANGUAGE_CHOICES, LegalIdentity, User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    identity = LegalIdentity.objects.filter(user=user).first() or LegalIdentity()
    form = SettingsForm(
        request.POST or None,
        instance=user,
        initial={"legal_name": identity.name, "phone": identity.phone},
    )
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        name, phone = words.pop("legal_name"), words.pop("phone")
        change_settings(request.user, by=request.user, **words)
        seal_identity(request.user, name=name, phone=phone, by=request.user)
        with translation.override(words["language"]):
            messages.success(request, _("Your settings are kept."))
            response = redirect(reverse("people:settings"))
        remember_language(response, words["language"])
        return response
    status = 422 if form.is_bound else 200
    return render(request, "people/settings.html", {"form": form}, status=status)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on in another language; a member's choice is kept for pages and mails."""
    language = request.POST.get("language", "")
    if language not in dict(LANGUAGE_CHOICES):
        return redirect("/")
    if request.user.is_authenticated:
        change_settings(request.user, by=request.user, language=language)
    there = own_page(request, request.POST.get("next", "")) or f"/{language}/"
    response = redirect(path_in_language(there, language))
    remember_language(response, language)
    return response


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Outgoing mail of development; without SHOW_OUTGOING_MAIL it has no address."""
    mails = shown_mail(Path(settings.EMAIL_FILE_PATH))
    return render(request, "people/demo_mail.html", {"mails": mails})
