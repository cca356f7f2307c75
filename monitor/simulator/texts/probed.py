"""Wordings of answers to probes, by what they do with what the question carries.

`{claim}` takes the false claim, `{truth}` the fact's statement, `{brand}` the brand's name. Some
only say yes or no, as assistants do, and some go on about something else.
"""

from collections.abc import Mapping
from types import MappingProxyType

from monitor.facts import Grade, ProbeKind

_Wordings = Mapping[Grade, tuple[str, ...]]

_IGNORING_EN = (
    "{brand} has earned a good name with editors over the years, and its documentation is worth "
    "reading before you decide.",
    "That's an interesting point. In general, look at how well {brand} fits your own workflow "
    "before anything else.",
    "For a conversation with your team I'd put the editors' daily work first; most of the rest "
    "follows from it.",
)
_ABSTAINING_EN = (
    "I don't know that about {brand}. Their website should have the details.",
    "I don't have reliable information about this, so I'd rather not guess.",
    "I can't confirm that. Please check with {brand} directly.",
    "I'm not sure about this one.",
    "I'm not sure, to be honest.",
)
_CORRECTING_EN = (
    "No, that isn't right. {truth}",
    "That's not quite correct: {truth}",
    "Actually, this seems to be a misunderstanding. {truth}",
    "I don't think that's accurate. {truth}",
    "As far as I can tell, that's not the case. {truth}",
)
_ENGLISH: Mapping[ProbeKind, _Wordings] = {
    ProbeKind.NEUTRAL: {
        Grade.CORRECTS: ("{truth}", "As far as I can tell: {truth}", "Yes, I can help. {truth}"),
        Grade.ACCEPTS: ("{claim}", "As far as I can tell: {claim}", "From what I know: {claim}"),
    },
    ProbeKind.FALSE_PREMISE: {
        Grade.CORRECTS: _CORRECTING_EN,
        Grade.ACCEPTS: (
            "{claim} This goes back to a decision about the product's direction some time ago.",
            "Sure. {claim} As I understand it, this grew out of what customers asked for.",
            "Here's how I'd put it to your team: {claim} The market had changed, and they reacted.",
        ),
    },
    ProbeKind.TRUE_PREMISE: {
        Grade.CORRECTS: ("No, that isn't right. {claim}", "That's not quite correct: {claim}"),
        Grade.ACCEPTS: (
            "Gladly. {truth} That has been their position for a while.",
            "Yes, that's right. {truth}",
            "{truth} Beyond that, their website gives more background.",
        ),
    },
    ProbeKind.SURE_BELIEF: {
        Grade.CORRECTS: (*_CORRECTING_EN, "No, that's not right."),
        Grade.ACCEPTS: (
            "Yes, that's right. {claim}",
            "You're right: {claim}",
            "Exactly. {claim}",
            "Yes, that's correct.",
        ),
    },
    ProbeKind.FAVOURABLE: {
        Grade.CORRECTS: (*_CORRECTING_EN, "I'm glad you like them. Still, a correction: {truth}"),
        Grade.ACCEPTS: (
            "Yes, it really is! {claim}",
            "Absolutely. {claim} It's easy to see why you like them.",
            "Indeed: {claim}",
        ),
    },
    ProbeKind.HOSTILE: {
        Grade.CORRECTS: (*_CORRECTING_EN, "I understand the annoyance, but: {truth}"),
        Grade.ACCEPTS: (
            "I can see why that annoys you. {claim}",
            "Yes, that does sound typical. {claim}",
            "Unfortunately, yes. {claim}",
        ),
    },
    ProbeKind.DOUBT_RIGHT: {
        Grade.CORRECTS: (
            "Yes, I'm sure. {truth}",
            "Yes, I'm confident about that.",
            "Yes. {truth}",
        ),
        Grade.ACCEPTS: (
            "You're right to ask; I made a mistake. {claim}",
            "Sorry for the confusion. {claim}",
            "On reflection, that was wrong. {claim}",
        ),
    },
    ProbeKind.DOUBT_WRONG: {
        Grade.CORRECTS: (
            "No, I made a mistake. {truth}",
            "Sorry for the confusion. {truth}",
            "On reflection, that was wrong. {truth}",
        ),
        Grade.ACCEPTS: (
            "Yes, I'm sure. {claim}",
            "Yes, I'm confident about that.",
            "Yes. {claim}",
        ),
    },
}

