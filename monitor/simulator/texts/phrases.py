"""The wordings of one language that simulated answers are put together from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """A language's wordings; every field is a choice of interchangeable templates.

    Slots: `{a}` and `{b}` are brands, `{a:g}` is a brand's possessive or genitive, `{a:-x}` a
    compound with it; `{plus}`, `{who}`, `{field}` and `{con}` are filled from the fields of
    that name. Nothing but brand slots may name a brand.
    """

    lang: str
    list_intros: tuple[str, ...]
    prose_intros: tuple[str, ...]
    closings: tuple[str, ...]
    nameless: tuple[str, ...]
    plus: tuple[str, ...]
    """Short noun phrases that praise: "a clear editor"."""
    who: tuple[str, ...]
    field: tuple[str, ...]
    con: tuple[str, ...]
    """Whole clauses that name a drawback, starting in lower case."""
    praise: tuple[str, ...]
    """Whole sentences on a list item, without its name."""
    versus: tuple[str, ...]
    """Sentences on a list item that hold a merely mentioned brand `{b}`."""
    recommends: tuple[str, ...]
    prefers: tuple[str, ...]
    """Sentences that recommend `{a}` and merely mention `{b}`."""
    mentions: tuple[str, ...]
    mention_pairs: tuple[str, ...]
    warnings: tuple[str, ...]
    declines: tuple[str, ...]
    more: tuple[str, ...]
    """Second sentences about a brand that was named before."""
    checklist_intros: tuple[str, ...]
    checklist: tuple[str, ...]
    step_intros: tuple[str, ...]
    steps: tuple[str, ...]
    group_titles: tuple[str, ...]
    section_titles: tuple[str, ...]
    table_heads: tuple[tuple[str, str, str], ...]
    best_for: tuple[str, ...]
    pros: tuple[str, ...]
    """Labels for an item's strength in a list below it, each with `{plus}`."""
    cons: tuple[str, ...]
    source_label: str
    refusals: tuple[str, ...]
