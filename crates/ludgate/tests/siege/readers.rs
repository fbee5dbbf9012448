//! Attacks by who somebody says they are and by when, which no site has a part
//! in: rows 1 to 5, 10, 11 and 28. The site has a story `d`, which is metered,
//! and a story `locked`, which is not even that.

use super::attack::{Attack, Proof, get};

const GOOGLEBOT: &str =
    "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

pub(crate) fn readers() -> Vec<Attack> {
    let mut all = names();
    all.extend(parts());
    all
}

fn names() -> Vec<Attack> {
    let d = |row, name| get(row, name, "{d}").page("d");
    let locked = |row, name| get(row, name, "{locked}").page("locked");
    vec![
        d(1, "Googlebot by name").with(GOOGLEBOT),
        d(1, "Twitterbot by name").with("User-Agent: Twitterbot/1.0"),
        d(1, "Facebook by name").with("User-Agent: facebookexternalhit/1.1"),
        locked(1, "Bingbot by name").with("User-Agent: Mozilla/5.0 (compatible; bingbot/2.0)"),
        locked(2, "a crawler's address, forwarded")
            .with(GOOGLEBOT)
            .with("X-Forwarded-For: 66.249.66.1"),
        locked(2, "a crawler's mail address")
            .with(GOOGLEBOT)
            .with("From: googlebot(at)googlebot.com"),
        locked(2, "a fetcher that users start")
            .with("User-Agent: Mozilla/5.0 (compatible; Google-Read-Aloud)")
            .with("X-Real-IP: 66.249.83.1"),
        d(2, "a tool for site owners")
            .with("User-Agent: Mozilla/5.0 (compatible; Google-InspectionTool/1.0)")
            .with("CF-Connecting-IP: 66.249.66.1"),
        // The rule "office" opens everything to 192.0.2.0/24.
        d(3, "X-Forwarded-For").with("X-Forwarded-For: 192.0.2.7"),
        d(3, "Forwarded").with("Forwarded: for=192.0.2.7;proto=https"),
        d(3, "X-Real-IP").with("X-Real-IP: 192.0.2.7"),
        d(3, "True-Client-IP").with("True-Client-IP: 192.0.2.7"),
        locked(3, "a chain of addresses")
            .with("X-Forwarded-For: 192.0.2.7, 127.0.0.1")
            .with("Client-IP: 192.0.2.7"),
        d(4, "from a search engine").with("Referer: https://www.google.com/"),
        d(4, "from a social network").with("Referer: https://t.co/abc"),
        locked(4, "from the site itself").with("Referer: http://post.example/wp-admin/"),
        get(
            4,
            "by a newsletter's link",
            "{d}?utm_source=newsletter&utm_medium=email",
        )
        .page("d"),
        d(5, "a promise").by("Cookie: {id}; isBot=true; subscriber=1; paywall=off"),
        locked(5, "the site's own cookie, invented")
            .by("Cookie: wordpress_logged_in_0123=admin|9999999999|x|y; wp-settings-1=editor"),
        locked(5, "an id, invented").by("Cookie: ludgate=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        locked(5, "staff, invented")
            .by("Cookie: ludgate-staff=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        locked(5, "another reader's id with a broken signature").by("Cookie: {id}x"),
    ]
}

/// Parts of an answer, kept answers, requests made ahead; clocks; archives.
fn parts() -> Vec<Attack> {
    let d = |row, name| get(row, name, "{d}").page("d");
    let locked = |row, name| get(row, name, "{locked}").page("locked");
    vec![
        get(10, "only the head", "{d}")
            .method("HEAD")
            .proof(Proof::Vain("the answer has no body")),
        d(10, "from a byte on").with("Range: bytes=2000-"),
        d(10, "the last bytes").with("Range: bytes=-5000"),
        d(10, "two ranges").with("Range: bytes=0-1, 9000-20000"),
        d(10, "a range if it is the same")
            .with("Range: bytes=0-")
            .with("If-Range: \"x\""),
        d(10, "if it is another").with("If-None-Match: \"x\", W/\"y\""),
        d(10, "if it is any").with("If-Match: *"),
        d(10, "if it is newer").with("If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
        d(10, "ahead of time").with("Sec-Purpose: prefetch;prerender"),
        d(10, "in gzip").with("Accept-Encoding: gzip"),
        d(10, "in zstd").with("Accept-Encoding: zstd"),
        d(10, "in deflate or brotli").with("Accept-Encoding: deflate, br"),
        d(10, "in anything but as it is").with("Accept-Encoding: identity;q=0, *"),
        d(11, "tomorrow's date").with("Date: Tue, 01 Dec 2099 00:00:01 GMT"),
        d(11, "another time zone")
            .by("Cookie: {id}; tz=Pacific/Kiritimati")
            .with("X-Timezone-Offset: -840"),
        d(11, "an age")
            .with("Age: 99999999")
            .with("Cache-Control: max-age=0, no-cache"),
        locked(28, "an archive by name")
            .with("User-Agent: Mozilla/5.0 (compatible; archive.org_bot)"),
        locked(28, "another archive").with("User-Agent: ia_archiver"),
        d(28, "as it was").with("Accept-Datetime: Thu, 12 Nov 2025 00:00:00 GMT"),
        d(28, "an archive's own headers").with("X-Archive-Orig-Host: post.example"),
    ]
}
