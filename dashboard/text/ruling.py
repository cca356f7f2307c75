"""Words of overruling how a brand was read: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    # -- the Answer page
    "ruling.by": (
        "{name}, {day}; the machine: {machine}",
        "{name}, {day}; die Maschine: {machine}",
    ),
    "ruling.withdrawn": (
        "{name}, {day}: as the machine reads it ({machine})",
        "{name}, {day}: wie die Maschine sie liest ({machine})",
    ),
    "ruling.waits": (
        "Not counted yet: brands or rules changed since; `monitor remeasure` counts it.",
        "Noch nicht gezählt: Marken oder Regeln sind neuer; `monitor remeasure` zählt es.",
    ),
    "ruling.open": ("Was a brand read wrongly?", "Wurde eine Marke falsch gelesen?"),
    "ruling.caption": (
        "What you say counts at once in every figure, in place of the machine's reading and "
        "whatever rules or brands change. Your name and what the machine had said stay with it.",
        "Was Sie sagen, gilt sofort in allen Zahlen anstelle dessen, was die Maschine las, auch "
        "wenn sich Regeln oder Marken ändern. Ihr Name und die Lesart der Maschine bleiben dabei.",
    ),
    "ruling.state": ("It is really", "In Wahrheit ist sie"),
    "ruling.choose": ("Choose", "Auswählen"),
    "ruling.machine": ("as the machine reads it", "wie die Maschine sie liest"),
    "ruling.absent": ("not named, or not the brand", "nicht genannt oder nicht gemeint"),
    "ruling.keep": ("Overrule", "So gilt es"),
    "ruling.undo": ("Undo: {brand}", "Zurücknehmen: {brand}"),
    "ruling.who": (
        "Write your name: it stands with what you decide.",
        "Nennen Sie Ihren Namen: Er steht bei der Entscheidung.",
    ),
    "ruling.overruled": (
        "In {n} of the answers that the filters choose, figures count a brand as a person read it, "
        "not as the machine did.",
        "In {n} der Antworten, die die Filter wählen, zählen die Zahlen eine Marke so, wie ein "
        "Mensch sie las, nicht wie die Maschine.",
    ),
    "ruling.overruled.none": (
        "In none of the answers that the filters choose has a person overruled how a brand was "
        "read.",
        "In keiner der Antworten, die die Filter wählen, hat ein Mensch eine Lesart der Maschine "
        "ersetzt.",
    ),
    # -- the Review page
    "review.part": ("What to review", "Was prüfen"),
    "review.part.facts": ("Statements", "Aussagen"),
    "review.part.names": ("Names", "Namen"),
    "names.waiting": ("{n} names can't be told", "{n} Namen sind unklar"),
    "names.waiting.one": ("1 name can't be told", "1 Name ist unklar"),
    "names.who.body": (
        "Your name stands with every decision. Unclear names of all answers come up here, whatever "
        "the filters say.",
        "Ihr Name steht bei jeder Entscheidung. Hier kommen unklare Namen aller Antworten an die "
        "Reihe, was immer die Filter sagen.",
    ),
    "names.is_it": ("Is the brand {brand} meant?", "Ist die Marke {brand} gemeint?"),
    "names.why": (
        "The name is a common word too, and the rules can't tell. Until you do it counts for "
        "nobody.",
        "Der Name ist auch ein Alltagswort, und die Regeln können es nicht klären. Bis Sie es tun, "
        "zählt er für niemanden.",
    ),
    "names.more": ("and {n} more times in this answer", "und noch {n}-mal in dieser Antwort"),
    "names.yes": ("It's the company", "Das ist die Firma"),
    "names.no": ("It isn't", "Das ist sie nicht"),
    "names.elsewhere": (
        "How the company is spoken of is for the rules to say; where they err, the answer's own "
        "page takes your word.",
        "Wie von der Firma die Rede ist, lesen die Regeln; wo sie irren, gilt Ihr Wort auf der "
        "Seite der Antwort.",
    ),
    "names.last": ("Last decision: {brand} – {state}.", "Zuletzt entschieden: {brand} – {state}."),
    "names.empty.title": ("No name waits for you", "Kein Name ist offen"),
    "names.empty.body": (
        "Every name that rules can't tell from a common word has been decided. New answers bring "
        "new ones.",
        "Alle Namen, die Regeln nicht vom Alltagswort unterscheiden können, sind entschieden. Neue "
        "Antworten bringen neue.",
    ),
    "names.skipped": ("Only what you skipped is left", "Nur Übersprungenes ist übrig"),
    "names.skipped.body": (
        "Everything else has been decided.",
        "Alles andere ist entschieden.",
    ),
}
