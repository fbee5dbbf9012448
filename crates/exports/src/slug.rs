//! Names in addresses: kept where they can be, made safe where they can't.

use publication::Slug;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest that is made, in bytes: room for a number behind it.
const MAX: usize = 72;

/// A slug like `text`, which may be percent-encoded; `None` where nothing of it can stand
/// in an address, as of most scripts.
pub(crate) fn safe(text: &str) -> Option<Slug> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    let mut slug = String::with_capacity(decoded.len());
    let mut lost = 0;
    for c in decoded.nfkd().filter(|c| !is_combining_mark(*c)) {
        if slug.len() >= MAX {
            break;
        }
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            // Letters that have no accent to take off.
            'ß' => slug.push_str("ss"),
            'æ' | 'Æ' => slug.push_str("ae"),
            'ø' | 'Ø' => slug.push('o'),
            'œ' | 'Œ' => slug.push_str("oe"),
            'ł' | 'Ł' => slug.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => slug.push('d'),
            'þ' | 'Þ' => slug.push_str("th"),
            'ı' => slug.push('i'),
            '\'' | '’' => {}
            _ => {
                lost += usize::from(c.is_alphanumeric());
                if !slug.is_empty() && !slug.ends_with('-') {
                    slug.push('-');
                }
            }
        }
    }
    let kept = slug.bytes().filter(u8::is_ascii_alphanumeric).count();
    // What is left of a title in another script, such as a number, isn't its name.
    let has_letter = slug.bytes().any(|byte| byte.is_ascii_lowercase());
    if lost > kept || (lost > 0 && !has_letter) {
        return None;
    }
    Slug::parse(slug.trim_matches('-'))
}

/// The slug with something behind it, cut to fit.
pub(crate) fn with(slug: &Slug, behind: &str) -> Option<Slug> {
    let room = 80_usize.saturating_sub(behind.len() + 1);
    let cut: String = slug.as_str().chars().take(room).collect();
    Slug::parse(&format!("{}-{behind}", cut.trim_end_matches('-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_where_they_can_be() {
        for (written, expected) in [
            ("night-ferry", Some("night-ferry")),
            ("Night_Ferry!", Some("night-ferry")),
            ("caf%C3%A9-m%C3%BCller", Some("cafe-muller")),
            ("Łódź-straße", Some("lodz-strasse")),
            ("%e6%bd%ae%e4%bd%8d", None),
            ("潮位-2019", None),
            ("../../etc/passwd", Some("etc-passwd")),
            ("a--b", Some("a-b")),
            ("", None),
            ("---", None),
        ] {
            let slug = safe(written);
            assert_eq!(slug.as_ref().map(Slug::as_str), expected, "{written}");
        }
        assert!(safe(&"long-".repeat(100)).is_some_and(|slug| slug.as_str().len() <= MAX));
    }

    #[test]
    fn a_number_fits_behind_the_longest() {
        let long = Slug::parse(&"a".repeat(80)).expect("a slug");
        let numbered = with(&long, "12").expect("a slug");
        assert!(numbered.as_str().ends_with("a-12"), "{numbered}");
    }
}
