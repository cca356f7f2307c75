"""Words of Accuracy, and of facts wherever they are shown: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    "page.accuracy": ("Accuracy", "Richtigkeit"),
    # -- nothing to show
    "accuracy.no_sheet": ("There is no fact sheet", "Es gibt kein Faktenblatt"),
    "accuracy.no_sheet.body": (
        "Write what is true about {brand} into prompts/facts/, one file per brand; then every "
        "stored answer is held against it.",
        "Schreiben Sie in prompts/facts/, was über {brand} stimmt, eine Datei je Marke; dann wird "
        "jede gespeicherte Antwort damit verglichen.",
    ),
    "accuracy.unchecked": (
        "No answer has been held against the fact sheet yet",
        "Noch wurde keine Antwort mit dem Faktenblatt verglichen",
    ),
    "accuracy.unchecked.body": (
        "The sheet is there. This compares all stored answers with it, at no cost:",
        "Das Faktenblatt ist da. Das vergleicht alle gespeicherten Antworten damit, kostenlos:",
    ),
    "accuracy.none_here": (
        "No answer of this selection states or is asked a fact.",
        "Keine Antwort dieser Auswahl nennt einen Fakt oder wird nach einem gefragt.",
    ),
    # -- figures
    "accuracy.lead": (
        "{n} of {of} facts about {brand} are contradicted, {critical} of them critical",
        "{n} von {of} Fakten über {brand} wird widersprochen, {critical} davon kritischen",
    ),
    "accuracy.lead.none": (
        "Nothing contradicts the {of} facts about {brand}",
        "Nichts widerspricht den {of} Fakten über {brand}",
    ),
    "accuracy.basis": (
        "Facts, promises and gaps below: of branded and unbranded questions alike. Rates: of the "
        "questions chosen at the left. Fact sheet and rules: {sheet}.",
        "Fakten, Versprechen und Lücken unten: aus Fragen mit und ohne Marke. Anteile: aus den "
        "links gewählten Fragen. Faktenblatt und Regeln: {sheet}.",
    ),
    "accuracy.accuracy": ("Accuracy", "Richtigkeit"),
    "accuracy.accuracy.help": (
        "Right out of what answers state; outdated is not right",
        "Richtiges von dem, was Antworten aussagen; Veraltetes ist nicht richtig",
    ),
    "accuracy.accuracy_corrected": ("Accuracy, corrected", "Richtigkeit, berichtigt"),
    "accuracy.accuracy_corrected.help": (
        "With the judges' own errors taken out, by what people found at random",
        "Ohne die Fehler der Prüfung selbst, nach dem, was Menschen in Stichproben fanden",
    ),
    "accuracy.omission": ("Left out", "Ausgelassen"),
    "accuracy.omission.help": (
        "Facts not stated, out of those that the questions ask",
        "Nicht genannte Fakten von denen, nach denen die Fragen fragen",
    ),
    "accuracy.f_score": ("Accuracy with gaps (F)", "Richtigkeit mit Lücken (F)"),
    "accuracy.f_score.help": (
        "Asked facts right, and right where attempted, in one number",
        "Gefragtes richtig und Versuchtes richtig, in einer Zahl",
    ),
    "accuracy.counted.accuracy": ("{k} of {n} statements", "{k} von {n} Aussagen"),
    "accuracy.counted.accuracy_corrected": ("{n} statements", "{n} Aussagen"),
    "accuracy.counted.omission": ("{k} of {n} asked facts", "{k} von {n} gefragten Fakten"),
    "accuracy.counted.f_score": ("{k} of {n} asked facts right", "{k} von {n} gefragten richtig"),
    "accuracy.uncalibrated": (
        "Uncalibrated: see judge against people below",
        "Unkalibriert: siehe unten, Prüfmodell und Mensch",
    ),
    "accuracy.nothing_asked": (
        "These questions ask for no fact",
        "Diese Fragen fragen nach keinem Fakt",
    ),
    "accuracy.no_judge": (
        "Not measured: {n} statements that only a judge can read; no judge is configured.",
        "Nicht gemessen: {n} Aussagen, die nur ein Prüfmodell lesen kann; keines ist eingerichtet.",
    ),
    "accuracy.open": (
        "Not measured: {n} statements that no judge has read yet.",
        "Nicht gemessen: {n} Aussagen, die noch kein Prüfmodell gelesen hat.",
    ),
    "accuracy.unverifiable": (
        "Left out: {n} statements that can't be settled.",
        "Ausgelassen: {n} Aussagen, die nicht zu klären sind.",
    ),
    "accuracy.unscored": (
        "Unscored: {n} verdicts in judges' replies that nobody could use.",
        "Ungewertet: {n} Urteile in unbrauchbaren Antworten von Prüfmodellen.",
    ),
    "accuracy.kind.branded": (
        "The same of questions that name the brand",
        "Dasselbe aus Fragen, die die Marke nennen",
    ),
    "accuracy.kind.unbranded": (
        "The same of questions that name no brand",
        "Dasselbe aus Fragen, die keine Marke nennen",
    ),
    "accuracy.engines": ("By engine", "Je Assistent"),
    "accuracy.engines.caption": (
        "Each engine on its own; above, all engines weigh the same.",
        "Jeder Assistent für sich; oben zählen alle gleich.",
    ),
    # -- facts
    "accuracy.contradicted": ("Contradicted facts", "Fakten, denen widersprochen wird"),
    "accuracy.contradicted.caption": (
        "Gravest first. A number opens its answers, a quote the answer that it stands in.",
        "Schwerstes zuerst. Eine Zahl öffnet ihre Antworten, ein Zitat die Antwort dazu.",
    ),
    "accuracy.contradicted.none": (
        "No answer of this period contradicts a fact.",
        "Keine Antwort dieses Zeitraums widerspricht einem Fakt.",
    ),
    "accuracy.promises": ("Promises we can't keep", "Versprechen, die wir nicht halten können"),
    "accuracy.promises.caption": (
        "Answers say that {brand} offers what it doesn't.",
        "Antworten sagen, dass {brand} etwas anbietet, was es dort nicht gibt.",
    ),
    "accuracy.promises.none": (
        "No answer promises what isn't offered.",
        "Keine Antwort verspricht etwas, das es nicht gibt.",
    ),
    "accuracy.gaps": ("Facts they leave out", "Fakten, die sie auslassen"),
    "accuracy.gaps.caption": (
        "Out of the answers to questions that ask for the fact.",
        "Von den Antworten auf Fragen, die nach dem Fakt fragen.",
    ),
    "accuracy.unasked": (
        "No question asks for: {facts}.",
        "Keine Frage fragt nach: {facts}.",
    ),
    "accuracy.claims": ("Claims no fact covers", "Aussagen, die kein Fakt abdeckt"),
    "accuracy.claims.caption": (
        "Neither right nor wrong: what the sheet could say next. The export has up to {n}.",
        "Weder richtig noch falsch: was das Faktenblatt als Nächstes sagen könnte. Der Export hat "
        "bis zu {n}.",
    ),
    "accuracy.claims.none": (
        "The judges found no claim that the sheet doesn't cover.",
        "Die Prüfmodelle fanden keine Aussage, die das Faktenblatt nicht abdeckt.",
    ),
    "accuracy.claims.no_judge": (
        "Not measured: only a judge finds such claims, and none has read these answers.",
        "Nicht gemessen: Solche Aussagen findet nur ein Prüfmodell, und keines hat diese "
        "Antworten gelesen.",
    ),
    # -- facts anywhere
    "facts.any": ("a fact", "einem Fakt"),
    "facts.source": ("source", "Quelle"),
    "facts.says.wrong": ("contradicting: {fact}", "im Widerspruch zu: {fact}"),
    "facts.says.right": ("agreeing with: {fact}", "im Einklang mit: {fact}"),
    "facts.says.stated": ("stating: {fact}", "mit Aussage zu: {fact}"),
    "facts.says.left_out": ("leaving out: {fact}", "ohne Aussage zu: {fact}"),
    "facts.says.open": ("unclear on: {fact}", "unklar zu: {fact}"),
    "facts.by.person": (
        "{name}; the machine said: {machine} ({by})",
        "{name}; die Maschine sagte: {machine} ({by})",
    ),
    "facts.unsure": ("({name} was unsure)", "({name} war unsicher)"),
    "method.rules": ("rules", "Regeln"),
    "method.judge": ("judge", "Prüfmodell"),
    "answer.verdicts": ("Against the fact sheet", "Gegen das Faktenblatt"),
    "column.share": ("Share", "Anteil"),
    "column.severity": ("Severity", "Schwere"),
    "column.sheet": ("The sheet says", "Das Faktenblatt sagt"),
    "column.said": ("They say", "Sie sagen"),
    "column.verdict": ("Verdict", "Urteil"),
    "column.judged_by": ("Judged by", "Geurteilt von"),
    "column.statements": ("Statements", "Aussagen"),
    "column.wrong": ("Wrong / stated", "Falsch / gesagt"),
    "column.waves": ("Waves", "Wellen"),
    "column.since": ("Since", "Seit"),
    "column.reviewed": ("Reviewed", "Geprüft"),
    "column.promised": ("They promise", "Sie versprechen"),
    "column.asked_fact": ("Asked", "Gefragt"),
    "column.claim": ("Claim", "Aussage"),
    "column.latest": ("Latest", "Zuletzt"),
}
