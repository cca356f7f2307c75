"""Where in an answer's recommendation lists a brand stands (MEASUREMENT.md, section 3).

raw answer → outline (visible text, blocks) → lists → recommendation items → rank of a name
"""

from monitor.ranking.glued import is_glued
from monitor.ranking.heads import MAX_HEAD, Head, looks_like_name
from monitor.ranking.items import Item, avoided_brands, recommendation_items
from monitor.ranking.judging import Named
from monitor.ranking.listing import Listing, ListKind
from monitor.ranking.lists import read_lists
from monitor.ranking.outline import Block, BlockKind, Link, Outline, read_outline

__all__ = [
    "MAX_HEAD",
    "Block",
    "BlockKind",
    "Head",
    "Item",
    "Link",
    "ListKind",
    "Listing",
    "Named",
    "Outline",
    "avoided_brands",
    "is_glued",
    "looks_like_name",
    "read_lists",
    "read_outline",
    "recommendation_items",
]
