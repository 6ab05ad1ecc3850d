"""Members: one row a person, known by an e-mail address they can read."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.core.privacy import classified
from breathingroom.people.choices import LONGEST_STAFF_MINUTES


class MemberManager(BaseUserManager["Member"]):
    """Makes members; there are no passwords here."""

    def create_user(self, email: str, password: None = None, **fields: Any) -> "Member":
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_unusable_password()
        member.save(using=self._db)
        return member


@classified(
    keep=_("until the member erases the account"),
    members="name",
    private="id email language time_zone joined_at last_login is_active is_staff is_moderator",
    secret="password",
)
class Member(AbstractBaseUser):
    """A clinician, licensed or in training, who signed up; staff are members too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    is_moderator = models.BooleanField(_("moderator"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="member_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email.partition("@")[0]

    @property
    def needs_second_factor(self) -> bool:
        """Whether this member holds a power that must not hang on one e-mail account."""
        return self.is_staff or self.is_moderator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Operators may do all in the staff pages; `staff` there guards the door."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff


@classified(
    keep=_("one year: a reason is part of how power is answered for"),
    private="id member reason began_at minutes ended_at",
)
class StaffSession(models.Model):
    """A stretch of time in which an operator may use the staff pages, for a reason they gave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="staff_sessions")
    reason = models.CharField(_("reason"), max_length=300)
    began_at = models.DateTimeField(_("began"), default=clock.now)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff session")
        verbose_name_plural = _("staff sessions")
        ordering = ["-began_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=LONGEST_STAFF_MINUTES),
                name="staff_session_is_at_most_an_hour",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="staff_session_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("began_at")),
                name="staff_session_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M} {self.reason}"

    @property
    def ends_at(self) -> dt.datetime:
        """When it is over by itself."""
        return self.began_at + dt.timedelta(minutes=self.minutes)

    def is_open(self, at: dt.datetime) -> bool:
        return self.ended_at is None and at < self.ends_at

    def minutes_left(self, at: dt.datetime) -> int:
        """Whole minutes left, rounded up; 0 when it is over."""
        return max(0, -int((at - self.ends_at).total_seconds() // 60)) if self.is_open(at) else 0


@classified(
    keep=_("until the member erases the account; withdrawn ones too, as the record of what was agreed when"),
    private="id member kind version given_at withdrawn_at",
)
class Consent(models.Model):
    """One text, in one version, that a member agreed to. The texts are in `consents.py`."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(_("kind"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"))
    given_at = models.DateTimeField(_("given"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "version"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_is_given_once_a_version",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_is_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
