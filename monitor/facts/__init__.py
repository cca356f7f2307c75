"""What is true about a brand, and what answers make of it (MEASUREMENT.md, sections 5 and 6).

answer → passages (of whom does each speak?) → claims near a fact's subject → one verdict
sheet → problems, questions that ask a fact · verdicts → accuracy · fact → probes → scores
"""

from monitor.facts.checking import RULES_VERSION, asked_of, check_facts
from monitor.facts.figures import Accuracy, FactVerdict, accuracy
from monitor.facts.grading import (
    Grade,
    Outcome,
    ProbeAnswer,
    ProbeScores,
    graded,
    outcome,
    probe_scores,
)
from monitor.facts.probes import (
    Probe,
    ProbeKind,
    exchange,
    probe_questions,
    probed_by,
    probes,
)
from monitor.facts.sheet import (
    AskedFact,
    SheetProblem,
    SheetProblemKind,
    asked_facts,
    sheet_problems,
)

__all__ = [
    "RULES_VERSION",
    "Accuracy",
    "AskedFact",
    "FactVerdict",
    "Grade",
    "Outcome",
    "Probe",
    "ProbeAnswer",
    "ProbeKind",
    "ProbeScores",
    "SheetProblem",
    "SheetProblemKind",
    "accuracy",
    "asked_facts",
    "asked_of",
    "check_facts",
    "exchange",
    "graded",
    "outcome",
    "probe_questions",
    "probe_scores",
    "probed_by",
    "probes",
    "sheet_problems",
]
