//! What Stripe takes: forms whose fields may have brackets.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is; all else is written in hexadecimal.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A form, or the query of a URL.
#[derive(Clone, Debug, Default)]
pub(super) struct Form(String);

impl Form {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// With a field more.
    pub(super) fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        let value = value.to_string();
        let (name, value) = (
            utf8_percent_encode(name, ESCAPED),
            utf8_percent_encode(&value, ESCAPED),
        );
        let between = if self.0.is_empty() { "" } else { "&" };
        // Writing to a string can't fail.
        let _ = write!(self.0, "{between}{name}={value}");
        self
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_brackets_and_values_whatever_is_in_them() {
        let form = Form::new()
            .with("amount", 1490)
            .with("metadata[charge]", "ord_1/2")
            .with("a", "b&c=d é");
        let expected = "amount=1490&metadata%5Bcharge%5D=ord_1%2F2&a=b%26c%3Dd%20%C3%A9";
        assert_eq!(form.as_str(), expected);
    }
}
