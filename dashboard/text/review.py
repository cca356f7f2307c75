"""Words of Review: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    "page.review": ("Review", "Prüfen"),
    "review.who": ("Who reviews?", "Wer prüft?"),
    "review.who.body": (
        "Your name stands with every verdict. Two people never get the same item at once. All "
        "that waits comes up here, whatever the filters say.",
        "Ihr Name steht bei jedem Urteil. Zwei Menschen bekommen nie zugleich denselben Fall. "
        "Hier kommt alles Offene an die Reihe, was immer die Filter sagen.",
    ),
    "review.who.label": ("Your name", "Ihr Name"),
    "review.who.start": ("Start", "Anfangen"),
    "review.who.other": ("Someone else", "Jemand anders"),
    "review.as": (
        "Reviewing as {name}. The filters don't apply here.",
        "Es prüft: {name}. Die Filter gelten hier nicht.",
    ),
    "review.waiting": ("{n} waiting", "{n} offen"),
    "review.waiting.critical": (
        "{n} waiting, {critical} of them critical",
        "{n} offen, davon {critical} kritisch",
    ),
    "review.why": ("Why this one", "Warum dieser Fall"),
    "review.reason.critical": (
        "It contradicts a critical fact.",
        "Die Antwort widerspricht einem kritischen Fakt.",
    ),
    "review.reason.disagreement": (
        "Rules, judges or answers to the same question disagree.",
        "Regeln, Prüfmodelle oder Antworten auf dieselbe Frage widersprechen sich.",
    ),
    "review.reason.uncertain": ("The machine isn't sure.", "Die Maschine ist sich nicht sicher."),
    "review.reason.contradiction": (
        "It contradicts a fact.",
        "Die Antwort widerspricht einem Fakt.",
    ),
    "review.reason.open": (
        "The machine can't tell whether it's true.",
        "Ob das stimmt, kann die Maschine nicht sagen.",
    ),
    "review.reason.random": (
        "Drawn at random, to see how far the machine can be trusted. Its verdict is hidden until "
        "you have decided.",
        "Zufällig gezogen, um zu sehen, wie weit der Maschine zu trauen ist. Ihr Urteil bleibt "
        "verborgen, bis Sie entschieden haben.",
    ),
    "review.reason.chosen": (
        "You took your verdict back.",
        "Sie haben Ihr Urteil zurückgenommen.",
    ),
    "review.sheet": ("The sheet says", "Das Faktenblatt sagt"),
    "review.sheet.none": (
        "The fact {fact} isn't in the sheet any more.",
        "Den Fakt {fact} gibt es im Faktenblatt nicht mehr.",
    ),
    "review.sheet.earlier": ("Earlier: {values}", "Früher: {values}"),
    "review.sheet.since": ("Since {day}", "Seit {day}"),
    "review.sheet.until": ("Until {day}", "Bis {day}"),
    "review.sheet.negatives": ("Not offered: {values}", "Nicht im Angebot: {values}"),
    "review.sheet.source": ("Source", "Quelle"),
    "review.say": ("They say", "Die Antwort sagt"),
    "review.say.nothing": (
        "The machine found no statement on this.",
        "Dazu hat die Maschine keine Aussage gefunden.",
    ),
    "review.say.hidden": (
        "Read the answer: what does it say of this? Our brand is marked.",
        "Lesen Sie die Antwort: Was sagt sie dazu? Unsere Marke ist hervorgehoben.",
    ),
    "review.machine": ("The machine says", "Die Maschine sagt"),
    "review.machine.by": ("by {who}", "laut {who}"),
    "review.method.rules": ("rules {version}", "Regeln {version}"),
    "review.method.judge": ("judge {version}", "Prüfmodell {version}"),
    "review.method.person": ("a person", "ein Mensch"),
    "review.promise": (
        "It promises what isn't offered.",
        "Sie verspricht, was es nicht gibt.",
    ),
    "severity.critical": ("critical", "kritisch"),
    "severity.major": ("major", "wichtig"),
    "severity.minor": ("minor", "nebensächlich"),
    "verdict.correct": ("true", "richtig"),
    "verdict.incorrect": ("false", "falsch"),
    "verdict.outdated": ("outdated", "veraltet"),
    "verdict.not_stated": ("not stated", "nicht gesagt"),
    "verdict.unverifiable": ("can't be told", "nicht zu klären"),
    "verdict.none": ("unsure", "unsicher"),
    "review.agree": ("Agree", "Stimmt"),
    "review.wrong": ("Wrong", "Stimmt nicht"),
    "review.unsure": ("Unsure", "Unsicher"),
    "review.skip": ("Skip", "Überspringen"),
    "review.undo": ("Undo", "Zurücknehmen"),
    "review.instead": ("What it really says is:", "Was die Antwort sagt, ist in Wahrheit:"),
    "review.choose": ("What the answer says is:", "Was die Antwort sagt, ist:"),
    "review.note": ("Note", "Notiz"),
    "review.note.hint": ("Optional, kept with the verdict", "Freiwillig, steht beim Urteil"),
    "review.last": ("Last verdict: {verdict}.", "Letztes Urteil: {verdict}."),
    "review.last.revealed": (
        "Last verdict: {verdict}; the machine said {machine}.",
        "Letztes Urteil: {verdict}; die Maschine sagte {machine}.",
    ),
    "review.answer": ("The answer", "Die Antwort"),
    "review.open": ("Open the answer", "Antwort öffnen"),
    "review.empty.title": ("Nothing waits for review", "Nichts zu prüfen"),
    "review.empty.body": (
        "Every contradiction, doubt and random item has been decided. New answers bring new ones.",
        "Alle Widersprüche, Zweifel und Zufallsfälle sind entschieden. Neue Antworten bringen "
        "neue.",
    ),
    "review.empty.unjudged": (
        "No answer of this pack has been held against the fact sheet yet. Facts about the brand "
        "stand in prompts/facts; then:",
        "Noch wurde keine Antwort dieses Pakets mit dem Faktenblatt verglichen. Fakten zur Marke "
        "stehen in prompts/facts; dann:",
    ),
    "review.taken.title": ("Nothing is free right now", "Gerade ist nichts frei"),
    "review.taken.body": (
        "What still waits is with somebody else right now, or you skipped it.",
        "Was noch offen ist, liegt gerade bei jemand anderem, oder Sie haben es übersprungen.",
    ),
    "review.again": ("Show what I skipped", "Übersprungenes zeigen"),
    "review.overview": ("What waits for review", "Was zu prüfen ist"),
    "review.overview.go": ("Review now", "Jetzt prüfen"),
    # -- judge against people
    "judges.title": ("Judge against people", "Prüfmodell und Mensch im Vergleich"),
    "judges.caption": (
        "By items drawn at random, which people decided without seeing the machine's verdict. "
        "Sensitivity: of what is true, what the machine calls true. Specificity: of what is "
        "false, what it calls false. With 95% intervals.",
        "Nach zufällig gezogenen Fällen, die Menschen entschieden haben, ohne das Urteil der "
        "Maschine zu sehen. Sensitivität: was die Maschine vom Richtigen richtig nennt. "
        "Spezifität: was sie vom Falschen falsch nennt. Mit 95-%-Intervallen.",
    ),
    "judges.none": (
        "Nobody has decided a random item yet, so how far the machine can be trusted isn't known. "
        "One review in four is a random one.",
        "Noch hat niemand einen Zufallsfall entschieden; wie weit der Maschine zu trauen ist, ist "
        "also unbekannt. Jede vierte Prüfung ist ein Zufallsfall.",
    ),
    "judges.unsure": ("and {n} unsure", "und {n} unsicher"),
    "judges.fit": ("calibrated", "kalibriert"),
    "judges.too_few": (
        "uncalibrated: it takes {n} reviews, {each} each of true and false",
        "unkalibriert: nötig sind {n} Prüfungen, je {each} richtige und falsche",
    ),
    "judges.chance": (
        "uncalibrated: little better than chance",
        "unkalibriert: kaum besser als Zufall",
    ),
    "judges.disagreement": (
        "uncalibrated: people agree too little with it (κ below 0.6)",
        "unkalibriert: Menschen sehen es zu oft anders (κ unter 0,6)",
    ),
    "column.judge": ("Judge", "Prüfer"),
    "column.random_reviews": ("Random reviews", "Zufallsprüfungen"),
    "column.sensitivity": ("Sensitivity", "Sensitivität"),
    "column.specificity": ("Specificity", "Spezifität"),
    "column.trust": ("Trusted?", "Verlässlich?"),
}
