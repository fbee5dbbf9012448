//! Addresses of our own pages, with what they pass on.

/// A path with a query; without one, where there is nothing to pass on.
pub(crate) fn with<'a>(path: &str, passed: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let bare = path.len();
    let mut query = form_urlencoded::Serializer::for_suffix(format!("{path}?"), bare + 1);
    let mut link = query.extend_pairs(passed).finish();
    if link.len() == bare + 1 {
        link.truncate(bare);
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_on_is_escaped_and_nothing_leaves_no_trace() {
        assert_eq!(with("redeem", []), "redeem");
        assert_eq!(with("", []), "");
        let passed = [("to", "/a?b=c&d"), ("code", "x y")];
        assert_eq!(
            with("subscribe", passed),
            "subscribe?to=%2Fa%3Fb%3Dc%26d&code=x+y"
        );
    }
}
