"""Studies, centres, teams; subjects, covariates; exams, series, instances; cases and checks; uploads and verdicts."""

from studies.models.cases import Case, CaseState, Decision, QualityCheck, Query, QueryState
from studies.models.covariates import Covariate, CovariateKind, CovariateTable, CovariateValue
from studies.models.gate import ADMINISTRATOR, BLINDED, Code, Gated, Role, studies_open_to
from studies.models.images import (
    Exam,
    ExamFacts,
    Instance,
    Plane,
    RoleSource,
    Series,
    SeriesRole,
    Sex,
    Subject,
    Vendor,
)
from studies.models.study import Centre, MachineAccount, Membership, Study
from studies.models.uploads import Upload, UploadedFile, UploadState, Verdict

__all__ = [
    "ADMINISTRATOR",
    "BLINDED",
    "Case",
    "CaseState",
    "Centre",
    "Code",
    "Covariate",
    "CovariateKind",
    "CovariateTable",
    "CovariateValue",
    "Decision",
    "Exam",
    "ExamFacts",
    "Gated",
    "Instance",
    "MachineAccount",
    "Membership",
    "Plane",
    "QualityCheck",
    "Query",
    "QueryState",
    "Role",
    "RoleSource",
    "Series",
    "SeriesRole",
    "Sex",
    "Study",
    "Subject",
    "Upload",
    "UploadState",
    "UploadedFile",
    "Vendor",
    "Verdict",
    "studies_open_to",
]
