"""What sort of site a domain is: the shipped list, which `prompts/sources.yaml` can override."""

from collections.abc import Mapping
from types import MappingProxyType

from monitor.types import SourceKind

_SITES = {
    SourceKind.COMMUNITY: """
        reddit.com quora.com stackoverflow.com stackexchange.com superuser.com serverfault.com
        news.ycombinator.com gutefrage.net avforums.com head-fi.org producthunt.com trustpilot.com
    """,
    SourceKind.ENCYCLOPAEDIA: """
        wikipedia.org britannica.com wikidata.org wiktionary.org fandom.com
    """,
    SourceKind.SOCIAL: """
        youtube.com youtu.be facebook.com instagram.com tiktok.com twitter.com x.com linkedin.com
        pinterest.com threads.net
    """,
    SourceKind.SHOP: """
        amazon.com amazon.de amazon.co.uk walmart.com target.com bestbuy.com ebay.com ebay.de
    """,
    SourceKind.EDITORIAL: """
        nytimes.com theguardian.com theverge.com wired.com cnet.com techradar.com pcmag.com
        heise.de golem.de chip.de spiegel.de zeit.de faz.net
    """,
}
DEFAULT_KINDS: Mapping[str, SourceKind] = MappingProxyType(
    {domain: kind for kind, domains in _SITES.items() for domain in domains.split()}
)
"""Kind by registrable domain, or by host for a site within a domain."""
