//! Advice about the proxy in front: where it isn't named, the budget of new
//! readers isn't what it should be, and nothing else would say so.

use crate::config::Config;

/// What is wrong, if anything seems to be.
pub(super) fn advice(config: &Config) -> Option<&'static str> {
    if !config.server.trusted_proxies.is_empty() {
        return None;
    }
    let host = config.url.host.trim_matches(['[', ']']);
    let at_home = host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    if config.server.listen.ip().is_loopback() {
        return (!at_home).then_some(
            "this server listens on loopback and trusts no proxy. Whoever comes through a proxy \
             on this machine counts as this machine itself, which has no budget of new readers: \
             a browser that drops its cookie reads on for nothing, without end, and whoever guesses \
             passwords or codes or tries cards out isn't slowed down. Name the proxy: \
             [server] trusted_proxies = [\"127.0.0.1\", \"::1\"]",
        );
    }
    // Without TLS here, on https somebody must stand in front.
    let in_front = config.url.https && config.server.tls.is_none();
    in_front.then_some(
        "the publication is on https and this server trusts no proxy. All readers seem to come \
         from the proxy in front and share the one budget of new readers of its network: once \
         that is used up, new readers meet a registration wall for the rest of the day. Name the \
         proxy in [server] trusted_proxies",
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[track_caller]
    fn check(url: &str, listen: &str, proxies: &str, expected: Option<&str>) {
        let text = format!(
            "[publication]\nname = \"x\"\nurl = \"{url}\"\ntimezone = \"UTC\"\n\
             [server]\nlisten = \"{listen}\"\ntrusted_proxies = [{proxies}]\n\
             [origin]\ncontent = \"content\"\n"
        );
        let config = Config::parse(&text, Path::new("")).expect("a configuration");
        match (advice(&config), expected) {
            (None, None) => {}
            (Some(said), Some(words)) => assert!(said.contains(words), "{said}"),
            (said, expected) => panic!("{url} on {listen}: {said:?}, not {expected:?}"),
        }
    }

    #[test]
    fn on_loopback_without_a_named_proxy_nobody_has_a_budget() {
        let none = Some("no budget of new readers");
        check("https://review.example", "127.0.0.1:8080", "", none);
        check("http://review.example", "127.0.0.1:8080", "", none);
        check("https://review.example", "[::1]:8080", "", none);
    }

    #[test]
    fn elsewhere_all_readers_share_the_proxys_budget() {
        let shared = Some("share the one budget");
        check("https://review.example", "10.0.0.5:8080", "", shared);
        check("https://review.example", "0.0.0.0:8080", "", shared);
    }

    #[test]
    fn where_the_proxy_is_named_or_there_is_none_nothing_is_said() {
        check(
            "https://review.example",
            "127.0.0.1:8080",
            "\"127.0.0.1\"",
            None,
        );
        check(
            "https://review.example",
            "10.0.0.5:8080",
            "\"10.0.0.0/8\"",
            None,
        );
        check("http://review.example", "0.0.0.0:80", "", None);
        for home in [
            "http://127.0.0.1:8080",
            "http://localhost:8080",
            "http://[::1]:8080",
        ] {
            check(home, "127.0.0.1:8080", "", None);
        }
    }
}
