"""Refunds in bulk when a crisis cancels what was paid for: looked at, then asked."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from marketplace.exceptions import DomainError
from marketplace.money import Money
from marketplace.people.models import User
from payments.actions.crisis import preview, request_crisis_refunds, total_of
from payments.refund_forms import CrisisForm

PERMISSION = "payments.add_refundrequest"


class CrisisView(SingleScreen, FormView):
    """First the list of what would go back; a second press asks for exactly that."""

    permission = PERMISSION
    template_name = "cms/staff/crisis_refunds.html"
    page_title = _("Crisis refunds")
    header_icon = "warning"
    form_class = CrisisForm

    def form_valid(self, form: CrisisForm) -> HttpResponse:
        cancelled = form.cancelled()
        if "expected" in self.request.POST:
            return self._request(form)
        lines = preview(cancelled)
        context = self.get_context_data(
            form=form, lines=lines, total=total_of(lines, cancelled.currency)
        )
        return self.render_to_response(context)

    def _request(self, form: CrisisForm) -> HttpResponse:
        cancelled = form.cancelled()
        try:
            expected = Money(int(self.request.POST["expected"]), cancelled.currency)
            made = request_crisis_refunds(
                cancelled,
                expected=expected,
                by=cast(User, self.request.user),
                note=form.cleaned_data["note"],
            )
        except ValueError:
            form.add_error(None, _now("Look at the list first."))
            return self.form_invalid(form)
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        told = ngettext(
            "%(n)d refund requested. Another person grants it.",
            "%(n)d refunds requested. Another person grants them.",
            len(made),
        )
        messages.success(self.request, told % {"n": len(made)})
        return redirect(reverse("refundrequest:index"))


class CrisisViewSet(SingleScreenViewSet):
    screen = CrisisView
    name = "crisis_refunds"
    icon = "warning"
    menu_label = _("Crisis refunds")
    menu_order = 46
