"""Words of Methods: (English, German). Formulas read the same in both."""

WORDS: dict[str, tuple[str, str]] = {
    "methods.lead": (
        "What the figures mean, how sure they are, and what they can't say.",
        "Was die Zahlen bedeuten, wie sicher sie sind und was sie nicht sagen können.",
    ),
    "methods.counted": ("What is counted", "Was gezählt wird"),
    "methods.counted.body": (
        "A question asked of one engine in one locale for one persona is a cell. Every wave asks "
        "each cell several times; each repeat gives one answer. Only answers with a usable text "
        "are counted. Refused, failed and empty answers are left out, kept, and listed with "
        "their reason. What is unknown is never counted as zero. Questions that name a tracked "
        "brand are counted apart from those that don't, and the two are never added up. Engines "
        "with and without web search are different engines.",
        "Eine Frage an einen Assistenten in einem Sprachraum für eine Persona ist eine Zelle. Jede "
        "Welle fragt jede Zelle mehrmals; jede Wiederholung ergibt eine Antwort. Gezählt werden "
        "nur Antworten mit brauchbarem Text. Abgelehnte, fehlgeschlagene und leere Antworten "
        "bleiben außen vor, werden aufgehoben und mit Grund aufgeführt. Unbekanntes gilt nie als "
        "null. Fragen, die eine verfolgte Marke nennen, werden getrennt gezählt und nie mit den "
        "anderen addiert. Ein Assistent mit und ohne Websuche gilt als zwei Assistenten.",
    ),
    "methods.states": ("How a brand can appear", "Wie eine Marke vorkommen kann"),
    "methods.states.body": (
        "Recommended, mentioned, or warned against: these three count as visible. Named only to "
        "say that nothing is known, unclear, or not named: these don't. Whole words count, with "
        "inflections and accents; a name inside a web address is a citation, not a mention. A "
        "name that is also a common word counts only where its context settles it, or a person "
        "does. What a person says of a brand in an answer stands in place of the machine's word.",
        "Empfohlen, erwähnt oder abgeraten: Diese drei gelten als sichtbar. Nur genannt, um zu "
        "sagen, dass nichts bekannt ist, unklar oder nicht genannt: Diese nicht. Es zählen ganze "
        "Wörter samt Beugung und Akzenten; ein Name in einer Webadresse ist ein Zitat, keine "
        "Nennung. Ein Name, der auch ein Alltagswort ist, zählt nur, wo Kontext oder ein Mensch "
        "ihn klärt. Was ein Mensch über eine Marke in einer Antwort sagt, gilt statt dem, was die "
        "Maschine las.",
    ),
    "methods.figures": ("Figures and formulas", "Zahlen und Formeln"),
    "methods.figures.caption": (
        "m answers of K to question i name the brand; there are n questions.",
        "m von K Antworten auf Frage i nennen die Marke; es gibt n Fragen.",
    ),
    "methods.visibility": (
        "Mean over questions of the share of answers that name the brand. Over several engines: "
        "the mean of their figures, each weighing the same.",
        "Mittel über die Fragen aus dem Anteil der Antworten, die die Marke nennen. Über mehrere "
        "Assistenten: das Mittel ihrer Zahlen mit gleichem Gewicht.",
    ),
    "methods.voice": (
        "The brand's mentions over the mentions of all tracked brands.",
        "Nennungen der Marke geteilt durch die Nennungen aller verfolgten Marken.",
    ),
    "methods.rank": (
        "Mean place among the answer's recommended items, only where the brand is in a list; "
        "never guessed for prose, hidden under 10 places.",
        "Mittlerer Platz unter den empfohlenen Einträgen, nur wo die Marke in einer Liste steht; "
        "nie geraten für Fließtext, verborgen unter 10 Plätzen.",
    ),
    "methods.accuracy": (
        "Right statements over right, wrong and outdated ones, by the fact sheet as it held on the "
        "day of the answer; each question and engine weighs the same. Rules read typed values, "
        "judges the rest, and a person's verdict stands before both. What nobody can settle is in "
        "no denominator. Left out: facts not stated, over facts that the questions ask.",
        "Richtige geteilt durch richtige, falsche und veraltete Aussagen laut Faktenblatt am Tag "
        "der Antwort; jede Frage und jeder Assistent zählt gleich. Regeln lesen getypte Werte, "
        "Prüfmodelle den Rest, und das Urteil eines Menschen geht beiden vor. Was niemand klären "
        "kann, steht in keinem Nenner. Ausgelassen: nicht genannte Fakten von den gefragten.",
    ),
    "methods.sentiment": (
        "Praise less blame over all judged mentions of the brand; the tone is a judge's reading.",
        "Lob minus Tadel über alle geprüften Nennungen der Marke; den Ton liest ein Prüfmodell.",
    ),
    "methods.rival": (
        "How often a judged answer that mentions the brand prefers another, whatever its tone.",
        "Wie oft eine geprüfte Antwort, die die Marke nennt, eine andere vorzieht, unabhängig vom "
        "Ton.",
    ),
    "methods.judges": ("Judges", "Prüfmodelle"),
    "methods.judges.body": (
        "What rules can't tell, another assistant reads: tone, advice, free-text facts, and claims "
        "that no fact covers. It is of another maker than the one that answered, isn't told "
        "which verdict the brand would like, and sees the answer fenced off, so that instructions "
        "inside it stay mere text. Its quotes have to stand in the answer word for word, else the "
        "verdict counts as unverifiable; a reply of no use is kept and counted, and scores "
        "nothing. Without a judge these figures say “not measured”.",
        "Was Regeln nicht erkennen, liest ein anderer Assistent: Ton, Empfehlung, Fakten in freiem "
        "Text und Behauptungen, die kein Fakt abdeckt. Er stammt von einem anderen Hersteller als "
        "der antwortende, erfährt nicht, welches Urteil die Marke gern hätte, und sieht die "
        "Antwort eingezäunt, sodass Anweisungen darin bloßer Text bleiben. Seine Zitate müssen "
        "wörtlich in der Antwort stehen, sonst gilt das Urteil als nicht prüfbar; unbrauchbare "
        "Rückmeldungen werden aufgehoben und gezählt, aber nicht gewertet. Ohne Prüfmodell heißt "
        "es bei diesen Zahlen „nicht gemessen“.",
    ),
    "methods.intervals": ("Intervals", "Intervalle"),
    "methods.intervals.body": (
        "The interval shown holds for these very questions, asked again: it suits trends. "
        "Exports also carry the wider market interval, which holds for other questions of the "
        "same kind. Both are 95% intervals of Wilson's form for an effective number of answers, "
        "since repeats of one question are alike. Under 10 answers there is no figure, only "
        "“too few answers”.",
        "Das gezeigte Intervall gilt für genau diese Fragen, noch einmal gestellt: Es passt zu "
        "Verläufen. Exporte enthalten auch das breitere Markt-Intervall, das für andere Fragen "
        "derselben Art gilt. Beide sind 95-%-Intervalle nach Wilson für eine wirksame Zahl von "
        "Antworten, denn Wiederholungen einer Frage ähneln sich. Unter 10 Antworten gibt es keine "
        "Zahl, nur „zu wenige Antworten“.",
    ),
    "methods.changes": ("Changes", "Änderungen"),
    "methods.changes.body": (
        "Compared are only the cells that both periods have, cell by cell. A change is called "
        "real when a permutation test survives the correction for everything compared with it "
        "(Benjamini–Hochberg, 5%) and it is at least 5 points; possible when only the single "
        "test is significant; else it is within noise.",
        "Verglichen werden nur Zellen, die es in beiden Zeiträumen gibt, Zelle für Zelle. Echt "
        "heißt eine Änderung, wenn ein Permutationstest auch nach der Korrektur für alles "
        "gemeinsam Verglichene besteht (Benjamini–Hochberg, 5 %) und sie mindestens 5 Punkte "
        "beträgt; möglich, wenn nur der einzelne Test anschlägt; sonst liegt sie im Rauschen.",
    ),
    "methods.standing": ("Standing on a question", "Stand bei einer Frage"),
    "methods.standing.body": (
        "Missing: named in fewer than 5% of answers. Losing: the brand's interval lies wholly "
        "under that of the rival named most. Winning: wholly above. Contested: they overlap.",
        "Fehlend: in weniger als 5 % der Antworten genannt. Verlierend: Das Intervall der Marke "
        "liegt ganz unter dem des meistgenannten Wettbewerbers. Gewinnend: ganz darüber. "
        "Umkämpft: Sie überschneiden sich.",
    ),
    "methods.calibration": ("People check the machine", "Menschen prüfen die Maschine"),
    "methods.calibration.body": (
        "The Review page shows contradictions of critical facts first, then what rules, judges or "
        "answers to one question disagree on, then doubt, then other contradictions, then what "
        "the machine can't tell. One review "
        "in four is of an item drawn at random from all judged items, by judge, engine and "
        "verdict, its verdict hidden; only these calibrate. They give Cohen's κ with its "
        "asymptotic error, sensitivity q1 and specificity q0 of each judge version, every item "
        "weighing as many as it was drawn for. The corrected accuracy is (p + q0 − 1) / "
        "(q0 + q1 − 1), p by the machine's own verdicts; its interval carries the uncertainty of "
        "p, q0 and q1 together. Under 30 random reviews, κ 0.6, or q0 + q1 1.3 it is called "
        "uncalibrated. What a person decides stands in every other figure in place of the "
        "machine's verdict, until the fact reads otherwise.",
        "Die Seite Prüfen zeigt zuerst Widersprüche zu kritischen Fakten, dann, wo Regeln, "
        "Prüfmodelle oder Antworten auf dieselbe Frage sich widersprechen, dann Zweifelsfälle, "
        "dann andere Widersprüche, dann was die Maschine nicht klären kann. Jede vierte Prüfung "
        "gilt einem Fall, der zufällig aus allen beurteilten gezogen wurde, geschichtet nach "
        "Prüfer, Assistent und Urteil, und dessen Urteil verborgen ist; nur diese kalibrieren. "
        "Sie ergeben Cohens κ mit asymptotischem Fehler, Sensitivität q1 und Spezifität q0 "
        "jeder Prüferversion; jeder Fall zählt für so viele, wie er vertritt. Die korrigierte "
        "Richtigkeit ist (p + q0 − 1) / (q0 + q1 − 1), p nach den Urteilen der Maschine selbst; "
        "ihr Intervall trägt die Unsicherheit von p, q0 und q1 zusammen. Unter 30 "
        "Zufallsprüfungen, κ 0,6 oder q0 + q1 1,3 heißt sie unkalibriert. In allen anderen "
        "Zahlen gilt das Urteil des Menschen statt dem der Maschine, bis der Fakt anders "
        "lautet.",
    ),
    "methods.limits": ("Limits", "Grenzen"),
    "methods.limits.body": (
        "The questions are ours, not a sample of what people type. Engines are asked through "
        "their interfaces for programs; an app with a memory of its user may answer otherwise. "
        "Makers change models without notice; a new served version is marked in the charts. The "
        "matcher knows the tracked names only.",
        "Die Fragen sind unsere, keine Stichprobe dessen, was Menschen eintippen. Gefragt wird "
        "über die Programmierschnittstellen; eine App, die ihre Nutzer kennt, kann anders "
        "antworten. Hersteller ändern Modelle ohne Ankündigung; eine neue Version ist in den "
        "Diagrammen markiert. Die Auswertung kennt nur die verfolgten Namen.",
    ),
    "methods.versions": ("Versions behind this page", "Versionen hinter dieser Seite"),
    "methods.version.monitor": ("Monitor", "Monitor"),
    "methods.version.measure": ("Measure version", "Auswertungsversion"),
    "methods.version.brands": ("Tracked brands", "Verfolgte Marken"),
    "methods.version.engines": ("Engines", "Assistenten"),
    "methods.version.period": ("Answers from", "Antworten von"),
    "methods.version.pack": ("Question pack", "Fragenpaket"),
    "methods.version.libraries": ("Libraries", "Bibliotheken"),
    "column.figure": ("Figure", "Zahl"),
    "column.formula": ("Formula", "Formel"),
    "column.meaning": ("Meaning", "Bedeutung"),
    "column.value": ("Value", "Wert"),
}
