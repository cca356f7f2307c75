"""The pages that simulated search engines find and cite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

from monitor.types import Brand, SourceKind


@dataclass(frozen=True, slots=True)
class Page:
    """A page to cite: `brand` owns it, or is "" for third parties."""

    url: str
    title: str
    domain: str
    kind: SourceKind
    brand: str = ""


# Well-known sites, so that domains and their kinds look as in real answers; nothing is fetched.
_THIRD_PARTIES: Mapping[str, Sequence[tuple[SourceKind, str, str]]] = {
    "en": (
        (SourceKind.EDITORIAL, "www.techradar.com", "best/{slug}"),
        (SourceKind.EDITORIAL, "www.zdnet.com", "article/{slug}"),
        (SourceKind.EDITORIAL, "www.computerweekly.com", "feature/{slug}"),
        (SourceKind.EDITORIAL, "www.infoworld.com", "article/{slug}.html"),
        (SourceKind.COMMUNITY, "www.reddit.com", "r/software/comments/{slug}"),
        (SourceKind.COMMUNITY, "www.quora.com", "{slug}"),
        (SourceKind.COMMUNITY, "news.ycombinator.com", "item?id={number}"),
        (SourceKind.SHOP, "www.g2.com", "categories/{slug}"),
        (SourceKind.SHOP, "www.capterra.com", "{slug}"),
        (SourceKind.ENCYCLOPAEDIA, "en.wikipedia.org", "wiki/{slug}"),
    ),
    "de": (
        (SourceKind.EDITORIAL, "www.heise.de", "ratgeber/{slug}-{number}.html"),
        (SourceKind.EDITORIAL, "www.computerwoche.de", "article/{number}/{slug}.html"),
        (SourceKind.EDITORIAL, "t3n.de", "news/{slug}-{number}"),
        (SourceKind.EDITORIAL, "www.golem.de", "news/{slug}-{number}.html"),
        (SourceKind.COMMUNITY, "www.reddit.com", "r/de_EDV/comments/{slug}"),
        (SourceKind.COMMUNITY, "www.gutefrage.net", "frage/{slug}"),
        (SourceKind.SHOP, "omr.com", "de/reviews/category/{slug}"),
        (SourceKind.SHOP, "www.capterra.com.de", "directory/{number}/{slug}"),
        (SourceKind.ENCYCLOPAEDIA, "de.wikipedia.org", "wiki/{slug}"),
    ),
}
_SLUGS = {
    "en": ("buyers-guide", "tools-compared", "field-test", "what-teams-use", "market-overview"),
    "de": ("kaufberatung", "anbieter-im-vergleich", "praxistest", "marktueberblick", "erfahrungen"),
}
_TITLES = {
    "en": ("Buyer's guide", "Tools compared", "Field test", "What teams use", "Market overview"),
    "de": ("Kaufberatung", "Anbieter im Vergleich", "Praxistest", "Marktüberblick", "Erfahrungen"),
}
_OWN_PATHS = ("", "product", "pricing", "blog/whats-new", "docs/getting-started", "customers")


def third_party_pages(lang: str, key: int, rng: Random, count: int) -> list[Page]:
    """`count` pages of nobody's brand; `key` makes a question return to the same sites."""
    sites = _THIRD_PARTIES[lang]
    favourites = [(key + step * step) % len(sites) for step in range(4)]
    picks = dict.fromkeys(
        rng.choice(favourites) if rng.random() < 0.7 else rng.randrange(len(sites))
        for _ in range(count)
    )
    return [_third_party(lang, site, (key + site) % len(_SLUGS[lang])) for site in picks]


def own_page(brand: Brand, rng: Random) -> Page | None:
    """A page of the brand's own, or None for a brand without a domain."""
    if not brand.domains:
        return None
    domain = brand.domains[0]
    path = rng.choice(_OWN_PATHS)
    title = f"{brand.name} | {path.rsplit('/', 1)[-1].replace('-', ' ') or 'Home'}"
    return Page(f"https://www.{domain}/{path}", title, domain, SourceKind.VENDOR, brand.name)


def _third_party(lang: str, site: int, slug: int) -> Page:
    kind, host, pattern = _THIRD_PARTIES[lang][site]
    number = 1_000_003 * (site + 3) % 9_000_000 + slug
    path = pattern.format(slug=quote(_SLUGS[lang][slug]), number=number)
    domain = host.removeprefix("www.")
    return Page(f"https://{host}/{path}", f"{_TITLES[lang][slug]} – {domain}", domain, kind)
