"""Which pages an answer cites: read from the provider's response body and from its text.

response body → sources_in_body → Source
raw answer's links + sources → read_citations → Citation (address, owner, kind)
"""

from monitor.citations.addresses import domain_of, normalised_url
from monitor.citations.bodies import sources_in_body
from monitor.citations.kinds import DEFAULT_KINDS
from monitor.citations.reading import owners_of, read_citations

__all__ = [
    "DEFAULT_KINDS",
    "domain_of",
    "normalised_url",
    "owners_of",
    "read_citations",
    "sources_in_body",
]
