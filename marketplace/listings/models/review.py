"""The step of the review at which staff approve a listing or say what to change."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState


class ReviewReason(models.TextChoices):
    """Why a listing comes back to its owner."""

    UNCLEAR = "unclear", _("It is not clear what is offered or sought")
    REVEALS = "reveals", _("The public text shows who somebody is")
    TONE = "tone", _("Some words may hurt readers of the other community")
    UNPROVEN = "unproven", _("A claim needs evidence")
    WRONG_PLACE = "wrong_place", _("Kind or sector do not fit the text")
    PHOTO = "photo", _("A photo shows a person, a sign or a home")
    NOT_ALLOWED = "not_allowed", _("The marketplace cannot carry this kind of offer")
    DUPLICATE = "duplicate", _("The same listing is already here")


class RejectionForm(forms.Form):
    """Asks a reviewer for the reason, and for a word that helps the owner."""

    reason = forms.ChoiceField(label=_("Reason"), choices=ReviewReason.choices)
    comment = forms.CharField(
        label=_("What would help"),
        help_text=_("The owner reads this. Write it in the language of the listing."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )


class ListingReviewState(TaskState):
    """How one review of one revision went; `reason` where changes were asked for."""

    reason = models.CharField(
        _("reason"), max_length=20, choices=ReviewReason.choices, blank=True
    )

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of a review")

    def get_comment(self) -> str:
        """What the history of the review shows."""
        words = [str(self.get_reason_display()) if self.reason else "", self.comment]
        return " · ".join(part for part in words if part)


class ListingReviewTask(AbstractGroupApprovalTask):
    """Staff read a listing; sending it back needs a reason."""

    task_state_class = ListingReviewState

    class Meta:
        verbose_name = _("review of a listing")
        verbose_name_plural = _("reviews of listings")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups review listings"))

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        if action == "reject":
            return RejectionForm
        return super().get_form_for_action(action)

    def on_action(
        self,
        task_state: TaskState,
        user: models.Model,
        action_name: str,
        reason: str = "",
        comment: str = "",
        **kwargs: object,
    ) -> None:
        """Keep the reason with the finished step; it travels with nothing else."""
        state = task_state.specific
        if action_name == "reject":
            state.reason = ReviewReason(reason)
        super().on_action(state, user, action_name, comment=comment, **kwargs)


def last_rejection(state: WorkflowState | None) -> ListingReviewState | None:
    """The newest step of a review that asked for changes."""
    if state is None:
        return None
    return (
        ListingReviewState.objects.filter(
            workflow_state=state, status=TaskState.STATUS_REJECTED
        )
        .order_by("-finished_at")
        .first()
    )
