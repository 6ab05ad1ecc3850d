"""The steps of the listing editor. A draft may lack anything; a listing beyond draft keeps what it needs."""

from breathingroom.directory.forms.editor.fee import FeeForm
from breathingroom.directory.forms.editor.hours import HoursForm
from breathingroom.directory.forms.editor.openings import OpeningsForm
from breathingroom.directory.forms.editor.step import StepForm
from breathingroom.directory.forms.editor.where import WhereForm
from breathingroom.directory.forms.editor.words import WordsForm
from breathingroom.directory.forms.editor.work import WorkForm
from breathingroom.directory.forms.editor.you import YouForm

__all__ = [
    "FeeForm",
    "HoursForm",
    "OpeningsForm",
    "StepForm",
    "WhereForm",
    "WordsForm",
    "WorkForm",
    "YouForm",
]
