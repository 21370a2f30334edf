"""What an export is made of, as plain values: one `Header` of a study, then one `CaseRecord` a case. Pure.

Every file of a bundle is a function of these and of nothing else, whoever made them: rows (scoring/gathering.py) or the
audit trail alone. People are named R1, R2, ... and ADJ1, ADJ2, ...; times are ISO 8601 in UTC, "" where there is none.

header      the study: instrument, charters, participants, allotments
cases       a case with its images, readings and consensus
readings    who looked, and what they said
decisions   what counts in the end, and what was decided on the way
canonical   all of it as JSON, and back
"""

from scoring.dossier.canonical import from_json, line_of, to_json
from scoring.dossier.cases import CaseRecord, ExamRecord, SeriesRecord, SliceRecord
from scoring.dossier.decisions import AdjudicationRecord, ConsensusRecord, DisputeRecord, FinalRecord
from scoring.dossier.header import (
    AuditDigest,
    CharterCopy,
    CovariateColumn,
    Header,
    InstrumentCopy,
    ItemCopy,
    Participant,
)
from scoring.dossier.readings import (
    AnswerRecord,
    PinRecord,
    ProblemRecord,
    ReadingRecord,
    SignatureRecord,
    SittingRecord,
    VersionRecord,
)

__all__ = [
    "AdjudicationRecord",
    "AnswerRecord",
    "AuditDigest",
    "CaseRecord",
    "CharterCopy",
    "ConsensusRecord",
    "CovariateColumn",
    "DisputeRecord",
    "ExamRecord",
    "FinalRecord",
    "Header",
    "InstrumentCopy",
    "ItemCopy",
    "Participant",
    "PinRecord",
    "ProblemRecord",
    "ReadingRecord",
    "SeriesRecord",
    "SignatureRecord",
    "SittingRecord",
    "SliceRecord",
    "VersionRecord",
    "from_json",
    "line_of",
    "to_json",
]
