"""What is wrong with the judges that a pack names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.catalog.document import Document, Yaml
from monitor.catalog.problems import Problem
from monitor.types import vendor_of


def judge_problems(pack: Document, engine_files: Iterable[Document]) -> Iterator[Problem]:
    """Judges that search the web, and engines whose answers no judge of another vendor reads."""
    entries = _entries(engine_files)
    judges = [(path, name.strip()) for path, name in pack.texts("judge.engines.*")]
    for path, name in judges:
        if entries.get(name, {}).get("web_search") is True:
            message = "searches the web; a judge has all it needs, so write an engine without"
            yield pack.problem(path, message, name)
    known = [name for _, name in judges if name in entries]
    if known and len(known) == len(judges):
        yield from _unjudged(pack, known, entries)


def _unjudged(
    pack: Document, judges: Sequence[str], entries: Mapping[str, Mapping[str, Yaml]]
) -> Iterator[Problem]:
    vendors = {name: vendor_of(str(entry.get("model", ""))) for name, entry in entries.items()}
    judging = {vendors[name] for name in judges}
    asked = [name.strip() for _, name in pack.texts("engines.*")]
    alone = [name for name in asked if not judging - {vendors.get(name, "")}]
    if alone:
        message = (
            f"none may judge the answers of {', '.join(alone)}, for all are by "
            f"{vendors[alone[0]]}; add an engine of another vendor"
        )
        yield pack.problem(("judge", "engines"), message)


def _entries(engine_files: Iterable[Document]) -> dict[str, Mapping[str, Yaml]]:
    """The entries of engines.yaml by id."""
    found: dict[str, Mapping[str, Yaml]] = {}
    for document in engine_files:
        for _, entry in document.select("engines.*"):
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                found.setdefault(str(entry["id"]).strip(), entry)
    return found
