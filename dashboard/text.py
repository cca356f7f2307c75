"""All words of the pages, English and German side by side.

`{}` fields are filled by the caller. Markup has no place here: blocks escape what they show.
"""

from dataclasses import dataclass

_WORDS: dict[str, tuple[str, str]] = {
    # -- frame
    "app.title": ("Brand monitor", "Markenmonitor"),
    "page.overview": ("Overview", "Überblick"),
    "page.competitors": ("Competitors", "Wettbewerb"),
    "page.questions": ("Questions", "Fragen"),
    "page.sources": ("Sources", "Quellen"),
    "page.runs": ("Runs & cost", "Läufe & Kosten"),
    "page.methods": ("Methods", "Methoden"),
    "page.answers": ("Answers", "Antworten"),
    "page.answer": ("Answer", "Antwort"),
    "filter.pack": ("Question pack", "Fragenpaket"),
    "filter.pack.none": ("Imported answers", "Importierte Antworten"),
    "filter.brand": ("Brand", "Marke"),
    "filter.brand.own": ("{brand} (ours)", "{brand} (wir)"),
    "filter.period": ("Period", "Zeitraum"),
    "filter.period.1": ("Last wave", "Letzte Welle"),
    "filter.period.n": ("Last {n} waves", "Letzte {n} Wellen"),
    "filter.period.all": ("All waves", "Alle Wellen"),
    "filter.compare": ("Compare with", "Vergleichen mit"),
    "filter.compare.previous": ("Previous period", "Zeitraum davor"),
    "filter.compare.year": ("Same period last year", "Gleicher Zeitraum im Vorjahr"),
    "filter.compare.none": ("Nothing", "Nichts"),
    "filter.compare.wave": ("Wave of {day}", "Welle vom {day}"),
    "filter.engines": ("Engines", "Assistenten"),
    "filter.locales": ("Locales", "Sprachräume"),
    "filter.personas": ("Personas", "Personas"),
    "filter.persona.none": ("Nobody in particular", "Niemand Bestimmtes"),
    "filter.intents": ("Question group", "Fragengruppe"),
    "filter.kind": ("Questions", "Fragen"),
    "filter.kind.unbranded": ("Unbranded", "Ohne Marke"),
    "filter.kind.branded": ("Branded", "Mit Marke"),
    "filter.kind.help": (
        "Branded questions name a tracked brand. The two kinds are never counted together.",
        "Fragen mit Marke nennen eine der Marken. Beide Arten werden nie zusammengezählt.",
    ),
    "filter.all": ("All", "Alle"),
    "filter.reset": ("Reset filters", "Filter zurücksetzen"),
    "filter.language": ("Language", "Sprache"),
    "intent.discovery": ("Discovery", "Entdecken"),
    "intent.comparison": ("Comparison", "Vergleich"),
    "intent.trust": ("Trust", "Vertrauen"),
    "intent.purchase": ("Purchase", "Kauf"),
    "intent.support": ("Support", "Hilfe"),
    "intent.fact": ("Facts", "Fakten"),
    "intent.probe": ("Stress tests", "Stresstests"),
    "simulated.banner": (
        "Simulated data. These answers come from made-up assistants on this machine; they say "
        "nothing about any real assistant or brand.",
        "Simulierte Daten. Diese Antworten stammen von erfundenen Assistenten auf diesem Rechner; "
        "sie sagen nichts über echte Assistenten oder Marken.",
    ),
    "simulated.short": ("Simulated data", "Simulierte Daten"),
    "footer.last_wave": ("Last wave", "Letzte Welle"),
    "footer.answers": ("Answers counted", "Gezählte Antworten"),
    "footer.excluded": ("Left out", "Ausgelassen"),
    "footer.excluded.none": ("none", "keine"),
    "footer.next": ("Next run", "Nächster Lauf"),
    "footer.next.none": ("not scheduled", "nicht geplant"),
    "footer.next.unknown": ("unknown: {reason}", "unbekannt: {reason}"),
    # -- states
    "empty.never.title": ("Nothing has been asked yet", "Noch wurde nichts gefragt"),
    "empty.never.body": (
        "Ask the first round in a terminal; this page shows it as soon as it is measured.",
        "Starten Sie die erste Runde im Terminal; sobald sie ausgewertet ist, steht sie hier.",
    ),
    "empty.never.demo": (
        "Or look around with made-up data, without keys and at no cost:",
        "Oder sehen Sie sich mit erfundenen Daten um, ohne Schlüssel und ohne Kosten:",
    ),
    "empty.unmeasured.title": (
        "Answers are stored but not measured yet",
        "Antworten sind gespeichert, aber noch nicht ausgewertet",
    ),
    "empty.unmeasured.body": (
        "A wave may still be running. Otherwise measure them in a terminal:",
        "Vielleicht läuft noch eine Welle. Sonst werten Sie sie im Terminal aus:",
    ),
    "empty.filtered.title": (
        "No answers match these filters",
        "Zu diesen Filtern gibt es keine Antworten",
    ),
    "empty.filtered.body": (
        "Widen the period or remove a filter.",
        "Wählen Sie einen längeren Zeitraum oder nehmen Sie einen Filter weg.",
    ),
    "error.title": ("This can't be shown right now", "Das lässt sich gerade nicht anzeigen"),
    "error.retry": ("Try again", "Noch einmal versuchen"),
    "run.failed.title": ("The last wave failed", "Die letzte Welle ist fehlgeschlagen"),
    "run.partly.title": (
        "Part of the last wave failed",
        "Ein Teil der letzten Welle ist fehlgeschlagen",
    ),
    "run.stopped.title": ("The last wave was stopped", "Die letzte Welle wurde angehalten"),
    "run.where": ("{day}: {note}", "{day}: {note}"),
    "run.reason": ("{n} × {engine}: {reason}", "{n} × {engine}: {reason}"),
    "too_few": ("too few answers (n = {n})", "zu wenige Antworten (n = {n})"),
    "not_measured": ("not measured", "nicht gemessen"),
    "unknown": ("unknown", "unbekannt"),
    # -- figures
    "figure.visibility": ("Visibility", "Sichtbarkeit"),
    "figure.visibility.help": (
        "Share of answers that name the brand",
        "Anteil der Antworten, die die Marke nennen",
    ),
    "figure.voice": ("Share of voice", "Share of Voice"),
    "figure.voice.help": (
        "The brand's part of all mentions of {n} tracked brands",
        "Anteil der Marke an allen Nennungen der {n} verfolgten Marken",
    ),
    "figure.rank": ("Typical rank", "Typischer Rang"),
    "figure.rank.help": (
        "Mean place in recommendation lists that name the brand",
        "Mittlerer Platz in Empfehlungslisten, die die Marke nennen",
    ),
    "figure.accuracy": ("Accuracy", "Richtigkeit"),
    "figure.accuracy.help": (
        "Share of statements that agree with the fact sheet",
        "Anteil der Aussagen, die mit dem Faktenblatt übereinstimmen",
    ),
    "figure.accuracy.none": (
        "No answer has been held against the fact sheet yet",
        "Noch wurde keine Antwort mit dem Faktenblatt verglichen",
    ),
    "figure.range": ("95 % interval {range}", "95-%-Intervall {range}"),
    "figure.before": ("before: {value} ({range})", "davor: {value} ({range})"),
    "figure.answers": ("{k} of {n} answers", "{k} von {n} Antworten"),
    "figure.mentions": ("{k} of {n} mentions", "{k} von {n} Nennungen"),
    "figure.ranked": ("{n} list places", "{n} Listenplätze"),
    # -- overview
    "overview.sentence": (
        "{brand} is mentioned in {value} of answers ({range}).",
        "{brand} kommt in {value} der Antworten vor ({range}).",
    ),
    "overview.sentence.none": (
        "{brand}: {note}. A figure needs more answers.",
        "{brand}: {note}. Für eine Zahl braucht es mehr Antworten.",
    ),
    "overview.basis": (
        "{n} answers to {questions} questions from {engines} engines, {since} to {until}",
        "{n} Antworten auf {questions} Fragen von {engines} Assistenten, {since} bis {until}",
    ),
    "overview.engines": ("Visibility by engine", "Sichtbarkeit je Assistent"),
    "overview.engines.caption": (
        "Share of answers that name {brand}, week by week; the band is the 95 % interval for "
        "these questions. Select a point to read the answers behind it.",
        "Anteil der Antworten, die {brand} nennen, Woche für Woche; das Band ist das "
        "95-%-Intervall für diese Fragen. Ein Klick auf einen Punkt öffnet die Antworten dahinter.",
    ),
    "overview.worst": ("Where {brand} is missing most", "Wo {brand} am meisten fehlt"),
    "overview.worst.caption": (
        "The three questions with the lowest visibility over all engines",
        "Die drei Fragen mit der geringsten Sichtbarkeit über alle Assistenten",
    ),
    "event.served_version": ("new version: {text}", "neue Version: {text}"),
    "event.measure_version": ("measured anew: {text}", "neu ausgewertet: {text}"),
    "event.pack_edit": ("questions edited", "Fragen geändert"),
    "event.outage": ("outage: {text} failed", "Ausfall: {text} fehlgeschlagen"),
    "event.note": ("note: {text}", "Notiz: {text}"),
    "event.short.served_version": ("version", "Version"),
    "event.short.measure_version": ("measured anew", "neu ausgewertet"),
    "event.short.pack_edit": ("questions edited", "Fragen geändert"),
    "event.short.outage": ("outage", "Ausfall"),
    "event.short.note": ("note", "Notiz"),
    "column.question": ("Question", "Frage"),
    "column.group": ("Group", "Gruppe"),
    "column.visibility": ("Visibility", "Sichtbarkeit"),
    "column.interval": ("95 % interval", "95-%-Intervall"),
    "column.answers": ("Answers", "Antworten"),
    "chart.trend.alt": (
        "Visibility of {brand} in answers of {engine} by week, from {first} to {last}",
        "Sichtbarkeit von {brand} in Antworten von {engine} je Woche, von {first} bis {last}",
    ),
    "export.csv": ("CSV", "CSV"),
    "export.png": ("PNG", "PNG"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with its fields filled. Raises KeyError for an unknown key."""
        pair = _WORDS[key]
        return pair[1 if self.lang == "de" else 0].format(**values)

    def of(self, group: str, name: str) -> str:
        """The word for a closed set's member, else its own name: packs may bring new ones."""
        key = f"{group}.{name}"
        return self(key) if key in _WORDS else name.replace("_", " ")


def all_words() -> dict[str, tuple[str, str]]:
    """Every text by key, as (English, German)."""
    return dict(_WORDS)
