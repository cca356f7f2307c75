"""Rulings: what people say of a brand's mention in an answer, kept before anything is counted."""

from datetime import datetime

from monitor.errors import InputError
from monitor.store.ingestion import ingest_into
from monitor.store.session import Store
from monitor.types import Ruling


def keep_ruling(store: Store, ruling: Ruling, now: datetime) -> None:
    """Append a ruling, or the withdrawal of the one that stands; figures follow by measuring.

    Raises InputError where there is none to withdraw, StoreError and StoreBusyError where nothing
    was kept.
    """
    with store.writing(f"keeping a ruling of {ruling.reviewer}") as con:
        standing = con.execute(
            "FROM standing_rulings WHERE answer_id = $answer AND brand = $brand",
            {"answer": ruling.answer_id, "brand": ruling.brand},
        ).fetchone()
        if ruling.state is None and standing is None:
            raise InputError(
                f"nobody has ruled on {ruling.brand} in {ruling.answer_id}, so there is nothing to "
                "withdraw"
            )
        name = store.journal.append([ruling], now)
        ingest_into(con, store.journal, now, [name])
