//! What is known of crawl agents: what they call themselves, and where they come
//! from by their operators' own word.
//!
//! In the table are agents that fetch pages for a search engine's index and
//! nothing else. What fetches because a person asked for it (translators,
//! previews, testing tools, assistants), advertising and training are not: they
//! would be a way for anybody to read on.

use crate::hosts::Hosts;

/// What is known of an agent.
pub(crate) struct Known {
    /// What configuration calls it.
    pub(crate) name: &'static str,
    /// What claims it in a User-Agent: whole words, in any case.
    pub(crate) words: &'static [&'static str],
    /// Its crawl hosts. Empty where the operator's addresses have no names to go
    /// by, so that only published ranges can vouch for them.
    pub(crate) hosts: &'static [Hosts],
    /// Where the operator publishes its ranges in the format that
    /// [`crate::Ranges`] reads: the file, or the page that links to it.
    pub(crate) ranges: Option<&'static str>,
}

const fn hosts(first: &'static str, under: &'static str) -> Hosts {
    Hosts { first, under }
}

pub(crate) static KNOWN: [Known; 11] = [
    // developers.google.com/crawling/docs/crawlers-fetchers: common crawlers have
    // the masks `crawl-*.googlebot.com` and `geo-crawl-*.geo.googlebot.com`.
    // Special-case crawlers (`rate-limited-proxy-*.google.com`) and what users
    // trigger (`google-proxy-*.google.com`, `*.gae.googleusercontent.com`) are
    // not for the index. Nor is Google-InspectionTool, which shares the hosts:
    // it shows a page to whoever pastes its address, and doesn't say Googlebot.
    Known {
        name: "googlebot",
        words: &["googlebot"],
        hosts: &[
            hosts("crawl-", "googlebot.com"),
            hosts("geo-crawl-", "geo.googlebot.com"),
        ],
        ranges: Some("https://developers.google.com/static/crawling/ipranges/common-crawlers.json"),
    },
    // blogs.bing.com/webmaster/August-2012/How-to-Verify-that-Bingbot-is-Bingbot:
    // a name that ends with search.msn.com.
    Known {
        name: "bingbot",
        words: &["bingbot"],
        hosts: &[hosts("", "search.msn.com")],
        ranges: Some("https://www.bing.com/toolbox/bingbot.json"),
    },
    // support.apple.com/119829 (About Applebot): the *.applebot.apple.com domain.
    Known {
        name: "applebot",
        words: &["applebot"],
        hosts: &[hosts("", "applebot.apple.com")],
        ranges: Some("https://search.developer.apple.com/applebot.json"),
    },
    // duckduckgo.com/duckduckgo-help-pages/results/duckduckbot: addresses only,
    // rented ones, which have no names of DuckDuckGo's.
    Known {
        name: "duckduckbot",
        words: &["duckduckbot"],
        hosts: &[],
        ranges: Some("https://duckduckgo.com/duckduckbot.json"),
    },
    // yandex.com/support/webmaster/robot-workings/check-yandex-robots.html: names
    // that end in yandex.ru, yandex.net or yandex.com. Yandex has other hosts
    // there too; its crawlers are spider-*.yandex.com and *.spider.yandex.com.
    Known {
        name: "yandexbot",
        words: &["yandexbot", "yandexmobilebot"],
        hosts: &[
            hosts("", "spider.yandex.com"),
            hosts("", "spider.yandex.net"),
            hosts("", "spider.yandex.ru"),
            hosts("spider-", "yandex.com"),
            hosts("spider-", "yandex.net"),
            hosts("spider-", "yandex.ru"),
        ],
        ranges: None,
    },
    // Baidu's help for webmasters: Baiduspider-*.crawl.baidu.com and
    // BaiduMobaider-*.crawl.baidu.jp; its ranges change and aren't published.
    Known {
        name: "baiduspider",
        words: &["baiduspider"],
        hosts: &[hosts("", "crawl.baidu.com"), hosts("", "crawl.baidu.jp")],
        ranges: None,
    },
    // napoveda.seznam.cz/en/seznambot-crawler: fulltextrobot-*.seznam.cz.
    Known {
        name: "seznambot",
        words: &["seznambot"],
        hosts: &[hosts("fulltextrobot-", "seznam.cz")],
        ranges: None,
    },
    // help.qwant.com/bot: qwantbot-*.qwant.com; Qwantify is its earlier name.
    Known {
        name: "qwantbot",
        words: &["qwantbot", "qwantify"],
        hosts: &[hosts("qwantbot-", "qwant.com")],
        ranges: Some("https://help.qwant.com/bot"),
    },
    // www.mojeek.com/bot.html: crawl-*.mojeek.com.
    Known {
        name: "mojeekbot",
        words: &["mojeekbot"],
        hosts: &[hosts("crawl-", "mojeek.com")],
        ranges: None,
    },
    // searchadvisor.naver.com/guide/seo-basic-firewall says to look at the
    // reverse DNS; the names seen are crawl.*.web.naver.com.
    Known {
        name: "yeti",
        words: &["yeti"],
        hosts: &[hosts("crawl", "web.naver.com")],
        ranges: None,
    },
    // aspiegel.com/petalbot says to look at the reverse DNS; the names seen are
    // petalbot-*.petalsearch.com.
    Known {
        name: "petalbot",
        words: &["petalbot"],
        hosts: &[hosts("petalbot-", "petalsearch.com")],
        ranges: None,
    },
];
