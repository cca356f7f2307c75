"""The records and closed sets that every other module speaks in.

One word per thing: a *question* asked of an *engine* in a *locale* by a *persona* is a *cell*;
a cell is asked `repeats` times in a *wave*; each repeat gives one *answer*; in it stand
*mentions* of brands and *citations* of sources.

Datetimes are aware and in UTC. Offsets are Python string indices into the raw answer text.
"""

from monitor.types.answers import (
    SIMULATOR_NONCE_HEADER,
    Answer,
    AnswerStatus,
    Cell,
    Origin,
    Source,
    Span,
)
from monitor.types.found import (
    Citation,
    Extraction,
    JudgedBy,
    Judgement,
    Mention,
    MentionState,
    Owner,
    SourceKind,
    Verdict,
)
from monitor.types.journalled import (
    Adoption,
    AlertMoved,
    AlertOpened,
    AlertState,
    Delivery,
    Entry,
    Note,
    Slot,
    Wave,
    WaveEnd,
    WaveOutcome,
)
from monitor.types.judged import Judging, Review, ReviewSample
from monitor.types.measured import (
    Brand,
    Budget,
    Engine,
    Fact,
    FactScalar,
    FactType,
    FactValue,
    Intent,
    Json,
    JsonScalar,
    Judges,
    Pack,
    Persona,
    Prices,
    Question,
    Schedule,
    Severity,
)
from monitor.types.vendors import vendor_of

__all__ = [
    "SIMULATOR_NONCE_HEADER",
    "Adoption",
    "AlertMoved",
    "AlertOpened",
    "AlertState",
    "Answer",
    "AnswerStatus",
    "Brand",
    "Budget",
    "Cell",
    "Citation",
    "Delivery",
    "Engine",
    "Entry",
    "Extraction",
    "Fact",
    "FactScalar",
    "FactType",
    "FactValue",
    "Intent",
    "Json",
    "JsonScalar",
    "JudgedBy",
    "Judgement",
    "Judges",
    "Judging",
    "Mention",
    "MentionState",
    "Note",
    "Origin",
    "Owner",
    "Pack",
    "Persona",
    "Prices",
    "Question",
    "Review",
    "ReviewSample",
    "Schedule",
    "Severity",
    "Slot",
    "Source",
    "SourceKind",
    "Span",
    "Verdict",
    "Wave",
    "WaveEnd",
    "WaveOutcome",
    "vendor_of",
]
