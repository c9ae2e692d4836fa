"""The two steps of the review: staff of both sides read a listing, one after the other."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from marketplace.organisations.models import Organisation, Side
from marketplace.people.models import User

OTHER_SIDE = {Side.ISRAELI: Side.PALESTINIAN, Side.PALESTINIAN: Side.ISRAELI}
READING_SIDES = [side for side in Side.choices if side[0] in OTHER_SIDE]


class ReviewingSideQuerySet(models.QuerySet["ReviewingSide"]):
    def side_of(self, user: User) -> str:
        """For which side a person reads; nobody reads for both, so then for none."""
        sides = set(self.filter(group__user=user).values_list("side", flat=True))
        return sides.pop() if len(sides) == 1 else ""


class ReviewingSide(models.Model):
    """The staff who read listings for one side; what they may do comes from elsewhere."""

    side = models.CharField(_("side"), max_length=5, choices=READING_SIDES, unique=True)
    group = models.OneToOneField(
        Group,
        on_delete=models.CASCADE,
        related_name="reviewing_side",
        verbose_name=_("group"),
    )

    objects = ReviewingSideQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewers of a side")
        verbose_name_plural = _("reviewers of the sides")

    def __str__(self) -> str:
        return str(self.get_side_display())


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


class ListingReviewStateQuerySet(models.QuerySet["ListingReviewState"]):
    def open_to(self, user: User) -> "ListingReviewStateQuerySet":
        """The steps under way that this person may decide."""
        side = ReviewingSide.objects.side_of(user)
        own = Organisation.objects.of(user).values_list("public_id", flat=True)
        if not side:
            return self.none()
        return (
            self.under_way()
            .filter(side__in=("", side))
            .exclude(owned_by__in=own)
            .exclude(workflow_state__task_states__finished_by=user)
        )

    def under_way(self) -> "ListingReviewStateQuerySet":
        return self.filter(status=TaskState.STATUS_IN_PROGRESS)


class ListingReviewState(TaskState):
    """How one step over one revision went; `reason` where changes were asked for.

    `side` is the one whose reviewers read now, and blank while either may begin; once
    decided it is the side of whoever has. `owned_by` is whose listing it is.
    """

    side = models.CharField(
        _("read for"), max_length=5, choices=READING_SIDES, blank=True
    )
    owned_by = models.UUIDField(null=True, editable=False)
    reason = models.CharField(
        _("reason"), max_length=20, choices=ReviewReason.choices, blank=True
    )

    steps = ListingReviewStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of a review")

    def get_comment(self) -> str:
        """What the history of the review shows."""
        words = [str(self.get_reason_display()) if self.reason else "", self.comment]
        return " · ".join(part for part in words if part)


class ListingReviewTask(AbstractGroupApprovalTask):
    """Staff of one side read a listing; sending it back needs a reason."""

    task_state_class = ListingReviewState

    class Meta:
        verbose_name = _("review of a listing")
        verbose_name_plural = _("reviews of listings")

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("Members of the chosen groups review listings, one of each side in turn")
        )

    def is_open_to(self, user: User, listing: Any) -> bool:
        """Whether this person may decide the step at which the listing stands."""
        step = listing.current_workflow_task_state
        if step is None or not self._user_in_groups(user):
            return False
        return ListingReviewState.steps.open_to(user).filter(pk=step.pk).exists()

    def locked_for_user(self, obj: models.Model, user: User) -> bool:
        return not self.is_open_to(user, obj)

    def get_actions(self, obj: models.Model, user: User) -> list[tuple[Any, ...]]:
        return super().get_actions(obj, user) if self.is_open_to(user, obj) else []

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: object
    ) -> models.QuerySet[TaskState]:
        steps = ListingReviewState.steps.open_to(user).values("pk")
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.filter(pk__in=steps)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        if action == "reject":
            return RejectionForm
        return super().get_form_for_action(action)

    def on_action(
        self,
        task_state: TaskState,
        user: User,
        action_name: str,
        reason: str = "",
        comment: str = "",
        **kwargs: object,
    ) -> None:
        """Keep who read for which side, and the reason, with the finished step."""
        rows = ListingReviewState.steps.open_to(user).select_for_update(
            of=("self", "taskstate_ptr")
        )
        state = rows.filter(pk=task_state.pk).first()
        if state is None:
            raise PermissionDenied
        state.side = ReviewingSide.objects.side_of(user)
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
