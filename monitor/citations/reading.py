"""Puts an answer's links and its provider's sources together as citations."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from operator import itemgetter

import pyromark

from monitor.citations.addresses import (
    domain_in_title,
    domain_of,
    host_of,
    is_redirect,
    normalised_url,
)
from monitor.citations.kinds import DEFAULT_KINDS
from monitor.ranking import Link, Outline
from monitor.types import Brand, Citation, Owner, Source, SourceKind

_TOPS = ("com", "org", "net", "io", "ai", "de", "co", "app", "dev", "eu", "info")
_NO_SIGN = r"[^\s<>\"'`{}|\\^\[\]“”„。、，；！？「」『』（）【】《》]"
_BARE = re.compile(
    rf"(?:https?://|(?<![\w@.])www\.){_NO_SIGN}+"
    rf"|(?<![\w@./\-])(?:[a-z\d\-]+\.)+(?:{'|'.join(_TOPS)})/{_NO_SIGN}*",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_SLASHED = re.compile(
    "/(?:(?<=://)|" + "|".join(rf"(?<=\.{top}/)" for top in _TOPS) + ")",
)
"""This or "www." stands in every text in which `_BARE` finds anything; found by its slash."""

_START = itemgetter(0)
# Members of an enumeration are slow to look up; these are asked for with every page.
_OURS, _RIVAL, _THIRD_PARTY = Owner
_VENDOR, _OTHER = SourceKind.VENDOR, SourceKind.OTHER


@dataclass(slots=True)
class _Page:
    url: str
    title: str
    cited: bool


def read_citations(
    outline: Outline,
    owners: Mapping[str, Brand],
    sources: Sequence[Source] = (),
    site_kinds: Mapping[str, SourceKind] | None = None,
) -> tuple[Citation, ...]:
    """Every page that the answer or its provider names, each once, cited ones first.

    `owners` are the tracked brands by host or domain (`owners_of`); `site_kinds` overrides the
    shipped kinds by domain or host.
    """
    pages: dict[str, _Page] = {}
    named = _linked(outline)
    named += [_Page(each.url, each.title, each.cited) for each in sources]
    for page in named:
        address = normalised_url(page.url)
        if not address:
            continue
        known = pages.get(address)
        if known is None:
            pages[address] = page
        elif (page.cited and not known.cited) or (page.title and not known.title):
            cited = known.cited or page.cited
            pages[address] = _Page(page.url, known.title or page.title, cited)
    if not pages:
        return ()
    found = [_citation(address, page, owners, site_kinds) for address, page in pages.items()]
    if sources:
        found.sort(key=lambda citation: not citation.cited)
    return tuple(found)


def owners_of(brands: Sequence[Brand]) -> dict[str, Brand]:
    """Brand by host or domain that it owns."""
    return {
        domain.lower().split("//")[-1].split("/")[0].removeprefix("www."): brand
        for brand in brands
        for domain in brand.domains
    }


def _linked(outline: Outline) -> list[_Page]:
    """Pages linked in the text: Markdown links, bare addresses, reference definitions."""
    placed = [
        (link.start, _Page(link.url, _link_title(outline.text, link), True))
        for link in outline.links
        if link.url and not link.image
    ]
    if _holds_addresses(outline.text):
        placed += [
            (match.start(), _Page(_with_scheme(_unpunctuated(match[0])), "", True))
            for match in _BARE.finditer(outline.text)
        ]
    placed.sort(key=_START)
    pages = [page for _, page in placed]
    if "<" in outline.raw and "href" in outline.raw:
        pages += [_Page(unescape(found), "", True) for found in _ANCHOR.findall(outline.raw)]
    if "[" in outline.raw and "]:" in outline.raw:
        pages += _defined(outline.raw)
    return pages


def _holds_addresses(text: str) -> bool:
    """Whether a text may hold bare addresses; most hold none, nor any slash."""
    if "/" in text and _SLASHED.search(text) is not None:
        return True
    return "www." in text or "WWW." in text


def _link_title(text: str, link: Link) -> str:
    """A link's title, else its label unless that is a number or an address."""
    if link.title:
        return link.title
    label = text[link.start : link.end].strip()
    return "" if label.lstrip("^").isdigit() or "://" in label else label


def _defined(raw: str) -> Iterator[_Page]:
    """Pages of reference definitions, also of those that no link uses."""
    for definition in pyromark.reference_definitions(
        raw.encode("utf-8", "replace").decode()
    ).values():
        yield _Page(definition["dest"], definition.get("title") or "", True)


def _unpunctuated(url: str) -> str:
    """An address without the punctuation of the sentence that it ends."""
    while url and url[-1] in ".,;:!?)*_~'’”…>":
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url


def _with_scheme(url: str) -> str:
    return url if "://" in url[:8] else f"https://{url}"


def _citation(
    address: str,
    page: _Page,
    owners: Mapping[str, Brand],
    site_kinds: Mapping[str, SourceKind] | None,
) -> Citation:
    host, domain, redirect = _site(address)
    named = domain_in_title(page.title) if redirect else ""
    if named:
        host = domain = named
    title = page.title.strip()
    brand = _owner(host, owners)
    kind = _kind(host, site_kinds)
    if brand is None:
        kind = kind or _OTHER
        return Citation(address, domain, _THIRD_PARTY, kind, "", title, page.cited, redirect)
    owner, kind = _OURS if brand.own else _RIVAL, kind or _VENDOR
    return Citation(address, domain, owner, kind, brand.name, title, page.cited, redirect)


def _owner(host: str, owners: Mapping[str, Brand]) -> Brand | None:
    """The tracked brand that owns a host or the longest of its parents that anybody owns."""
    for name in _suffixes(host):
        if name in owners:
            return owners[name]
    return None


@lru_cache(maxsize=16384)
def _site(address: str) -> tuple[str, str, bool]:
    """Host, registrable domain, and whether it is a redirect."""
    host = host_of(address)
    return host, domain_of(host), is_redirect(address)


def _kind(host: str, site_kinds: Mapping[str, SourceKind] | None) -> SourceKind | None:
    """The kind of a site: overridden, shipped, or told by its host name; None for any other."""
    if site_kinds:
        for name in _suffixes(host):
            if name in site_kinds:
                return site_kinds[name]
    return _shipped_kind(host)


@lru_cache(maxsize=8192)
def _shipped_kind(host: str) -> SourceKind | None:
    for name in _suffixes(host):
        if name in DEFAULT_KINDS:
            return DEFAULT_KINDS[name]
    is_forum = host.startswith(("forum.", "forums.", "community.", "discuss."))
    return SourceKind.COMMUNITY if is_forum else None


@lru_cache(maxsize=8192)
def _suffixes(host: str) -> tuple[str, ...]:
    """The host and its parents down to two labels, longest first, without "www."."""
    labels = host.removeprefix("www.").split(".")
    return tuple(".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))
