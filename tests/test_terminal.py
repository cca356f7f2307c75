"""Tables on terminals of any width: numbers and names stay whole, what's spare goes first."""

import pytest

from monitor.cli.terminal import Column, cell, fitting

COLUMNS = (
    Column("Engine", cell("engine"), whole=True),
    Column("Visibility", cell("value"), right=True),
    Column("", cell("bar"), whole=True, spare=True),
    Column("questions like these", cell("market"), right=True),
)
RECORDS = ({"engine": "a-chat-web", "value": "62 %", "bar": "█" * 12, "market": "45–76 %"},)


@pytest.mark.parametrize(("width", "headings"), [(80, 4), (54, 4), (53, 3), (20, 3)])
def test_spare_columns_go_where_the_terminal_is_too_narrow(width: int, headings: int) -> None:
    # 10 + 10 + 12 + 9 characters, three between two columns, and an edge.
    assert len(fitting(COLUMNS, RECORDS, width)) == headings


def test_a_name_and_a_number_need_their_whole_width_and_words_their_longest() -> None:
    assert [column.least(RECORDS) for column in COLUMNS] == [10, 10, 12, 9]
    note = Column("Value", cell("value"), right=True)
    assert note.least([{"value": "too few answers (n = 6)"}]) == len("answers")
