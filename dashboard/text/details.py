"""Words of the pages behind the figures: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    # -- questions
    "questions.lead": (
        "{missing} missing, {losing} losing, {contested} contested, {winning} winning",
        "{missing} fehlend, {losing} verlierend, {contested} umkämpft, {winning} gewinnend",
    ),
    "questions.caption": (
        "Out of {n} questions. Losing: a rival is named reliably more often than {brand}. "
        "Missing: fewer than one answer in twenty names {brand}.",
        "Von {n} Fragen. Verlierend: Ein Wettbewerber wird verlässlich öfter genannt als {brand}. "
        "Fehlend: Weniger als jede zwanzigste Antwort nennt {brand}.",
    ),
    "questions.show": ("Show", "Zeigen"),
    "standing.all": ("All", "Alle"),
    "standing.missing": ("Missing", "Fehlend"),
    "standing.losing": ("Losing", "Verlierend"),
    "standing.contested": ("Contested", "Umkämpft"),
    "standing.winning": ("Winning", "Gewinnend"),
    "standing.unknown": ("Too few answers", "Zu wenige Antworten"),
    "questions.none": (
        "No question stands like this in the chosen period.",
        "Keine Frage steht im gewählten Zeitraum so da.",
    ),
    "questions.heatmap": ("Question by engine", "Frage je Assistent"),
    "questions.heatmap.caption": (
        "Share of answers that name {brand}, worst question first. Select a cell to read its "
        "answers.",
        "Anteil der Antworten, die {brand} nennen, schlechteste Frage zuerst. Eine Zelle öffnet "
        "ihre Antworten.",
    ),
    "questions.heatmap.alt": (
        "Visibility of {brand} by question and engine; the table below has the same figures",
        "Sichtbarkeit von {brand} je Frage und Assistent; die Tabelle darunter zeigt dasselbe",
    ),
    "questions.table": ("All questions", "Alle Fragen"),
    "questions.cell": ("{engine}: {question}", "{engine}: {question}"),
    "questions.cell.figure": (
        "{k} of {n} answers name {brand}.",
        "{k} von {n} Antworten nennen {brand}.",
    ),
    "questions.cell.instead": ("Named instead: {names}.", "Stattdessen genannt: {names}."),
    "questions.cell.cited": ("Cited: {names}.", "Zitiert: {names}."),
    "questions.cell.all": ("All answers of this cell", "Alle Antworten dieser Zelle"),
    "column.standing": ("Standing", "Stand"),
    # -- answers
    "answers.count": ("{n} answers", "{n} Antworten"),
    "answers.week": ("week of {day}", "Woche vom {day}"),
    "answers.since": ("from {day}", "ab {day}"),
    "answers.until": ("until {day}", "bis {day}"),
    "answers.seen.all": ("all", "alle"),
    "answers.seen.yes": ("naming {brand}", "mit {brand}"),
    "answers.seen.no": ("not naming {brand}", "ohne {brand}"),
    "answers.cites": ("citing {domain}", "mit Verweis auf {domain}"),
    "answers.none": ("No answer fits all of this.", "Keine Antwort passt zu alledem."),
    "answers.pages": ("Page", "Seite"),
    "answers.open": ("Read", "Lesen"),
    "column.asked": ("Asked", "Gefragt"),
    "column.engine": ("Engine", "Assistent"),
    "column.locale": ("Locale", "Sprachraum"),
    "column.state": ("How {brand} appears", "Wie {brand} vorkommt"),
    "column.rank": ("Rank", "Rang"),
    "column.named": ("Brands named", "Genannte Marken"),
    "column.cited": ("Cited", "Zitiert"),
    "column.answer": ("Answer", "Antwort"),
    # -- answer
    "answer.pick": ("No answer chosen", "Keine Antwort gewählt"),
    "answer.pick.body": (
        "Open an answer from any list; its address can be kept and passed on.",
        "Öffnen Sie eine Antwort aus einer Liste; ihre Adresse bleibt dieselbe.",
    ),
    "answer.text": ("What it said", "Was gesagt wurde"),
    "answer.notext": ("There is no text.", "Es gibt keinen Text."),
    "answer.legend": ("Marked: {brands}", "Markiert: {brands}"),
    "answer.mentions": ("Brands in it", "Marken darin"),
    "answer.mentions.none": ("None of the tracked brands.", "Keine der verfolgten Marken."),
    "answer.citations": ("Sources", "Quellen"),
    "answer.citations.none": ("It cites nothing.", "Es wird nichts zitiert."),
    "answer.found": ("found, not cited", "gefunden, nicht zitiert"),
    "answer.facts": ("How it was asked", "Wie gefragt wurde"),
    "answer.link": ("Permanent link", "Dauerhafter Link"),
    "answer.unmeasured": ("not measured yet", "noch nicht ausgewertet"),
    "fact.engine": ("Engine", "Assistent"),
    "fact.requested": ("Model requested", "Angefragtes Modell"),
    "fact.served": ("Version served", "Ausgelieferte Version"),
    "fact.fingerprint": ("System fingerprint", "System-Fingerabdruck"),
    "fact.locale": ("Locale", "Sprachraum"),
    "fact.persona": ("Persona", "Persona"),
    "fact.asked": ("Asked", "Gefragt"),
    "fact.wave": ("Wave", "Welle"),
    "fact.repeat": ("Repeat", "Wiederholung"),
    "fact.status": ("Status", "Status"),
    "fact.finish": ("Finish reason", "Ende"),
    "fact.parameters": ("Parameters", "Parameter"),
    "fact.parameters.none": ("as the maker set them", "wie vom Hersteller eingestellt"),
    "fact.tokens": ("Tokens in / out", "Tokens ein / aus"),
    "fact.searches": ("Searches", "Suchen"),
    "fact.cost": ("Cost", "Kosten"),
    "fact.latency": ("Latency", "Antwortzeit"),
    "fact.attempts": ("Attempts", "Versuche"),
    "fact.measure": ("Measure version", "Auswertungsversion"),
    "fact.id": ("Answer id", "Antwort-ID"),
    "column.brand": ("Brand", "Marke"),
    "column.how": ("How", "Wie"),
    "column.order": ("Named as", "Genannt als"),
    "column.spans": ("Times", "Mal"),
    "column.source": ("Source", "Quelle"),
    "column.owner": ("Whose", "Wessen"),
    "column.kind": ("Kind", "Art"),
    "owner.ours": ("ours", "unsere"),
    "owner.rival": ("rival", "Wettbewerb"),
    "owner.third_party": ("third party", "Dritte"),
    "kind.editorial": ("editorial", "Redaktion"),
    "kind.community": ("community", "Community"),
    "kind.shop": ("shop", "Shop"),
    "kind.vendor": ("vendor", "Anbieter"),
    "kind.encyclopaedia": ("encyclopaedia", "Lexikon"),
    "kind.social": ("social", "Soziale Medien"),
    "kind.other": ("other", "Sonstige"),
    # -- runs
    "runs.coverage": ("Coverage of the last wave", "Abdeckung der letzten Welle"),
    "runs.coverage.help": ("Usable answers of those planned", "Brauchbare von geplanten Antworten"),
    "runs.cost": ("Cost of the last wave", "Kosten der letzten Welle"),
    "runs.cost.help": ("Known costs only", "Nur bekannte Kosten"),
    "runs.cost.unknown": ("{n} answers of unknown cost", "{n} Antworten mit unbekannten Kosten"),
    "runs.cost.known": ("Every cost is known", "Alle Kosten sind bekannt"),
    "runs.month": ("Spent this month", "Diesen Monat ausgegeben"),
    "runs.month.help": ("Simulated answers cost nothing", "Simulierte Antworten kosten nichts"),
    "runs.month.budget": ("of {budget} budgeted", "von {budget} Budget"),
    "runs.month.none": ("No budget is set", "Kein Budget gesetzt"),
    "runs.latency": ("Time per answer", "Zeit je Antwort"),
    "runs.latency.help": ("Half are faster than this", "Die Hälfte ist schneller"),
    "runs.latency.slow": (
        "Slowest twentieth: over {value}",
        "Langsamstes Zwanzigstel: über {value}",
    ),
    "runs.chart": ("Answers by wave", "Antworten je Welle"),
    "runs.chart.caption": (
        "Usable answers and those left out, by why. Planned answers that never came are missing.",
        "Brauchbare und ausgelassene Antworten nach Grund; nie eingetroffene sind „fehlend“.",
    ),
    "runs.chart.alt": (
        "Answers by wave and status; the table below has the same figures",
        "Antworten je Welle und Status; die Tabelle darunter zeigt dasselbe",
    ),
    "runs.waves": ("Waves", "Wellen"),
    "runs.failures": ("Why answers were left out", "Warum Antworten ausgelassen wurden"),
    "runs.failures.none": ("Every answer was usable.", "Alle Antworten waren brauchbar."),
    "runs.judges": ("Judges", "Prüfmodelle"),
    "runs.judges.none": (
        "No judge has read answers of this pack.",
        "Noch kein Prüfmodell hat Antworten dieses Pakets gelesen.",
    ),
    "runs.judges.faults": (
        "What was wrong with judges' replies",
        "Was an den Antworten der Prüfmodelle nicht stimmte",
    ),
    "runs.judge": ("Judge", "Prüfmodell"),
    "column.failed": ("No reply", "Keine Antwort"),
    "column.unusable": ("Unusable", "Unbrauchbar"),
    "column.replies": ("Replies", "Antworten"),
    "runs.next": ("Next runs", "Nächste Läufe"),
    "runs.none": ("No wave of this pack has run.", "Von diesem Paket lief noch keine Welle."),
    "status.missing": ("missing", "fehlend"),
    "column.wave": ("Wave", "Welle"),
    "column.outcome": ("Outcome", "Ergebnis"),
    "column.ok": ("Usable", "Brauchbar"),
    "column.planned": ("Planned", "Geplant"),
    "column.left_out": ("Left out", "Ausgelassen"),
    "column.cost": ("Cost", "Kosten"),
    "column.unknown_cost": ("Unknown cost", "Kosten unbekannt"),
    "column.latency": ("Median / p95", "Median / p95"),
    "column.note": ("Note", "Anmerkung"),
    "column.status": ("Status", "Status"),
    "column.reason": ("Reason", "Grund"),
    # -- competitors
    "competitors.table": ("Figures by brand", "Zahlen je Marke"),
    "competitors.table.caption": (
        "With 95% intervals for these questions. Share of voice is a brand's part of the {n} "
        "mentions of all tracked brands.",
        "Mit 95-%-Intervallen für diese Fragen. Share of Voice ist der Anteil einer Marke an den "
        "{n} Nennungen aller verfolgten Marken.",
    ),
    "competitors.chart": ("Visibility by brand", "Sichtbarkeit je Marke"),
    "competitors.chart.alt": (
        "Visibility of every tracked brand with its interval, highest first: {first}",
        "Sichtbarkeit jeder verfolgten Marke mit Intervall, höchste zuerst: {first}",
    ),
    "competitors.time": ("Place over time", "Platz im Zeitverlauf"),
    "competitors.time.caption": (
        "Brands ordered by visibility, week by week. Places closer than their intervals say "
        "little.",
        "Marken nach Sichtbarkeit geordnet, Woche für Woche. Plätze, deren Intervalle sich "
        "überschneiden, sagen wenig.",
    ),
    "competitors.time.alt": (
        "Place of every brand by visibility and week",
        "Platz jeder Marke nach Sichtbarkeit und Woche",
    ),
    "competitors.voice": ("Share of voice over time", "Share of Voice im Zeitverlauf"),
    "competitors.voice.caption": (
        "Each brand's part of the {n} mentions of all tracked brands, week by week.",
        "Anteil jeder Marke an den {n} Nennungen aller verfolgten Marken, Woche für Woche.",
    ),
    "competitors.voice.alt": (
        "Stacked shares of voice of every brand by week",
        "Gestapelte Share-of-Voice-Anteile jeder Marke je Woche",
    ),
    "competitors.head": ("Head to head", "Direkter Vergleich"),
    "competitors.head.caption": (
        "Answers that name both, only one, or neither.",
        "Antworten, die beide, nur eine oder keine nennen.",
    ),
    "competitors.tone": (
        "How answers speak of {brand}",
        "Wie Antworten über {brand} sprechen",
    ),
    "competitors.tone.all": ("All engines", "Alle Assistenten"),
    "competitors.tone.none": (
        "Not measured: no judge has read these answers. `judge:` in the pack names one, and "
        "`monitor remeasure --judge` has the past read.",
        "Nicht gemessen: Kein Prüfmodell hat diese Antworten gelesen. `judge:` im Paket benennt "
        "eines, und `monitor remeasure --judge` lässt die Vergangenheit lesen.",
    ),
    "competitors.tone.caption": (
        "{n} mentions read by {judge}. Net sentiment runs from −1, all bad, to +1, all good.",
        "{n} Nennungen, gelesen von {judge}. Die Netto-Tonalität reicht von −1, alles schlecht, "
        "bis +1, alles gut.",
    ),
    "column.judged": ("Judged", "Geprüft"),
    "competitors.unknown": ("Names nobody tracks yet", "Namen, die noch niemand verfolgt"),
    "competitors.unknown.none": (
        "No other name keeps turning up.",
        "Kein anderer Name taucht immer wieder auf.",
    ),
    "competitors.adopt": (
        "Press a name to track it. Its whole past is measured too, without asking anybody again. "
        "Aliases, domains or context words need a brand in prompts/brands/.",
        "Ein Klick auf einen Namen verfolgt ihn. Auch seine ganze Vergangenheit wird vermessen, "
        "ohne noch einmal zu fragen. Aliasse, Domains oder Kontextwörter brauchen eine Marke in "
        "prompts/brands/.",
    ),
    "competitors.track": ("Track this name", "Diesen Namen verfolgen"),
    "competitors.drop": ("Don't track it any longer", "Nicht länger verfolgen"),
    "competitors.adopted": ("Adopted here", "Hier aufgenommen"),
    "competitors.adopted.caption": (
        "Tracked beside the brands of prompts/brands/. Press a name to stop.",
        "Verfolgt neben den Marken aus prompts/brands/. Ein Klick auf einen Namen beendet es.",
    ),
    "competitors.adopted.waiting": (
        "The next wave measures them, past included; `monitor remeasure` does it now. Press a "
        "name to take it back.",
        "Die nächste Welle vermisst sie samt Vergangenheit; `monitor remeasure` tut es sofort. "
        "Ein Klick auf einen Namen nimmt ihn zurück.",
    ),
    "column.voice": ("Share of voice", "Share of Voice"),
    "column.mean_rank": ("Mean rank", "Mittlerer Rang"),
    "column.first": ("Named first", "Zuerst genannt"),
    "column.rival": ("Rival", "Wettbewerber"),
    "column.both": ("Both", "Beide"),
    "column.only_ours": ("Only {brand}", "Nur {brand}"),
    "column.only_rival": ("Only the rival", "Nur Wettbewerber"),
    "column.neither": ("Neither", "Keine"),
    "column.name": ("Name", "Name"),
    # -- sources
    "sources.lead": (
        "{share} of the {n} citations lead to {brand}",
        "{share} der {n} Zitate führen zu {brand}",
    ),
    "sources.kinds": ("Citations by kind", "Zitate nach Art"),
    "sources.kinds.alt": (
        "Citations by kind of source, most cited first: {first}",
        "Zitate nach Art der Quelle, häufigste zuerst: {first}",
    ),
    "sources.domains": ("Cited domains", "Zitierte Domains"),
    "sources.domains.caption": (
        "“Without {brand}” counts the answers that cite the domain and don't name {brand}: the "
        "list to work on.",
        "„Ohne {brand}“ zählt Antworten, die die Domain zitieren und {brand} nicht nennen: die "
        "Liste, an der sich Arbeit lohnt.",
    ),
    "sources.wrong": ("Links that look like {brand}'s", "Links, die nach {brand} aussehen"),
    "sources.wrong.caption": (
        "Cited domains with {brand} in their name that aren't listed as yours: made up, somebody "
        "else's, or missing under domains in prompts/brands/.",
        "Zitierte Domains mit {brand} im Namen, die nicht als eigene eingetragen sind: erfunden, "
        "fremd, oder sie fehlen unter domains in prompts/brands/.",
    ),
    "sources.wrong.none": (
        "Every cited domain with {brand} in its name is one of yours. Whether a page still exists "
        "isn't checked: this program asks no outside host.",
        "Jede zitierte Domain mit {brand} im Namen ist eine eigene. Ob eine Seite noch besteht, "
        "wird nicht geprüft: Dieses Programm fragt keinen fremden Rechner.",
    ),
    "sources.pages": ("Pages of", "Seiten von"),
    "sources.none": (
        "No answer in this view cites a source. Engines without web search cite nothing.",
        "Keine Antwort in dieser Auswahl zitiert eine Quelle. Assistenten ohne Websuche zitieren "
        "nichts.",
    ),
    "column.domain": ("Domain", "Domain"),
    "column.citing": ("Answers citing it", "Antworten mit Zitat"),
    "column.without": ("Without {brand}", "Ohne {brand}"),
    "column.engines": ("Engines", "Assistenten"),
    "column.page": ("Page", "Seite"),
    "group.ours": ("{brand}", "{brand}"),
    "group.rival": ("rivals", "Wettbewerb"),
}
