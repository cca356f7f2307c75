"""Normalises web addresses: tracking parameters out, registrable domain, redirects named."""

import re
from functools import lru_cache
from urllib.parse import unquote_plus, urlsplit, urlunsplit

import tldextract

# Only the package's own snapshot of the public-suffix list: no network, no cache directory.
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_TRACKING = re.compile(
    r"utm_\w*|gclid|gclsrc|dclid|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id"
    r"|_hs(enc|mi)|__hs\w*|mkt_tok|srsltid|ref_src|ref_url|wbraid|gbraid|_ga|_gl|_gsid|spm|scid"
    r"|vero_id|oly_(anon|enc)_id|s_cid|cmpid|wt_mc|wt\.mc\w*|pk_\w+|mtm_\w+|at_\w+_?medium",
    re.IGNORECASE,
)
_REDIRECTS = (
    ("vertexaisearch.cloud.google.com", "/grounding-api-redirect"),
    ("www.google.com", "/url"),
    ("www.bing.com", "/ck/"),
    ("l.facebook.com", "/l.php"),
    ("duckduckgo.com", "/l/"),
    ("t.co", "/"),
    ("bit.ly", "/"),
    ("tinyurl.com", "/"),
    ("lnkd.in", "/"),
    ("amzn.to", "/"),
    ("goo.gl", "/"),
)


@lru_cache(maxsize=8192)
def normalised_url(url: str) -> str:
    """The address without tracking parameters, default port, or text fragment; "" if it's none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.lower().rstrip(".")
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    query = "&".join(
        pair
        for pair in parts.query.split("&")
        if pair and not _TRACKING.fullmatch(unquote_plus(pair.split("=", 1)[0]))
    )
    fragment = parts.fragment.split(":~:text=", 1)[0]
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, fragment))


@lru_cache(maxsize=8192)
def host_of(url: str) -> str:
    """The address's host name, lower-case, "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def domain_of(url_or_host: str) -> str:
    """The registrable domain ("theguardian.co.uk"); the host itself where there is none."""
    host = host_of(url_or_host) if "//" in url_or_host else url_or_host.lower().rstrip(".")
    found = _extract(host)
    return found.top_domain_under_public_suffix or host


def is_redirect(url: str) -> bool:
    """Whether the address only forwards to a page that it doesn't name."""
    host = host_of(url)
    return any(
        host == known and url.split(host, 1)[-1].startswith(path) for known, path in _REDIRECTS
    )
