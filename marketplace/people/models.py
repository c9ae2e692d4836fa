"""The people who take part: an account by e-mail, shown to others by an alias."""

import uuid
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .sealing import seal, unseal

LANGUAGE_CHOICES = [("en", "English"), ("he", "עברית"), ("ar", "العربية")]
TIME_ZONE_CHOICES = (
    [
        (zone, zone)
        for zone in ("Asia/Jerusalem", "Asia/Hebron", "Asia/Gaza", "Asia/Amman")
    ]
    + [(zone, zone) for zone in ("Europe/Athens", "Europe/Berlin", "Europe/London")]
    + [(zone, zone) for zone in ("America/New_York", "Asia/Dubai", "UTC")]
)

# The programme's clock: the inactive account that acts for commands and webhooks.
CLOCK_EMAIL = "clock@automatic.invalid"


class Discretion(models.IntegerChoices):
    """How little a mail may say on the outside."""

    OPEN = 1, _("Subject and alias may show")
    NEUTRAL = 2, _("Neutral sender and subject")
    DISCREET = 3, _("Neutral, and the site's name and icon are hidden too")


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A member or one of the staff; others read the alias, never the address."""

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    email = models.EmailField(_("e-mail"), unique=True)
    alias = models.CharField(_("alias"), max_length=60, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=LANGUAGE_CHOICES, default="en"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, choices=TIME_ZONE_CHOICES, default="UTC"
    )
    discretion = models.PositiveSmallIntegerField(
        _("discretion"), choices=Discretion.choices, default=Discretion.NEUTRAL
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(_("joined on"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        if self.email == CLOCK_EMAIL:
            return str(_("automatic"))
        return self.alias or str(_("Member %s")) % str(self.public_id)[:4]

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def day_of(self, moment: datetime) -> date:
        """The calendar day on which a moment falls where this person lives."""
        return timezone.localdate(moment, ZoneInfo(self.time_zone))


class LegalIdentity(models.Model):
    """A person's name and telephone, sealed; opened only by a disclosure."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="legal_identity"
    )
    sealed_name = models.TextField(blank=True)
    sealed_phone = models.TextField(blank=True)

    class Meta:
        verbose_name = _("sealed identity")
        verbose_name_plural = _("sealed identities")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def name(self) -> str:
        return unseal(self.sealed_name)

    @name.setter
    def name(self, value: str) -> None:
        self.sealed_name = seal(value)

    @property
    def phone(self) -> str:
        return unseal(self.sealed_phone)

    @phone.setter
    def phone(self, value: str) -> None:
        self.sealed_phone = seal(value)


class Submission(models.Model):
    """A form that was sent once, by the mark it carried; a copy of it finds this row.

    Holds where the first one led, and nothing of what was written.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    mark = models.UUIDField()
    led_to = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["user", "mark"], name="sent_once")
        ]

    def __str__(self) -> str:
        return str(self.mark)
