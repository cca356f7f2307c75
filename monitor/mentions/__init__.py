"""Reads out of a raw answer which tracked brands it names, how, where, and citing whom.

    brands → track → Tracked (compiled once)
    raw answer → outline → hits → boundaries → longest wins → ambiguity → states → Extraction
                                     what people ruled ──┴───────────┴──────────┘

Pure and deterministic: the same for the pipeline, the command line and `remeasure`.
"""

from monitor.mentions.extraction import extract, names_any
from monitor.mentions.matching import Tracked, track
from monitor.mentions.ruled import Ruled
from monitor.mentions.unknown import UnknownName, merge_unknown_names

__all__ = [
    "Ruled",
    "Tracked",
    "UnknownName",
    "extract",
    "merge_unknown_names",
    "names_any",
    "track",
]
