"""The doors of this room. Each reads the input, finds the object through its gate, calls one function, and answers."""

from scoring.views.adjudications import (
    AdjudicationImagesView,
    AdjudicationPixelsView,
    AdjudicationsView,
    AdjudicationView,
    DisputeView,
    OwnAnswerView,
    PickView,
    SignAdjudicationView,
)
from scoring.views.charters import CharterView, FreezeCharterView, PrintedCharterView
from scoring.views.conduct import (
    CloseProblemView,
    DecideReopeningView,
    ProblemsView,
    ReopenView,
    RequestsView,
    SittingView,
)
from scoring.views.pool import LockView, ManifestsView, ReassignView, ReferencesView, RemindersView, UnblindingsView
from scoring.views.practice import PracticeView
from scoring.views.readings import (
    DeskView,
    OperationsView,
    ReadingImagesView,
    ReadingPixelsView,
    ReadingView,
    ReviewView,
    SignReadingView,
    WorklistView,
)
from scoring.views.results import AgreementFileView, AgreementView, BehindView, ExportFileView, ExportsView
from scoring.views.studies import AllocationView, InstrumentsView, ProgressView, StudiesView, StudyView

__all__ = [
    "AdjudicationImagesView",
    "AdjudicationPixelsView",
    "AdjudicationView",
    "AdjudicationsView",
    "AgreementFileView",
    "AgreementView",
    "AllocationView",
    "BehindView",
    "CharterView",
    "CloseProblemView",
    "DecideReopeningView",
    "DeskView",
    "DisputeView",
    "ExportFileView",
    "ExportsView",
    "FreezeCharterView",
    "InstrumentsView",
    "LockView",
    "ManifestsView",
    "OperationsView",
    "OwnAnswerView",
    "PickView",
    "PracticeView",
    "PrintedCharterView",
    "ProblemsView",
    "ProgressView",
    "ReadingImagesView",
    "ReadingPixelsView",
    "ReadingView",
    "ReassignView",
    "ReferencesView",
    "RemindersView",
    "ReopenView",
    "RequestsView",
    "ReviewView",
    "SignAdjudicationView",
    "SignReadingView",
    "SittingView",
    "StudiesView",
    "StudyView",
    "UnblindingsView",
    "WorklistView",
]
