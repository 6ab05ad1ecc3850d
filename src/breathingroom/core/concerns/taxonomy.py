"""The concerns of clinicians, grouped. Codes are stored: they are never renamed, only added to.

How people say them in everyday words is in `phrases.en.txt` and `phrases.es.txt`; `reading.py` matches those.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """A heading over some concerns."""

    code: str
    label: str | Promise


@dataclass(frozen=True)
class Concern:
    """Something a clinician carries."""

    code: str
    group: str
    label: str | Promise


GROUPS = (
    Group("work", _("What the work does to you")),
    Group("happened", _("Something has happened")),
    Group("self", _("You, in mind and body")),
    Group("life", _("Life beside the work")),
    Group("practice", _("How you work")),
    Group("path", _("Where you are on the path")),
)

CONCERNS = (
    Concern("burnout", "work", _("Burnout")),
    Concern("compassion_fatigue", "work", _("Compassion fatigue")),
    Concern("vicarious_trauma", "work", _("Vicarious trauma")),
    Concern("countertransference", "work", _("Countertransference")),
    Concern("moral_injury", "work", _("Moral injury")),
    Concern("hopelessness_about_work", "work", _("Losing hope in the work")),
    Concern("emotional_labour", "work", _("Always holding others")),
    Concern("client_suicide", "happened", _("Client suicide or death")),
    Concern("complaint", "happened", _("Complaints and licence fears")),
    Concern("threats_stalking", "happened", _("Being threatened or stalked")),
    Concern("mistake", "happened", _("A mistake at work")),
    Concern("disaster_work", "happened", _("Disaster or crisis work")),
    Concern("grief", "happened", _("Grief and loss")),
    Concern("anxiety", "self", _("Anxiety and worry")),
    Concern("depression", "self", _("Depression and low mood")),
    Concern("not_wanting_to_live", "self", _("Thoughts of not wanting to live")),
    Concern("own_trauma", "self", _("Your own trauma history")),
    Concern("perfectionism", "self", _("Perfectionism and feeling a fraud")),
    Concern("substance_use", "self", _("Alcohol and other habits")),
    Concern("sleep", "self", _("Sleep and rest")),
    Concern("illness_disability", "self", _("Your own illness or disability")),
    Concern("neurodivergence", "self", _("Being neurodivergent")),
    Concern("food_body", "self", _("Food and body")),
    Concern("relationship", "life", _("Couple and relationships")),
    Concern("parenting", "life", _("Parenting and practice")),
    Concern("caring_for_family", "life", _("Caring for family")),
    Concern("gender_sexuality", "life", _("Gender and sexuality")),
    Concern("racism_discrimination", "life", _("Racism and discrimination")),
    Concern("migration_culture", "life", _("Migration and belonging")),
    Concern("faith_meaning", "life", _("Faith and meaning")),
    Concern("money", "life", _("Money and security")),
    Concern("isolation", "practice", _("Isolation in practice")),
    Concern("overwork", "practice", _("Boundaries and overwork")),
    Concern("telehealth_fatigue", "practice", _("Telehealth fatigue")),
    Concern("workplace_conflict", "practice", _("Trouble at the workplace")),
    Concern("supervision_troubles", "practice", _("Trouble with supervision")),
    Concern("dual_relationships", "practice", _("Small worlds and being known")),
    Concern("creative_block", "practice", _("Creative block and play")),
    Concern("training_stress", "path", _("Training and school")),
    Concern("early_career", "path", _("Early career")),
    Concern("returning", "path", _("Returning after leave")),
    Concern("late_career", "path", _("Late career and retirement")),
    Concern("leaving_field", "path", _("Leaving the field")),
    Concern("leading_others", "path", _("Leading and teaching others")),
)

_BY_CODE = {concern.code: concern for concern in CONCERNS}


def by_code(code: str) -> Concern:
    """The concern with this code. Raises KeyError when there is none."""
    return _BY_CODE[code]


def choices() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """Grouped choices for a form: (group label, [(code, label), …]) in the order of the taxonomy."""
    return [
        (group.label, [(each.code, each.label) for each in CONCERNS if each.group == group.code])
        for group in GROUPS
    ]
