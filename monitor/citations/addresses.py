"""Normalises web addresses: tracking parameters out, redirects opened or named, domains found."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote_plus, urlsplit, urlunsplit

import tldextract

# Only the package's own snapshot of the public-suffix list: no network, no cache directory.
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_TRACKING = re.compile(
    r"utm_\w*|gclid|gclsrc|dclid|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id"
    r"|_hs(?:enc|mi)|__hs\w*|hsctatracking|mkt_tok|srsltid|ref_src|ref_url|wbraid|gbraid|_ga|_gl"
    r"|_gsid|spm|vero_id|oly_(?:anon|enc)_id|s_cid|cmpid|wt[._]mc\w*|pk_\w+|mtm_\w+|at_medium"
    r"|at_campaign|ncid|guccounter|guce_ref\w*",
    re.IGNORECASE,
)
_FORWARDERS = {
    "vertexaisearch.cloud.google.com": ("/grounding-api-redirect", ""),
    "www.google.com": ("/url", "q url"),
    "google.com": ("/url", "q url"),
    "www.bing.com": ("/ck/", ""),
    "l.facebook.com": ("/l.php", "u"),
    "lm.facebook.com": ("/l.php", "u"),
    "l.instagram.com": ("/", "u"),
    "duckduckgo.com": ("/l/", "uddg"),
    "out.reddit.com": ("/", "url"),
    "www.linkedin.com": ("/redir", "url"),
    "t.co": ("/", ""),
    "bit.ly": ("/", ""),
    "tinyurl.com": ("/", ""),
    "lnkd.in": ("/", ""),
    "amzn.to": ("/", ""),
    "goo.gl": ("/", ""),
    "ow.ly": ("/", ""),
    "buff.ly": ("/", ""),
}
"""By host the path and, where the target stands in the address, the parameters that hold it."""

_DOMAIN = re.compile(r"(?:[a-z\d](?:[a-z\d\-]*[a-z\d])?\.)+[a-z]{2,}", re.IGNORECASE)


@lru_cache(maxsize=16384)
def normalised_url(url: str) -> str:
    """The address as it is compared: "" for what is no web address.

    Lower-case scheme and readable host, no tracking parameters, default port, user name or text
    fragment; a forwarder's address becomes its target where it names one.
    """
    try:
        parts = _target(urlsplit(url.strip()))
        port = parts.port if ":" in parts.netloc else None
    except ValueError:
        return ""
    scheme, host = parts.scheme, _readable(_host(parts).rstrip("."))
    if scheme not in ("http", "https") or not host or any(sign in host for sign in " <>\"'"):
        return ""
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    fragment = parts.fragment.split(":~:", 1)[0]
    return urlunsplit((scheme, host, parts.path or "/", query, fragment)).replace(" ", "%20")


def _readable(host: str) -> str:
    """The host with its letters in place of their ASCII code ("xn--bcher-kva" is "bücher")."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _is_tracking(pair: str) -> bool:
    return _TRACKING.fullmatch(unquote_plus(pair.split("=", 1)[0])) is not None


def _host(parts: SplitResult) -> str:
    """The host in lower case, "" if there is none; nearly always all that its part holds."""
    plain = parts.netloc.replace(".", "").replace("-", "")
    if plain.isascii() and plain.isalnum():
        return parts.netloc.lower()
    return parts.hostname or ""


def _target(parts: SplitResult) -> SplitResult:
    """What a forwarder's address points to, if it says so; else the address. May be no address."""
    parameters = _forwarding(parts)
    query = parse_qs(parts.query) if parameters else {}
    for parameter in (parameters or "").split():
        for value in query.get(parameter, ()):
            if value.lower().startswith(("http://", "https://")):
                return urlsplit(value)
    return parts


def _forwarding(parts: SplitResult) -> str | None:
    """The parameters in which a forwarder's address may hold its target; None for any other."""
    path, parameters = _FORWARDERS.get(_host(parts), (None, ""))
    return parameters if path is not None and parts.path.startswith(path) else None


def is_redirect(url: str) -> bool:
    """Whether a normalised address only forwards to a page that it doesn't name."""
    try:
        return _forwarding(urlsplit(url)) is not None
    except ValueError:
        return False


@lru_cache(maxsize=16384)
def host_of(url: str) -> str:
    """The address's host name in lower case, "" if it has none."""
    try:
        return _host(urlsplit(url)).rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=16384)
def domain_of(url_or_host: str) -> str:
    """The registrable domain ("bbc.co.uk") of an address or host; the host where there is none.

    Under a suffix that the public-suffix list doesn't know ("www.acme.example") it is the last two
    labels.
    """
    host = host_of(url_or_host) if "//" in url_or_host else url_or_host.strip().lower()
    host = host.split("/", 1)[0].rstrip(".")
    found = _extract(host)
    if found.suffix or not found.subdomain:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


def domain_in_title(title: str) -> str:
    """The registrable domain that a source's title consists of, "" for a real title."""
    title = title.strip()
    if not _DOMAIN.fullmatch(title) or not _extract(title.lower()).suffix:
        return ""
    return domain_of(title)
