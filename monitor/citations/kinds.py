"""What sort of site a domain is: the shipped list, which a mapping of one's own overrides.

Keys are registrable domains, or hosts for a site within one ("shopping.google.com").
"""

from collections.abc import Mapping
from types import MappingProxyType

from monitor.types import SourceKind

_SITES = {
    SourceKind.COMMUNITY: """
        reddit.com quora.com stackoverflow.com stackexchange.com superuser.com serverfault.com
        askubuntu.com news.ycombinator.com gutefrage.net avforums.com head-fi.org producthunt.com
        discourse.org lemmy.world motor-talk.de hardwareluxx.de
        community.spiceworks.com slashdot.org resetera.com mumsnet.com moneysavingexpert.com
        tripadvisor.com tripadvisor.de yelp.com yelp.de trustpilot.com de.trustpilot.com
        glassdoor.com kununu.com g2.com capterra.com capterra.com.de getapp.com softwareadvice.com
        trustradius.com peerspot.com medium.com substack.com dev.to
        discord.com github.com
    """,
    SourceKind.ENCYCLOPAEDIA: """
        wikipedia.org wikimedia.org wikidata.org wiktionary.org britannica.com encyclopedia.com
        fandom.com duden.de investopedia.com crunchbase.com
    """,
    SourceKind.SOCIAL: """
        youtube.com youtu.be facebook.com instagram.com tiktok.com twitter.com x.com linkedin.com
        pinterest.com pinterest.de threads.net threads.com bsky.app mastodon.social xing.com
        vimeo.com snapchat.com t.me
    """,
    SourceKind.SHOP: """
        amazon.com amazon.de amazon.co.uk amazon.fr amazon.it amazon.es amazon.ca walmart.com
        target.com bestbuy.com costco.com homedepot.com lowes.com ebay.com ebay.de ebay.co.uk
        etsy.com aliexpress.com alibaba.com temu.com newegg.com bhphotovideo.com wayfair.com
        ikea.com macys.com nordstrom.com rei.com zappos.com sweetwater.com thomann.de
        thomannmusic.com guitarcenter.com otto.de mediamarkt.de saturn.de zalando.de zalando.com
        idealo.de geizhals.de geizhals.at check24.de verivox.de notebooksbilliger.de alternate.de
        cyberport.de galaxus.de galaxus.ch digitec.ch kaufland.de conrad.de douglas.de chewy.com
        shopping.google.com currys.co.uk argos.co.uk johnlewis.com apps.apple.com play.google.com
    """,
    SourceKind.EDITORIAL: """
        nytimes.com washingtonpost.com wsj.com ft.com economist.com bloomberg.com reuters.com
        apnews.com bbc.com bbc.co.uk cnn.com cnbc.com nbcnews.com abcnews.go.com foxnews.com
        npr.org theguardian.com telegraph.co.uk independent.co.uk forbes.com businessinsider.com
        fortune.com time.com usatoday.com usnews.com theverge.com wired.com cnet.com techradar.com
        tomsguide.com tomshardware.com pcmag.com pcworld.com zdnet.com engadget.com techcrunch.com
        arstechnica.com venturebeat.com gizmodo.com mashable.com 9to5mac.com macrumors.com
        androidauthority.com androidcentral.com gsmarena.com phonearena.com notebookcheck.net
        notebookcheck.com laptopmag.com digitaltrends.com rtings.com whathifi.com soundguys.com
        trustedreviews.com expertreviews.co.uk consumerreports.org goodhousekeeping.com
        popularmechanics.com thespruce.com bhg.com realsimple.com seriouseats.com bonappetit.com
        foodandwine.com foodnetwork.com epicurious.com menshealth.com womenshealthmag.com
        runnersworld.com outsideonline.com gearjunkie.com outdoorgearlab.com switchbacktravel.com
        cntraveler.com travelandleisure.com vogue.com gq.com esquire.com rollingstone.com
        variety.com edmunds.com kbb.com caranddriver.com motortrend.com insideevs.com autoblog.com
        topgear.com nerdwallet.com bankrate.com thepointsguy.com sleepfoundation.org
        verywellhealth.com healthline.com webmd.com gamesradar.com ign.com pcgamer.com
        theregister.com infoworld.com computerworld.com cio.com gartner.com forrester.com idc.com
        marketwatch.com morningstar.com heise.de golem.de chip.de computerbild.de computerbase.de
        t3n.de netzwelt.de connect.de spiegel.de zeit.de faz.net sueddeutsche.de welt.de focus.de
        stern.de bild.de handelsblatt.com wiwo.de manager-magazin.de tagesschau.de ard.de zdf.de
        n-tv.de t-online.de test.de stiftung-warentest.de oekotest.de finanztip.de
        verbraucherzentrale.de adac.de auto-motor-und-sport.de autobild.de capital.de brandeins.de
        nzz.ch derstandard.at srf.ch orf.at golem.de
    """,
}
DEFAULT_KINDS: Mapping[str, SourceKind] = MappingProxyType(
    {domain: kind for kind, domains in _SITES.items() for domain in domains.split()}
)
"""Kind by registrable domain, or by host for a site within a domain."""
