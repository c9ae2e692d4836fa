"""A member's own settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .actions import change_settings, seal_identity
from .forms import SettingsForm
from .models import LegalIdentity, User


@login_required
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
            return redirect(reverse("people:settings"))
    status = 422 if form.is_bound else 200
    return render(request, "people/settings.html", {"form": form}, status=status)
