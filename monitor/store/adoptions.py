"""Names that a person adopted from a page, tracked by their pack from the next measuring on.

An adoption is journalled, as a note is, and not written into prompts/brands/. So a click works
where the folder is read-only or under version control, two people can click at once, `rebuild`
keeps it, and an auditor sees who decided when. It holds a bare name: who wants aliases, domains or
context words writes the brand into prompts/, whose definition then takes the adoption's place.
"""

from datetime import datetime

from monitor.store.ingestion import ingest
from monitor.store.session import Store
from monitor.types import Adoption


def adopt(store: Store, adoption: Adoption, now: datetime) -> None:
    """Keep a decision to track a name, or no longer to.

    Raises StoreError where the journal doesn't take it, StoreBusyError where only the tables don't
    yet: the decision is kept then, and shows later.
    """
    store.journal.append([adoption], now)
    ingest(store, now)


def adopted_names(store: Store, pack: str) -> tuple[str, ...]:
    """The adopted names of a pack in alphabetical order; makes no store where there is none."""
    if not store.path.exists():
        return ()
    with store.reading("listing adopted names") as con:
        rows = con.execute(
            "SELECT name FROM adopted WHERE pack = $pack ORDER BY name", {"pack": pack}
        ).fetchall()
    return tuple(name for (name,) in rows)
