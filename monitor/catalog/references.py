"""What only shows when the files of `prompts/` are held against each other.

Everything here reads the raw documents and passes over what isn't of the right kind, which the
shapes report: so a fault in one place never hides a fault in another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.catalog.document import Document
from monitor.catalog.judges import judge_problems
from monitor.catalog.problems import KeyPath, Problem, listed, meant
from monitor.catalog.vocabulary import locale_fault


@dataclass(frozen=True, slots=True)
class Documents:
    """All the files of `prompts/` that are YAML; `incomplete` names the kinds that lack some."""

    engines: tuple[Document, ...]
    brands: tuple[Document, ...]
    packs: tuple[Document, ...]
    facts: tuple[Document, ...]
    sources: tuple[Document, ...] = ()
    incomplete: frozenset[str] = frozenset()

    def names(self, kind: str, pattern: str) -> tuple[str, ...] | None:
        """The names that a kind of file gives, None where a file of that kind can't be read."""
        if kind in self.incomplete:
            return None
        documents: tuple[Document, ...] = getattr(self, kind)
        return tuple(text.strip() for one in documents for _, text in one.texts(pattern))


def reference_problems(documents: Documents) -> Iterator[Problem]:
    """Ids given twice, names that nothing has, languages left out, names that two brands share."""
    yield from _repeated(documents.engines, "engines.*.id", "engine")
    yield from _repeated(documents.sources, "kinds.*.*", "domain")
    yield from _repeated(documents.brands, "brands.*.name", "brand")
    yield from _repeated(documents.facts, "facts.*.id", "fact")
    for pack in documents.packs:
        yield from _pack_problems(pack, documents)
    brand_names = documents.names("brands", "brands.*.name")
    for sheet in documents.facts:
        yield from _unknown(sheet, "brand", brand_names, "brand", "prompts/brands/")


def _repeated(documents: Iterable[Document], pattern: str, noun: str) -> Iterator[Problem]:
    """A problem for every name that an earlier place has already."""
    first: dict[str, str] = {}
    for document in documents:
        for path, text in document.texts(pattern):
            name = text.strip()
            if name in first:
                message = f"names {_a(noun)} a second time (first: {first[name]}); {_AGAIN[noun]}"
                yield document.problem(path, message, text)
            else:
                first[name] = f"{document.file}:{document.place(path).line}"


_AGAIN = {
    "domain": "a domain is of one kind",
    "engine": "write another id",
    "question": "write another id",
    "persona": "write another id",
    "fact": "write another id",
    "brand": "keep one entry",
}


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _pack_problems(pack: Document, documents: Documents) -> Iterator[Problem]:
    brands = documents.names("brands", "brands.*.name")
    engines = documents.names("engines", "engines.*.id")
    facts = documents.names("facts", "facts.*.id")
    yield from _unknown(pack, "own", brands, "brand", "prompts/brands/")
    yield from _unknown(pack, "competitors.*", brands, "brand", "prompts/brands/")
    yield from _unknown(pack, "engines.*", engines, "engine", "prompts/engines.yaml")
    yield from _unknown(pack, "judge.engines.*", engines, "engine", "prompts/engines.yaml")
    yield from _unknown(pack, "questions.*.facts.*", facts, "fact", "prompts/facts/")
    yield from _probe_problems(pack, documents)
    for noun in ("question", "persona"):
        yield from _repeated((pack,), f"{noun}s.*.id", noun)
    for pattern in (
        *("engines.*", "locales.*", "competitors.*", "judge.engines.*"),
        *("probes.facts.*", "probes.engines.*", "probes.severities.*"),
    ):
        yield from _listed_twice(pack, pattern)
    yield from _own_as_competitor(pack)
    yield from _missing_languages(pack)
    yield from _shared_names(pack, documents.brands)
    yield from judge_problems(pack, documents.engines)


