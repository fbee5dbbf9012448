//! Where a form comes from, as browsers say it themselves.

/// Whether a form comes from the publication's own pages, by the values of
/// `Sec-Fetch-Site` and `Origin`. Older browsers say neither; then something
/// else has to do: a token, or a cookie that no other site's form brings.
pub fn is_from_here(fetch_site: Option<&[u8]>, origin: Option<&[u8]>, site: &str) -> bool {
    match (fetch_site, origin) {
        (Some(from), _) => matches!(from, b"same-origin" | b"none"),
        (None, Some(origin)) => origin.eq_ignore_ascii_case(site.as_bytes()),
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_form_from_here_is_taken() {
        let at_home = |fetch_site: Option<&str>, origin: Option<&str>| {
            let (fetch_site, origin) = (fetch_site.map(str::as_bytes), origin.map(str::as_bytes));
            is_from_here(fetch_site, origin, "https://review.example")
        };
        assert!(at_home(None, None), "an old browser says nothing");
        assert!(at_home(None, Some("https://review.example")));
        assert!(at_home(None, Some("https://Review.example")));
        assert!(at_home(Some("same-origin"), None));
        assert!(at_home(Some("none"), None));
        for from in [
            "https://evil.example",
            "http://review.example",
            "https://review.example.evil.example",
            "null",
            "",
        ] {
            assert!(!at_home(None, Some(from)), "{from}");
        }
        for from in ["cross-site", "same-site", "same-origin ", ""] {
            assert!(!at_home(Some(from), None), "{from}");
            assert!(
                !at_home(Some(from), Some("https://review.example")),
                "{from}"
            );
        }
    }
}
