"""Puts an answer's links and its provider's sources together as citations."""

import re
from collections.abc import Iterable, Mapping, Sequence

from monitor.citations.addresses import domain_of, host_of, is_redirect, normalised_url
from monitor.citations.kinds import DEFAULT_KINDS
from monitor.ranking import Outline
from monitor.types import Brand, Citation, Owner, Source, SourceKind

BARE_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'`{}|\\^]+", re.IGNORECASE)


def read_citations(
    outline: Outline,
    brands: Sequence[Brand],
    sources: Sequence[Source] = (),
    site_kinds: Mapping[str, SourceKind] | None = None,
) -> tuple[Citation, ...]:
    """Every page the answer or its provider names, each once, in reading order."""
    kinds = {**DEFAULT_KINDS, **site_kinds} if site_kinds else DEFAULT_KINDS
    owners = {domain_of(domain): brand for brand in brands for domain in brand.domains}
    found: dict[str, Citation] = {}
    for url, title, cited in _pages(outline, sources):
        address = normalised_url(url)
        if not address:
            continue
        known = found.get(address)
        if known is None or (cited and not known.cited):
            found[address] = _citation(address, title, cited, owners, kinds)
    return tuple(found.values())


def _pages(outline: Outline, sources: Sequence[Source]) -> Iterable[tuple[str, str, bool]]:
    """URL, title and whether cited: first those in the text, then the provider's."""
    for link in outline.links:
        yield link.url, link.title or outline.text[link.start : link.end], True
    for match in BARE_URL.finditer(outline.text):
        url = match[0].rstrip(".,;:!?)]*_")
        yield url if "//" in url else f"https://{url}", "", True
    for source in sources:
        yield source.url, source.title, source.cited


def _citation(
    address: str,
    title: str,
    cited: bool,
    owners: Mapping[str, Brand],
    kinds: Mapping[str, SourceKind],
) -> Citation:
    host, domain = host_of(address), domain_of(address)
    brand = owners.get(domain)
    owner = Owner.THIRD_PARTY if brand is None else Owner.OURS if brand.own else Owner.RIVAL
    kind = kinds.get(host) or kinds.get(domain) or SourceKind.OTHER
    if brand is not None and kind is SourceKind.OTHER:
        kind = SourceKind.VENDOR
    return Citation(
        address,
        domain,
        owner,
        kind,
        brand.name if brand else "",
        title.strip(),
        cited,
        is_redirect(address),
    )
