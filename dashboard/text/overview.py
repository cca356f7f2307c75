"""Words of Overview and of the charts that other pages share: (English, German)."""

WORDS: dict[str, tuple[str, str]] = {
    "overview.sentence": (
        "{brand} is mentioned in {value} of answers ({range}){change}.",
        "{brand} kommt in {value} der Antworten vor ({range}){change}.",
    ),
    "overview.change.real.up": (
        "; up {points} points, and that is real",
        "; {points} Punkte mehr, und das ist echt",
    ),
    "overview.change.real.down": (
        "; down {points} points, and that is real",
        "; {points} Punkte weniger, und das ist echt",
    ),
    "overview.change.possible.up": (
        "; up {points} points, which may be chance",
        "; {points} Punkte mehr, was Zufall sein kann",
    ),
    "overview.change.possible.down": (
        "; down {points} points, which may be chance",
        "; {points} Punkte weniger, was Zufall sein kann",
    ),
    "overview.change.noise": ("; no real change", "; keine echte Änderung"),
    "overview.sentence.none": (
        "{brand}: {note}. A figure needs more answers.",
        "{brand}: {note}. Für eine Zahl braucht es mehr Antworten.",
    ),
    "overview.version": (
        "{engine} has answered in a new version since {day}.",
        "{engine} antwortet seit {day} in einer neuen Version.",
    ),
    "overview.basis": (
        "{n} answers to {questions} questions from {engines} engines, {since} to {until}. "
        "Compared with: {compare}.",
        "{n} Antworten auf {questions} Fragen von {engines} Assistenten, {since} bis {until}. "
        "Verglichen mit: {compare}.",
    ),
    "overview.compare.none": ("nothing", "nichts"),
    "overview.compare.missing": (
        "nothing, there are no answers from then outside the period",
        "nichts, von damals gibt es außerhalb des Zeitraums keine Antworten",
    ),
    "overview.engines": ("Visibility by engine", "Sichtbarkeit je Assistent"),
    "overview.engines.caption": (
        "Share of answers that name {brand}, week by week, with the 95% interval as a band. "
        "The shaded weeks are the chosen period; select a point to read the answers behind it.",
        "Anteil der Antworten, die {brand} nennen, Woche für Woche, mit dem 95-%-Intervall als "
        "Band. Hinterlegt ist der gewählte Zeitraum; ein Punkt öffnet die Antworten dahinter.",
    ),
    "overview.weekly.none": (
        "Too few answers in any one week to draw a trend.",
        "In keiner Woche genug Antworten für einen Verlauf.",
    ),
    "overview.events": ("What else happened", "Was sonst geschah"),
    "overview.changes": ("The biggest real changes", "Die größten echten Änderungen"),
    "overview.changes.none": (
        "Nothing really changed against the time before ({possible} possible, {noise} within "
        "noise).",
        "Gegenüber vorher hat sich nichts wirklich geändert ({possible} möglich, {noise} im "
        "Rauschen).",
    ),
    "overview.worst": ("Where {brand} is missing most", "Wo {brand} am meisten fehlt"),
    "overview.worst.caption": (
        "The three questions with the lowest visibility over all engines.",
        "Die drei Fragen mit der geringsten Sichtbarkeit über alle Assistenten.",
    ),
    "column.question": ("Question", "Frage"),
    "column.group": ("Group", "Gruppe"),
    "column.visibility": ("Visibility", "Sichtbarkeit"),
    "column.interval": ("95% interval", "95-%-Intervall"),
    "column.answers": ("Answers", "Antworten"),
    "column.best_rival": ("Named most", "Am häufigsten genannt"),
    "column.day": ("Day", "Tag"),
    "column.event": ("Event", "Ereignis"),
    "chart.trend.alt": (
        "Visibility of {brand} in answers of {engine} by week, {last} in the last one",
        "Sichtbarkeit von {brand} in Antworten von {engine} je Woche, {last} in der letzten",
    ),
    "chart.spark.alt": (
        "{figure} by week, from {first} to {last}",
        "{figure} je Woche, von {first} bis {last}",
    ),
    "chart.week": ("Week of", "Woche vom"),
}
