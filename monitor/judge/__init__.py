"""The pure half of the judge: what it is shown, and what becomes of its reply.

template + facts + fenced answer → prompt ⇢ (asked elsewhere) ⇢ reply → judgements and claims
"""

from monitor.judge.choosing import drawn, judge_for, open_facts
from monitor.judge.fencing import Fenced, fenced
from monitor.judge.prompting import judge_prompt
from monitor.judge.quotes import quote_span
from monitor.judge.replies import (
    JudgeReply,
    JudgeScore,
    Recommendation,
    Sentiment,
    UncoveredClaim,
    read_reply,
)
from monitor.judge.templates import Template, read_template, rendered

__all__ = [
    "Fenced",
    "JudgeReply",
    "JudgeScore",
    "Recommendation",
    "Sentiment",
    "Template",
    "UncoveredClaim",
    "drawn",
    "fenced",
    "judge_for",
    "judge_prompt",
    "open_facts",
    "quote_span",
    "read_reply",
    "read_template",
    "rendered",
]