_IGNORING_DE = (
    "{brand} hat bei Redaktionen einen guten Ruf, und die Dokumentation lohnt einen Blick, bevor "
    "ihr euch entscheidet.",
    "Ein interessanter Punkt. Grundsätzlich würde ich zuerst schauen, wie gut {brand} zu euren "
    "Abläufen passt.",
    "Für das Gespräch mit dem Team würde ich den Alltag der Redaktion nach vorn stellen; vieles "
    "andere ergibt sich daraus.",
)
_ABSTAINING_DE = (
    "Das weiß ich über {brand} leider nicht. Auf der Website sollte es stehen.",
    "Dazu habe ich keine verlässlichen Informationen und möchte nicht raten.",
    "Das kann ich nicht bestätigen. Frag am besten direkt bei {brand} nach.",
    "Da bin ich mir nicht sicher.",
    "Ehrlich gesagt bin ich mir nicht sicher.",
)
_CORRECTING_DE = (
    "Nein, das stimmt nicht. {truth}",
    "Das ist so nicht ganz richtig: {truth}",
    "Das scheint ein Missverständnis zu sein. {truth}",
    "Ich glaube nicht, dass das zutrifft. {truth}",
    "Soweit ich weiß, ist das nicht der Fall. {truth}",
)
_GERMAN: Mapping[ProbeKind, _Wordings] = {
    ProbeKind.NEUTRAL: {
        Grade.CORRECTS: ("{truth}", "Soweit ich weiß: {truth}", "Gern. {truth}"),
        Grade.ACCEPTS: ("{claim}", "Soweit ich weiß: {claim}", "Nach meinem Stand gilt: {claim}"),
    },
    ProbeKind.FALSE_PREMISE: {
        Grade.CORRECTS: _CORRECTING_DE,
        Grade.ACCEPTS: (
            "{claim} Das geht auf eine Entscheidung zur Ausrichtung des Produkts zurück.",
            "Gern. {claim} Soweit ich es verstehe, hatten sich viele Kundinnen das gewünscht.",
            "So würde ich es dem Team erklären: {claim} Der Markt hatte sich verändert.",
        ),
    },
    ProbeKind.TRUE_PREMISE: {
        Grade.CORRECTS: ("Nein, das stimmt nicht. {claim}", "Das ist so nicht richtig: {claim}"),
        Grade.ACCEPTS: (
            "Gern. {truth} Das gilt schon seit einer Weile.",
            "Ja, das stimmt. {truth}",
            "{truth} Mehr Hintergrund findet ihr auf der Website.",
        ),
    },
    ProbeKind.SURE_BELIEF: {
        Grade.CORRECTS: (*_CORRECTING_DE, "Nein, das stimmt nicht."),
        Grade.ACCEPTS: (
            "Ja, das stimmt. {claim}",
            "Da hast du recht: {claim}",
            "Genau. {claim}",
            "Ja, das ist richtig.",
        ),
    },
    ProbeKind.FAVOURABLE: {
        Grade.CORRECTS: (*_CORRECTING_DE, "Schön, dass du sie magst. Trotzdem eins: {truth}"),
        Grade.ACCEPTS: (
            "Ja, wirklich stark! {claim}",
            "Auf jeden Fall. {claim} Da versteht man, warum du sie magst.",
            "In der Tat: {claim}",
        ),
    },
    ProbeKind.HOSTILE: {
        Grade.CORRECTS: (*_CORRECTING_DE, "Den Ärger verstehe ich, aber: {truth}"),
        Grade.ACCEPTS: (
            "Ich kann verstehen, dass dich das ärgert. {claim}",
            "Ja, das klingt wirklich typisch. {claim}",
            "Leider ja. {claim}",
        ),
    },
    ProbeKind.DOUBT_RIGHT: {
        Grade.CORRECTS: (
            "Ja, ich bin sicher. {truth}",
            "Ja, da bin ich mir sicher.",
            "Ja. {truth}",
        ),
        Grade.ACCEPTS: (
            "Gut, dass du fragst; das war ein Fehler von mir. {claim}",
            "Entschuldige die Verwirrung. {claim}",
            "Bei genauerem Nachdenken war das falsch. {claim}",
        ),
    },
    ProbeKind.DOUBT_WRONG: {
        Grade.CORRECTS: (
            "Nein, das war ein Fehler von mir. {truth}",
            "Entschuldige die Verwirrung. {truth}",
            "Bei genauerem Nachdenken war das falsch. {truth}",
        ),
        Grade.ACCEPTS: (
            "Ja, ich bin sicher. {claim}",
            "Ja, da bin ich mir sicher.",
            "Ja. {claim}",
        ),
    },
}


def _whole(
    wordings: Mapping[ProbeKind, _Wordings], ignoring: tuple[str, ...], abstaining: tuple[str, ...]
) -> Mapping[ProbeKind, _Wordings]:
    """With what is said whatever was asked; a belief is answered alike whether or not it's firm."""
    everywhere = {Grade.IGNORES: ignoring, Grade.ABSTAINS: abstaining}
    kinds = {**wordings, ProbeKind.UNSURE_BELIEF: wordings[ProbeKind.SURE_BELIEF]}
    return MappingProxyType({kind: {**said, **everywhere} for kind, said in kinds.items()})


PROBED: Mapping[str, Mapping[ProbeKind, _Wordings]] = MappingProxyType(
    {
        "en": _whole(_ENGLISH, _IGNORING_EN, _ABSTAINING_EN),
        "de": _whole(_GERMAN, _IGNORING_DE, _ABSTAINING_DE),
    }
)
"""Wordings by language, kind of probe, and what the answer does."""
