"""The doors of this room. Each reads the input, finds the object through its gate, calls one function, and answers."""

from scoring.views.adjudications import (
    AdjudicationImagesView,
    AdjudicationPixelsView,
    AdjudicationsView,
    AdjudicationView,
    DisputeView,
    SignAdjudicationView,
)
from scoring.views.audit import AuditReviewsView, AuditView, PrintedAuditView, SignaturesView
from scoring.views.charters import CharterView, FreezeCharterView, PrintedCharterView
from scoring.views.conduct import (
    CloseProblemView,
    DecideReopeningView,
    ProblemsView,
    ReopenView,
    RequestsView,
    SittingView,
)
from scoring.views.explanation import ExplainableCasesView, ExplainedCaseView, HistoryView
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
from scoring.views.studies import AllocationView, InstrumentsView, ProgressView, SlipsView, StudiesView, StudyView

__all__ = [
    "AdjudicationImagesView",
    "AdjudicationPixelsView",
    "AdjudicationView",
    "AdjudicationsView",
    "AgreementFileView",
    "AgreementView",
    "AllocationView",
    "AuditReviewsView",
    "AuditView",
    "BehindView",
    "CharterView",
    "CloseProblemView",
    "DecideReopeningView",
    "DeskView",
    "DisputeView",
    "ExplainableCasesView",
    "ExplainedCaseView",
    "ExportFileView",
    "ExportsView",
    "FreezeCharterView",
    "HistoryView",
    "InstrumentsView",
    "LockView",
    "ManifestsView",
    "OperationsView",
    "PracticeView",
    "PrintedAuditView",
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
    "SignaturesView",
    "SittingView",
    "SlipsView",
    "StudiesView",
    "StudyView",
    "UnblindingsView",
    "WorklistView",
]
