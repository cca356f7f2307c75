"""What stands in an answer: mentions, citations, and how it stands to the facts.

Mentions and citations are made by the dozen for every answer: named tuples, which are made three
times as fast as frozen dataclasses.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from monitor.types.answers import Span


class MentionState(StrEnum):
    """How an answer speaks of a brand (MEASUREMENT.md, section 2)."""

    RECOMMENDED = "recommended"
    MENTIONED = "mentioned"
    WARNED_AGAINST = "warned_against"
    DECLINED = "declined"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"

    @property
    def visible(self) -> bool:
        """Whether the brand counts as visible in the answer."""
        return self in _VISIBLE_STATES


# A tuple, for members of an enumeration are told apart faster than hashed.
_VISIBLE_STATES = (
    MentionState.RECOMMENDED,
    MentionState.MENTIONED,
    MentionState.WARNED_AGAINST,
)


class Owner(StrEnum):
    """To whom a cited domain belongs."""

    OURS = "ours"
    RIVAL = "rival"
    THIRD_PARTY = "third_party"


class SourceKind(StrEnum):
    """What sort of site a cited domain is."""

    EDITORIAL = "editorial"
    COMMUNITY = "community"
    SHOP = "shop"
    VENDOR = "vendor"
    ENCYCLOPAEDIA = "encyclopaedia"
    SOCIAL = "social"
    OTHER = "other"


class Mention(NamedTuple):
    """How one answer speaks of one brand.

    `rank` is the 1-based place of the brand's first item over all recommendation items of the
    answer, None in prose; `order` is the 1-based order of first mention among visible brands.
    `list_no`, `list_position` and `list_size` say which list that item is in, and where.
    """

    brand: str
    state: MentionState
    spans: tuple[Span, ...] = ()
    rank: int | None = None
    order: int | None = None
    list_no: int | None = None
    list_position: int | None = None
    list_size: int | None = None


class Citation(NamedTuple):
    """A page that an answer cites: `url` normalised, `domain` its registrable domain.

    `brand` is the tracked brand that owns the domain, "" for third parties; `redirect` marks a
    provider's redirect address whose target the answer doesn't name.
    """

    url: str
    domain: str
    owner: Owner
    kind: SourceKind = SourceKind.OTHER
    brand: str = ""
    title: str = ""
    cited: bool = True
    redirect: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the matcher reads out of one answer.

    `mentions` has one record for every tracked brand, absent ones included, in the order in
    which the brands were given.
    """

    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...] = ()
    unknown_names: tuple[str, ...] = ()


class Verdict(StrEnum):
    """How an answer stands to a fact (MEASUREMENT.md, section 5)."""

    CORRECT = "correct"
    INCORRECT = "incorrect"
    OUTDATED = "outdated"
    NOT_STATED = "not_stated"
    UNVERIFIABLE = "unverifiable"


class JudgedBy(StrEnum):
    """Who came to a judgement."""

    RULES = "rules"
    JUDGE = "judge"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one answer stands to one fact, and the words of the answer that say so.

    `quote` is literally `span` of the raw answer; both are empty where nothing is stated. `version`
    names the rules, or the judge's template and model. `confidence` goes from 0 to 1, None where
    it's unknown. `promise`: the answer promises what the brand doesn't offer. `note` says why a
    verdict is open.
    """

    fact_id: str
    verdict: Verdict
    method: JudgedBy
    version: str
    span: Span | None = None
    quote: str = ""
    confidence: float | None = None
    promise: bool = False
    note: str = ""
