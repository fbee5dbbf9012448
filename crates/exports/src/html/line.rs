//! HTML that has to become one plain line, such as a title.

use super::tree::{gather, parse};
use crate::remark::Remarks;

/// The words of `html` on one line, entities resolved and markup gone.
pub(crate) fn plain(html: &str, remarks: &mut Remarks) -> String {
    if !html.contains(['<', '&', '\n', '\t', '\r']) && !html.chars().any(char::is_control) {
        return html.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut text = String::new();
    gather(&parse(html, remarks), &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_words() {
        for (html, words) in [
            ("Plain  words", "Plain words"),
            ("Bread &amp; <em>butter</em>", "Bread & butter"),
            ("A &lt;b&gt; tag", "A <b> tag"),
            ("<script>alert(1)</script>Safe", "Safe"),
            ("One<br>two\nthree", "One two three"),
            ("&#0;nul&#x1b;[2J", "\u{fffd}nul[2J"),
            ("x\u{0}y\u{202e}z", "xyz"),
            ("a < b & c", "a < b & c"),
        ] {
            assert_eq!(plain(html, &mut Remarks::default()), words, "{html:?}");
        }
    }
}
