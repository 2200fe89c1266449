"""THE PAPER IN THE OFFICE: documents, their clauses, operations, files read, snapshots."""

from documents.models.clause import Clause
from documents.models.delivery import Delivery
from documents.models.document import Document, Recipient
from documents.models.intake import Intake
from documents.models.log import DocumentLog
from documents.models.operation import Operation
from documents.models.register import (
    Congress,
    Numbering,
    NumberSeries,
    RegisterEntry,
    RegisterLog,
    SharedNumber,
)
from documents.models.review import ClauseRemark, Decision, ReviewRoute, ReviewStep, ReviewTurn
from documents.models.signing import (
    CoSigner,
    SignedCopy,
    SigningBatch,
    SigningJob,
    SigningKey,
    SigningPractice,
    SigningRefusal,
    TrustAnchor,
)
from documents.models.silence import DisabledCheck, Silence
from documents.models.snapshot import Snapshot
from documents.models.version import Version

__all__ = [
    "Clause",
    "ClauseRemark",
    "CoSigner",
    "Congress",
    "Decision",
    "Delivery",
    "DisabledCheck",
    "Document",
    "DocumentLog",
    "Intake",
    "NumberSeries",
    "Numbering",
    "Operation",
    "Recipient",
    "RegisterEntry",
    "RegisterLog",
    "ReviewRoute",
    "ReviewStep",
    "ReviewTurn",
    "SharedNumber",
    "SignedCopy",
    "SigningBatch",
    "SigningJob",
    "SigningKey",
    "SigningPractice",
    "SigningRefusal",
    "Silence",
    "Snapshot",
    "TrustAnchor",
    "Version",
]
