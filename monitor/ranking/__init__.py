"""Where in an answer's recommendation lists a brand stands (MEASUREMENT.md, section 3).

raw answer → outline (visible text, blocks) → recommendation items → rank of a name
"""

from monitor.ranking.items import Item, recommendation_items
from monitor.ranking.outline import Block, BlockKind, Link, Outline, read_outline

__all__ = [
    "Block",
    "BlockKind",
    "Item",
    "Link",
    "Outline",
    "read_outline",
    "recommendation_items",
]
