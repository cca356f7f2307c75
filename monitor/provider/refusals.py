"""Whether an answer only declines: the model's words, in English and German."""

import re

_LONGEST_REFUSAL = 400
_MOST_SENTENCES = 4

_DECLINES = re.compile(
    r"""^(?:(?:i'?m|i\ am|we'?re|es\ tut\ mir|tut\ mir|sorry|i\ apologi[sz]e|my\ apologies
        |apologies|leider|entschuldigung|unfortunately)\b[^.!?]{0,40}?)?
    (?:
      \b(?:i|we)\s(?:can'?t|cannot|can\ not|won'?t|must\ decline|have\ to\ decline|decline
        |(?:am|'m|are)\s(?:unable|not\ able|not\ allowed))\b
      .{0,20}?\b(?:help|assist|answer|comply|discuss|fulfil|fulfill|respond|engage|do\ that
        |provide|recommend|continue|to\ this|this\ request)\b
    | \bi'm\s(?:unable|not\ able|not\ allowed)\ to\s(?:help|assist|answer|comply|discuss|fulfil
        |respond|engage|provide|recommend)\b
    | (?:(?:dabei|dazu|damit|da|hier|hierbei|das|darauf|diese\ frage|bei\ dieser\ frage)\s)?
      \b(?:ich|wir)?\s?(?:kann|darf|können|dürfen|möchte)\s?(?:ich|wir)?\b.{0,60}?
      \b(?:nicht|keine?n?|leider\ nicht)\b.{0,60}?
      \b(?:helfen|beantworten|weiterhelfen|unterstützen|behilflich|eingehen|geben|nachkommen
        |antworten|empfehlen)\b
    )""",
    re.I | re.X,
)
_EMPTY_WORDS = re.compile(
    r"""^(?:i'?m\ (?:very\ |really\ )?sorry|sorry|(?:es\ )?tut\ mir\ (?:sehr\ )?leid|entschuldigung
    |(?:is\ there|if\ you|let\ me\ know|feel\ free|please\ (?:ask|let)|but\ i'?m\ happy
      |i'?d\ be\ happy|how\ else|what\ else|can\ i\ help)\b.*
    |(?:wenn\ sie|falls\ sie|gibt\ es|kann\ ich\ ihnen|gerne
      |bitte\ (?:fragen|wenden)|sollten\ sie)\b.*
    )[.!?]?$""",
    re.I | re.X,
)
_ANSWERS_AFTER_ALL = re.compile(
    r"\b(?:but here|however|instead,? (?:i|you|here)|that said|aber hier|jedoch|stattdessen"
    r"|allerdings|dennoch)\b|^\s*(?:[-*•|#]|\d+[.)])\s",
    re.I | re.M,
)


def only_declines(text: str) -> bool:
    """Whether `text` as a whole is a refusal: short, declining, with nothing else in it.

    "I couldn't find information about Acme" is an answer (the brand is *declined* in it), and so
    is a text that declines a part and then answers.
    """
    plain = text.strip().replace("’", "'").replace("**", "")
    if not plain or len(plain) > _LONGEST_REFUSAL or _ANSWERS_AFTER_ALL.search(plain):
        return False
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+", plain) if part.strip()]
    if len(sentences) > _MOST_SENTENCES:
        return False
    declining = [bool(_DECLINES.search(sentence)) for sentence in sentences]
    return any(declining) and all(
        declines or bool(_EMPTY_WORDS.search(sentence))
        for declines, sentence in zip(declining, sentences, strict=True)
    )