def _unknown(
    document: Document, pattern: str, known: tuple[str, ...] | None, noun: str, where: str
) -> Iterator[Problem]:
    if known is None:
        return
    for path, name in document.texts(pattern):
        if name.strip() in known:
            continue
        likely = meant(name, known)
        ways = f"write one of {listed(known)}, or add" if known else "add"
        yield document.problem(
            path, f"isn't {_a(noun)} of {where}{likely or f'; {ways} it there'}", name
        )


def _listed_twice(pack: Document, pattern: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, text in pack.texts(pattern):
        name, line = text.strip(), pack.place(path).line
        if name in first:
            yield pack.problem(path, f"is listed on line {first[name]} already; keep one", text)
        first.setdefault(name, line)


def _probe_problems(pack: Document, documents: Documents) -> Iterator[Problem]:
    """Probes of nothing, of facts that aren't the own brand's, on engines that aren't asked."""
    probed = next((value for _, value in pack.select("probes")), None)
    if isinstance(probed, Mapping) and not probed.get("facts") and not probed.get("severities"):
        message = "names nothing to probe; write facts (ids) or severities (such as [critical])"
        yield pack.problem(("probes",), message, of_key=True)
    facts = documents.names("facts", "facts.*.id")
    yield from _unknown(pack, "probes.facts.*", facts, "fact", "prompts/facts/")
    yield from _not_own(pack, documents)
    asked = {name.strip() for _, name in pack.texts("engines.*")}
    for path, name in pack.texts("probes.engines.*"):
        if asked and name.strip() not in asked:
            yield pack.problem(path, "isn't among the pack's engines; add it there", name)


def _not_own(pack: Document, documents: Documents) -> Iterator[Problem]:
    """Probed facts of another brand: what answers say of the pack's own one is measured."""
    own = {name.strip() for _, name in pack.texts("own")}
    others = set(documents.names("brands", "brands.*.name") or ()) - own if own else set()
    brands = {
        fact.strip(): brand.strip()
        for sheet in documents.facts
        for _, brand in sheet.texts("brand")
        for _, fact in sheet.texts("facts.*.id")
    }
    for path, name in pack.texts("probes.facts.*"):
        if brands.get(name.strip()) in others:
            message = f"is a fact about {brands[name.strip()]}; probe facts of the own brand"
            yield pack.problem(path, message, name)


def _own_as_competitor(pack: Document) -> Iterator[Problem]:
    own = {name.strip() for _, name in pack.texts("own")}
    for path, name in pack.texts("competitors.*"):
        if name.strip() in own:
            yield pack.problem(path, "is the pack's own brand; take it out here", name)


def _missing_languages(pack: Document) -> Iterator[Problem]:
    needed: dict[str, str] = {}
    for _, locale in pack.texts("locales.*"):
        if not locale_fault(locale.strip()):
            needed.setdefault(locale.strip().split("-")[0], locale)
    for pattern in ("questions.*.text", "personas.*.text"):
        for path, text in pack.select(pattern):
            if isinstance(text, Mapping) and text:
                yield from _languages_left_out(pack, path, text, needed)


def _languages_left_out(
    pack: Document, path: KeyPath, text: Mapping[str, object], needed: Mapping[str, str]
) -> Iterator[Problem]:
    for lang, locale in needed.items():
        if lang not in text:
            message = f'is missing, and the pack has the locale {locale}; write "{lang}: …" here'
            yield pack.problem((*path, lang), message)


def _shared_names(pack: Document, brands: Iterable[Document]) -> Iterator[Problem]:
    """A problem for every name by which two brands of a pack go."""
    tracked = {name.strip() for key in ("own", "competitors.*") for _, name in pack.texts(key)}
    holder: dict[str, str] = {}
    for document in brands:
        for path, brand in document.texts("brands.*.name"):
            if brand.strip() not in tracked:
                continue
            for place, name in _spellings(document, path):
                other = holder.setdefault(name.casefold().strip(), brand.strip())
                if other != brand.strip():
                    message = f"also names {other}, and the pack {pack.stem} tracks both; keep one"
                    yield document.problem(place, message, name)


def _spellings(document: Document, name_path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    number = name_path[1]
    yield from document.texts(f"brands.{number}.name")
    yield from document.texts(f"brands.{number}.aliases.*")
