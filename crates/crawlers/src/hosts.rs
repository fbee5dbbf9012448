//! Names of hosts, compared label by label.
//!
//! Never as text: `evilgooglebot.com` ends in `googlebot.com`, and a label may
//! itself hold a dot, which only a text would take for a boundary.

/// Hosts whose name begins with `first` and is in the domain `under`.
#[derive(Debug)]
pub(crate) struct Hosts {
    /// What the leftmost label begins with; empty where the operator's
    /// documentation says no more than the domain.
    pub(crate) first: &'static str,
    /// The domain they are in, without a trailing dot.
    pub(crate) under: &'static str,
}

impl Hosts {
    /// Whether they include the host of these labels, the leftmost first. The
    /// domain itself isn't one of its hosts.
    pub(crate) fn include(&self, labels: &[&[u8]]) -> bool {
        let mut rest = labels.iter().rev();
        let under = self.under.rsplit('.').all(|part| {
            rest.next()
                .is_some_and(|label| label.eq_ignore_ascii_case(part.as_bytes()))
        });
        let Some(leftmost) = labels.first() else {
            return false;
        };
        under
            && rest.next().is_some()
            && leftmost
                .get(..self.first.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(self.first.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CRAWL: Hosts = Hosts {
        first: "crawl-",
        under: "googlebot.com",
    };

    fn check(hosts: &Hosts, included: bool, names: &[&str]) {
        for name in names {
            let labels: Vec<&[u8]> = name.split('.').map(str::as_bytes).collect();
            assert_eq!(hosts.include(&labels), included, "{name}");
        }
    }

    #[test]
    fn a_host_is_in_a_domain_by_whole_labels_in_any_case() {
        check(
            &CRAWL,
            true,
            &[
                "crawl-66-249-66-1.googlebot.com",
                "CRAWL-66-249-66-1.GoogleBot.COM",
                "crawl-1.deeper.googlebot.com",
            ],
        );
        check(
            &CRAWL,
            false,
            &[
                "crawl-1.fakegooglebot.com",
                "crawl-fakegooglebot.com",
                "crawl-1.googlebot.com.evil.example",
                "crawl-1.googlebot.co",
                "crawl-1.com",
                "rate-limited-proxy-1.googlebot.com",
                "craw.googlebot.com",
                "googlebot.com",
                "com",
                "",
            ],
        );
    }

    #[test]
    fn the_domain_itself_is_none_of_its_hosts() {
        let any = Hosts {
            first: "",
            under: "search.msn.com",
        };
        check(&any, true, &["msnbot-1.search.msn.com"]);
        check(
            &any,
            false,
            &["search.msn.com", "msn.com", "research.msn.com"],
        );
        assert!(!any.include(&[]));
    }

    #[test]
    fn a_dot_inside_a_label_is_no_boundary() {
        assert!(!CRAWL.include(&[b"crawl-1.googlebot", b"com"]));
        assert!(!CRAWL.include(&[b"crawl-1", b"evil.googlebot", b"com"]));
        assert!(!CRAWL.include(&[b"crawl-1", b"googlebot.com"]));
    }
}
