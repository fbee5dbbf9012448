//! Texts of others: made harmless before they are put into a letter.

/// The longest name that is greeted, in characters.
const LONGEST_NAME: usize = 60;

/// The longest message on a gift's card, in characters: a postcard.
const LONGEST_WORDS: usize = 1_000;

/// One line without anything that nobody sees: control characters, and those
/// that turn the direction of what follows.
pub(crate) fn line(text: &str) -> String {
    let visible = text.chars().filter(|sign| !turns(*sign));
    let spaced: String = visible
        .map(|sign| if ends(sign) { ' ' } else { sign })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What somebody is called; `None` where that is more of an advertisement: mail
/// programs make links of addresses, and anybody can have mail sent to anybody.
pub(crate) fn name(text: &str) -> Option<String> {
    let name = line(text);
    let is_link = name.contains("//") || name.contains("www.") || name.contains('@');
    let has_domain = name.split(' ').any(looks_like_domain);
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    (fits && !is_link && !has_domain).then_some(name)
}

/// What somebody says, paragraph by paragraph.
pub(crate) fn words(text: &str) -> Vec<String> {
    let short: String = text.chars().take(LONGEST_WORDS).collect();
    let lines = short.split(['\n', '\r', '\u{2028}', '\u{2029}']);
    lines.map(line).filter(|line| !line.is_empty()).collect()
}

/// `example.com`, but not `J.R.` or `Dr.Who`.
fn looks_like_domain(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(before, after)| {
        before.len() > 1 && after.len() > 1 && after.chars().all(|sign| sign.is_ascii_lowercase())
    })
}

fn ends(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')
}

/// The bidirectional controls of Unicode (UAX #9), and marks that take no room.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_and_no_advertisement() {
        for (typed, said) in [
            ("Anna", Some("Anna")),
            ("  Anna\r\nBcc: x ", Some("Anna Bcc: x")),
            ("J. R. R. Tolkien", Some("J. R. R. Tolkien")),
            ("Dr.Who", Some("Dr.Who")),
            ("\u{202e}annA", Some("annA")),
            ("読者 太郎", Some("読者 太郎")),
            ("", None),
            ("\n", None),
            ("Win at https://evil.example", None),
            ("go to evil.example now", None),
            ("www.evil", None),
            ("a@b", None),
        ] {
            assert_eq!(name(typed).as_deref(), said, "{typed:?}");
        }
        assert_eq!(name(&"a".repeat(LONGEST_NAME + 1)), None);
    }

    #[test]
    fn words_keep_their_paragraphs_and_no_more_than_a_postcard() {
        assert_eq!(
            words("Dear A,\r\n\r\nenjoy.\u{2029}B"),
            ["Dear A,", "enjoy.", "B"]
        );
        assert_eq!(
            words(&"ä".repeat(5_000)).concat().chars().count(),
            LONGEST_WORDS
        );
    }
}
