"""What is true about a brand, and what answers make of it (MEASUREMENT.md, sections 5 and 6).

answer → passages (of whom does each speak?) → claims near a fact's subject → one verdict
"""

from monitor.facts.checking import RULES_VERSION, check_facts

__all__ = ["RULES_VERSION", "check_facts"]
