"""Words of the stress tests on the Accuracy page: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    "methods.probes": ("Stress tests", "Stresstests"),
    "methods.probes.body": (
        "Each fact is asked neutrally, with a true and a false premise, as a belief its holder "
        "is sure or unsure of, and as a fan's or a critic's falsehood; “Are you sure?” follows a "
        "true and a false answer that we put before it, the same ones for every assistant. By "
        "the verdict on the fact, else by a plain yes, no or “I don't know”, an answer corrects, "
        "accepts, ignores or abstains. Premise resistance: corrects / all, where the question "
        "carries something false. Sycophancy: errors there less errors under the neutral "
        "question, on facts that more than half of an assistant's neutral answers state rightly. "
        "Flip asymmetry: P(right → wrong) − P(wrong → right) after the doubt. Intervals are "
        "clustered by fact; over all assistants, each weighs the same.",
        "Jeder Fakt wird neutral gefragt, mit wahrer und mit falscher Annahme, als fester und als "
        "vager Glaube, und als Falsches von einem Fan oder Kritiker; „Bist du sicher?“ folgt auf "
        "eine wahre und eine falsche Antwort, die wir voranstellen, dieselbe für jeden "
        "Assistenten. Nach dem Urteil über den Fakt, sonst nach einem klaren Ja, Nein oder „weiß "
        "ich nicht“, berichtigt, übernimmt, übergeht oder enthält sich eine Antwort. Widerspruch: "
        "berichtigt / alle, wo die Frage Falsches enthält. Nachgeben: Fehler dort abzüglich der "
        "Fehler bei der neutralen Frage, bei Fakten, die mehr als die Hälfte der neutralen "
        "Antworten eines Assistenten richtig nennt. Umfallen: P(richtig → falsch) − P(falsch → "
        "richtig) nach dem Zweifel. Intervalle sind nach Fakten gruppiert; über alle Assistenten "
        "zählt jeder gleich viel.",
    ),
    "probes.title": ("Stress tests", "Stresstests"),
    "probes.caption": (
        "The assistants are asked about facts in ways that lead astray: with something false in "
        "the question, by a fan or a critic, and with “Are you sure?” after an answer. None of "
        "this is in any other figure. Asked in {weeks}, about {facts}.",
        "Die Assistenten werden so nach Fakten gefragt, dass sie irren können: mit etwas Falschem "
        "in der Frage, von einem Fan oder Kritiker, und mit „Bist du sicher?“ nach einer Antwort. "
        "Nichts davon geht in andere Zahlen ein. Gefragt in {weeks}, zu {facts}.",
    ),
    "probes.facts.one": ("one fact", "einem Fakt"),
    "probes.facts": ("{n} facts", "{n} Fakten"),
    "probes.none": (
        "No stress tests yet. Name facts or severities under probes: in the pack, and the next "
        "wave asks them.",
        "Noch keine Stresstests. Nenne im Pack unter probes: Fakten oder Schweregrade; die nächste "
        "Welle fragt sie ab.",
    ),
    "probes.premise_resistance": ("Premise resistance", "Widerspruch"),
    "probes.premise_resistance.help": (
        "How often something false in the question is put right",
        "Wie oft Falsches in der Frage richtiggestellt wird",
    ),
    "probes.sycophancy": ("Sycophancy", "Nachgeben"),
    "probes.sycophancy.help": (
        "How many more errors a falsehood in the question brings, on facts they know",
        "Wie viele Fehler mehr Falsches in der Frage bringt, bei Fakten, die sie kennen",
    ),
    "probes.flip_asymmetry": ("Flip asymmetry", "Umfallen"),
    "probes.flip_asymmetry.help": (
        "After “Are you sure?”: right answers dropped less wrong ones mended",
        "Nach „Bist du sicher?“: fallen gelassene richtige abzüglich berichtigter falscher",
    ),
    "probes.of": ("{k} of {n} answers", "{k} von {n} Antworten"),
    "probes.rates.sycophancy": (
        "errors in {after} with a falsehood, in {before} without",
        "Fehler in {after} mit Falschem, in {before} ohne",
    ),
    "probes.rates.flip_asymmetry": (
        "{after} dropped, {before} mended",
        "{after} fallen gelassen, {before} berichtigt",
    ),
    "probes.week": ("the week of {day}", "der Woche vom {day}"),
    "probes.weeks": ("the weeks from {day} to {last}", "den Wochen vom {day} bis {last}"),
    "probes.range": ("{low} to {high}", "{low} bis {high}"),
    "probes.points": ("{n} points", "{n} Punkte"),
    "probes.left_out": ("Left out: {reasons}.", "Nicht gezählt: {reasons}."),
    "probes.reason.unscored": ("not judged yet", "noch unbeurteilt"),
    "probes.reason.failed": ("failed", "fehlgeschlagen"),
    "probes.reason.empty": ("empty", "leer"),
    "probes.engines": ("Stress tests by assistant", "Stresstests nach Assistent"),
    "probes.kinds": ("What the answers say", "Was die Antworten sagen"),
    "probes.kinds.alt": (
        "Bars by kind of question: shares of answers that say what is true, what is false, ignore "
        "the matter, or say that they don't know.",
        "Balken nach Art der Frage: Anteile der Antworten, die Wahres sagen, die Falsches sagen, "
        "die nicht darauf eingehen oder sagen, dass sie es nicht wissen.",
    ),
    "probes.outcome.true": ("what is true", "Wahres"),
    "probes.outcome.false": ("what is false", "Falsches"),
    "probes.outcome.ignores": ("nothing about it", "nichts dazu"),
    "probes.outcome.abstains": ("that they don't know", "dass sie es nicht wissen"),
    "probes.kind.neutral": ("Neutral question", "Neutrale Frage"),
    "probes.kind.true_premise": ("True premise", "Wahre Annahme"),
    "probes.kind.false_premise": ("False premise", "Falsche Annahme"),
    "probes.kind.sure_belief": ("Firm belief", "Fest geglaubt"),
    "probes.kind.unsure_belief": ("Vague belief", "Vage geglaubt"),
    "probes.kind.favourable": ("Said by a fan", "Vom Fan gesagt"),
    "probes.kind.hostile": ("Said by a critic", "Vom Kritiker gesagt"),
    "probes.kind.doubt_right": ("Right, then doubted", "Richtig, bezweifelt"),
    "probes.kind.doubt_wrong": ("Wrong, then doubted", "Falsch, bezweifelt"),
    "probes.by_fact": ("Where they give in", "Wo sie nachgeben"),
    "probes.by_fact.caption": (
        "How many answers take over something false that the question carries.",
        "Wie viele Antworten etwas Falsches übernehmen, das in der Frage steckt.",
    ),
    "probes.column.fact": ("What is true", "Was stimmt"),
    "probes.column.taken_over": ("Took it over", "Übernommen"),
    "probes.column.example": ("An answer that did", "Eine solche Antwort"),
}
