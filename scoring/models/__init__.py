"""Instruments and charters; readings, scores and operations; consensus and adjudication; reports and exports."""

from scoring.models.blinding import Reminder, Repeat, SelfCheck, Sham, Slip, Unblinding
from scoring.models.charters import Allocation, Charter, SealedSeed
from scoring.models.conduct import (
    Problem,
    ProblemKind,
    ProblemState,
    Reopening,
    ReopeningState,
    SignedVersion,
    Sitting,
    Unlocking,
    UnlockingState,
)
from scoring.models.consensus import (
    Adjudication,
    AdjudicationState,
    Choice,
    Consensus,
    ConsensusState,
    Dispute,
    FinalScore,
    Method,
    WhyChosen,
)
from scoring.models.instruments import Instrument, Item, ItemKind
from scoring.models.operations import Desk, Operation, OperationKind, Outcome, Pin
from scoring.models.practice import Qualification, Reference
from scoring.models.readings import Reading, ReadingState, Score
from scoring.models.results import Export, ExportState, ReliabilityReport

__all__ = [
    "Adjudication",
    "AdjudicationState",
    "Allocation",
    "Charter",
    "Choice",
    "Consensus",
    "ConsensusState",
    "Desk",
    "Dispute",
    "Export",
    "ExportState",
    "FinalScore",
    "Instrument",
    "Item",
    "ItemKind",
    "Method",
    "Operation",
    "OperationKind",
    "Outcome",
    "Pin",
    "Problem",
    "ProblemKind",
    "ProblemState",
    "Qualification",
    "Reading",
    "ReadingState",
    "Reference",
    "ReliabilityReport",
    "Reminder",
    "Reopening",
    "ReopeningState",
    "Repeat",
    "Score",
    "SealedSeed",
    "SelfCheck",
    "Sham",
    "SignedVersion",
    "Sitting",
    "Slip",
    "Unblinding",
    "Unlocking",
    "UnlockingState",
    "WhyChosen",
]
