"""Words of Changes and of everything that says how a figure moved: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    # -- verdicts
    "verdict.real": ("real", "echt"),
    "verdict.possible": ("possible", "möglich"),
    "verdict.noise": ("within noise", "im Rauschen"),
    "settle.more": (
        "about {needed} questions instead of {asked}",
        "etwa {needed} Fragen statt {asked}",
    ),
    "settle.enough": (
        "{asked} questions would have shown {points} lasting points",
        "{asked} Fragen hätten {points} bleibende Punkte gezeigt",
    ),
    "settle.small": ("sure, but under {points} points", "sicher, aber unter {points} Punkten"),
    "settle.one": ("more than one question", "mehr als eine Frage"),
    "cause.version": (
        "{engine} now answers as {versions}",
        "{engine} antwortet jetzt als {versions}",
    ),
    "cause.engine": (
        "The engine: rivals or brand-free questions moved too",
        "Der Assistent: Wettbewerber oder markenfreie Fragen bewegten sich mit",
    ),
    "cause.brand": ("Ours: the rivals stood still", "Wir: Die Wettbewerber blieben stehen"),
    "cause.brand.rivals": (
        "Ours: of the rivals only {names} moved",
        "Wir: Von den Wettbewerbern bewegte sich nur {names}",
    ),
    "cause.rival": (
        "Their doing: nobody else's change is real",
        "Deren Sache: Keine andere Änderung ist echt",
    ),
    "cause.rival.but": (
        "Their doing: of the others only {names} really moved",
        "Deren Sache: Von den anderen bewegte sich nur {names} wirklich",
    ),
    "cause.together": ("{names} really moved too", "Wirklich bewegt hat sich auch: {names}"),
    "cause.everywhere": (
        "all engines at once: look at questions, matcher and season first",
        "alle Assistenten zugleich: zuerst Fragen, Auswertung und Saison ansehen",
    ),
    # -- the page
    "changes.range": ("{low} to {high}", "{low} bis {high}"),
    "changes.lead.none": (
        "Nothing really changed: {possible} possible, {noise} within noise.",
        "Nichts hat sich wirklich geändert: {possible} möglich, {noise} im Rauschen.",
    ),
    "changes.lead": (
        "{real} real changes, {possible} possible, {noise} within noise.",
        "{real} echte Änderungen, {possible} mögliche, {noise} im Rauschen.",
    ),
    "changes.lead.one": (
        "One real change, {possible} possible, {noise} within noise.",
        "Eine echte Änderung, {possible} mögliche, {noise} im Rauschen.",
    ),
    "changes.basis": (
        "{figure} on the {questions} questions that both periods have: {after} against {before}.",
        "{figure} auf den {questions} Fragen, die beide Zeiträume haben: {after} gegen {before}.",
    ),
    "changes.days": ("{since} to {until}", "{since} bis {until}"),
    "changes.nothing": ("Nothing to compare with", "Nichts zum Vergleichen"),
    "changes.nothing.body": (
        "There are no earlier answers for this choice. Pick a shorter period or another wave to "
        "compare with, or run another wave.",
        "Für diese Auswahl gibt es keine früheren Antworten. Wählen Sie einen kürzeren Zeitraum "
        "oder eine andere Vergleichswelle, oder starten Sie eine weitere Welle.",
    ),
    "changes.unshared": (
        "Both periods have answers, but no question that was asked of the same engine in the same "
        "words both times.",
        "Beide Zeiträume haben Antworten, aber keine Frage, die demselben Assistenten beide Male "
        "gleich gestellt wurde.",
    ),
    "changes.figure": ("Figure", "Zahl"),
    "changes.event.visibility": ("Visibility", "Sichtbarkeit"),
    "changes.event.recommendation_rate": ("Recommended", "Empfohlen"),
    "changes.event.first_rate": ("First", "Erster"),
    "changes.event.top3_rate": ("Top 3", "Top 3"),
    "changes.event.citation_rate": ("Cited", "Zitiert"),
    "changes.event.accuracy": ("Accuracy", "Richtigkeit"),
    "changes.accuracy": (
        "Of what is stated about {brand}, how much is right; rivals' facts aren't known. As rules "
        "and judges said it on both sides, before people's corrections. On too few statements "
        "nothing is tested.",
        "Wie viel von dem stimmt, was über {brand} gesagt wird; Fakten der Wettbewerber sind nicht "
        "bekannt. So, wie Regeln und Prüfmodelle es auf beiden Seiten sagten, vor Korrekturen "
        "durch Menschen. Bei zu wenigen Aussagen wird nichts geprüft.",
    ),
    "changes.accuracy.none": (
        "Nothing has been held against a fact sheet yet.",
        "Noch wurde nichts mit einem Faktenblatt verglichen.",
    ),
    "changes.accuracy.few": (
        "Too few statements about {brand} in one of the periods to say whether they got better "
        "(n = {n}). Most stand in answers to questions that name the brand.",
        "Zu wenige Aussagen über {brand} in einem der Zeiträume, um zu sagen, ob sie besser wurden "
        "(n = {n}). Die meisten stehen in Antworten auf Fragen, die die Marke nennen.",
    ),
    "changes.chart": ("How far each moved", "Wie weit sich jede Zahl bewegte"),
    "changes.chart.caption": (
        "Difference in points with its 95% interval. Changes inside the grey strip are too small "
        "to matter, however sure they are.",
        "Unterschied in Punkten mit seinem 95-%-Intervall. Änderungen im grauen Streifen sind zu "
        "klein, um zu zählen, so sicher sie sein mögen.",
    ),
    "changes.chart.alt": (
        "Difference of each figure with its interval; the table below has the same figures",
        "Unterschied jeder Zahl mit ihrem Intervall; die Tabelle darunter zeigt dasselbe",
    ),
    "changes.table": ("Before and after", "Vorher und nachher"),
    "changes.table.caption": (
        "Judged together, so that one in twenty that is called real is chance. Every share opens "
        "its answers.",
        "Gemeinsam beurteilt, sodass höchstens jede zwanzigste echte ein Zufall ist. Jeder Anteil "
        "öffnet seine Antworten.",
    ),
    "changes.all_engines": ("all", "alle"),
    "changes.shared": ("Left out of the comparison", "Nicht im Vergleich"),
    "difference.questions.before": (
        "Questions asked only before: {names}",
        "Nur vorher gestellte Fragen: {names}",
    ),
    "difference.questions.after": (
        "Questions asked only after: {names}",
        "Nur nachher gestellte Fragen: {names}",
    ),
    "difference.engines.before": (
        "Engines asked only before: {names}",
        "Nur vorher befragte Assistenten: {names}",
    ),
    "difference.engines.after": (
        "Engines asked only after: {names}",
        "Nur nachher befragte Assistenten: {names}",
    ),
    "difference.locales.before": (
        "Locales asked only before: {names}",
        "Nur vorher befragte Sprachräume: {names}",
    ),
    "difference.locales.after": (
        "Locales asked only after: {names}",
        "Nur nachher befragte Sprachräume: {names}",
    ),
    "difference.wordings": ("Reworded in between: {names}", "Dazwischen umformuliert: {names}"),
    "changes.questions": (
        "The questions that moved most",
        "Die Fragen, die sich am meisten bewegten",
    ),
    "changes.questions.caption": (
        "Visibility of {brand} on all engines. Single questions rest on few answers: most of what "
        "moves here is noise, and is marked so.",
        "Sichtbarkeit von {brand} über alle Assistenten. Einzelne Fragen beruhen auf wenigen "
        "Antworten: Das meiste, was sich hier bewegt, ist Rauschen und so markiert.",
    ),
    "changes.web": ("Memory against web search", "Gedächtnis gegen Websuche"),
    "changes.web.caption": (
        "What search adds to what the same model knows of {brand}, on the same questions.",
        "Was die Suche zu dem hinzufügt, was dasselbe Modell über {brand} weiß, auf denselben "
        "Fragen.",
    ),
    "changes.alerts": ("Open alerts", "Offene Alarme"),
    "changes.alerts.caption": (
        "What the weekly watch found, in its own words.",
        "Was die wöchentliche Überwachung fand, in ihren Worten.",
    ),
    "changes.events": ("What else happened", "Was sonst geschah"),
    "changes.events.caption": ("Since {since}, newest first.", "Seit {since}, Neuestes zuerst."),
    "changes.events.none": ("Nothing since {since}.", "Nichts seit {since}."),
    "changes.more": ("All changes", "Alle Änderungen"),
    "alert.move": ("Move an alert on", "Einen Alarm weiterführen"),
    "alert.note": ("What to remember about it (optional)", "Was man dazu wissen sollte (optional)"),
    "alert.acknowledge": ("Acknowledge", "Bestätigen"),
    "alert.resolve": ("Resolve", "Abschließen"),
    "alert.open": ("open", "offen"),
    "alert.acknowledged": ("acknowledged", "bestätigt"),
    # -- notes
    "note.add": ("Add a note", "Notiz hinzufügen"),
    "note.day": ("Day", "Tag"),
    "note.text": ("What happened", "Was geschah"),
    "note.text.hint": (
        "A launch, a campaign, a price change",
        "Ein Start, eine Kampagne, ein neuer Preis",
    ),
    "note.author": ("Your name (optional)", "Ihr Name (freiwillig)"),
    "note.keep": ("Keep the note", "Notiz festhalten"),
    "note.kept": ("Kept on {day}.", "Festgehalten am {day}."),
    "note.empty": ("Write what happened.", "Schreiben Sie, was geschah."),
    "note.long": ("At most {n} characters.", "Höchstens {n} Zeichen."),
    # -- events
    "event.served_version": ("{engine} answers as {text}", "{engine} antwortet als {text}"),
    "event.measure_version": (
        "Answers measured anew, all of the past too ({text})",
        "Antworten neu ausgewertet, auch alle früheren ({text})",
    ),
    "event.brands_added": (
        "Tracked from now on, in the past too: {names}",
        "Ab jetzt verfolgt, auch rückwirkend: {names}",
    ),
    "event.brands_dropped": ("No longer tracked: {names}", "Nicht mehr verfolgt: {names}"),
    "event.questions_added": ("Questions added: {names}", "Neue Fragen: {names}"),
    "event.questions_dropped": ("Questions dropped: {names}", "Gestrichene Fragen: {names}"),
    "event.questions_reworded": ("Questions reworded: {names}", "Umformulierte Fragen: {names}"),
    "event.pack_edit": (
        "The pack was edited, its questions weren't",
        "Das Fragenpaket wurde geändert, seine Fragen nicht",
    ),
    "event.facts_added": ("Facts added to the sheet: {names}", "Neue Fakten im Blatt: {names}"),
    "event.facts_dropped": (
        "Facts dropped from the sheet: {names}",
        "Aus dem Blatt gestrichene Fakten: {names}",
    ),
    "event.facts_changed": ("Facts revised: {names}", "Geänderte Fakten: {names}"),
    "event.fact_rules": (
        "Answers held against the sheet anew, by other rules",
        "Antworten neu mit dem Blatt verglichen, nach anderen Regeln",
    ),
    "event.outage": (
        "{engine}: {text} answers failed",
        "{engine}: {text} Antworten fehlgeschlagen",
    ),
    "event.broken_off": ("The wave was stopped: {text}", "Die Welle wurde angehalten: {text}"),
    "event.note": ("{text}", "{text}"),
    "event.note.by": ("{text} ({author})", "{text} ({author})"),
    "event.more": ("and {n} more", "und {n} weitere"),
    "event.short.served_version": ("new version", "neue Version"),
    "event.short.measure_version": ("measured anew", "neu ausgewertet"),
    "event.short.brands_added": ("brands edited", "Marken geändert"),
    "event.short.brands_dropped": ("brands edited", "Marken geändert"),
    "event.short.questions_added": ("questions edited", "Fragen geändert"),
    "event.short.questions_dropped": ("questions edited", "Fragen geändert"),
    "event.short.questions_reworded": ("questions edited", "Fragen geändert"),
    "event.short.pack_edit": ("pack edited", "Paket geändert"),
    "event.short.facts_added": ("facts revised", "Fakten geändert"),
    "event.short.facts_dropped": ("facts revised", "Fakten geändert"),
    "event.short.facts_changed": ("facts revised", "Fakten geändert"),
    "event.short.fact_rules": ("judged anew", "neu beurteilt"),
    "event.short.outage": ("outage", "Ausfall"),
    "event.short.broken_off": ("stopped", "angehalten"),
    "event.short.note": ("note", "Notiz"),
    "column.before": ("Before", "Vorher"),
    "column.after": ("After", "Nachher"),
    "column.change": ("Change", "Änderung"),
    "column.verdict": ("Verdict", "Urteil"),
    "column.cause": ("Put down to, or what would settle it", "Ursache, oder was es entschiede"),
    "column.alert_state": ("State", "Stand"),
    "column.from_memory": ("From memory", "Aus dem Gedächtnis"),
    "column.with_search": ("With web search", "Mit Websuche"),
    "column.adds": ("Search adds", "Suche bringt"),
    "column.alert": ("Alert", "Alarm"),
    "column.since": ("Since", "Seit"),
}
