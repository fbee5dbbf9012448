//! Texts that are taken apart, a word here and a word there.
//!
//! A reading aloud brings its text word by word with the time of each; a
//! script that marks words brings one in each attribute. What stands between
//! them differs, so the words are read one after the other by the name that
//! they all have.

/// Values longer than this repeat the story by themselves or not at all: 39
/// letters, each in six bytes of escape, are found alone.
pub(crate) const LONG: usize = 256;

/// Attributes that never hold prose, and are most of all attributes.
const NO_PROSE: [&str; 17] = [
    "class", "id", "href", "src", "srcset", "sizes", "style", "type", "rel", "name", "width",
    "height", "loading", "lang", "dir", "role", "target",
];

/// Whether an attribute with this name and value may be a part of a text.
pub(crate) fn may_be_part(name: &str, value: &str) -> bool {
    !value.is_empty() && value.len() <= LONG && !NO_PROSE.contains(&name)
}

/// The short strings of a script or of JSON, each with the name that it has,
/// which the elements of a list share with the list.
///
/// Strings aren't told from what is between them by counting quotes: JSON may
/// stand in a string of JSON, and scripts have apostrophes. What is between
/// them begins with a mark that words don't begin with.
pub(crate) fn strings(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut name = "";
    let mut last: Option<&str> = None;
    for piece in text.split(['"', '\'', '`']) {
        let piece = piece.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\\');
        if piece.is_empty() {
            continue;
        }
        // A script may begin with its first object.
        let between = piece.starts_with([':', ',', ';', '=', '[', ']', '{', '}', '(', ')'])
            || piece.ends_with(':') && piece.contains('{');
        if !between {
            found.extend(last.take().map(|value| (name, value)));
            last = Some(piece);
            continue;
        }
        if piece.starts_with(':')
            && let Some(key) = last.take()
        {
            name = key;
        }
        found.extend(last.take().map(|value| (name, value)));
        // A name without quotes.
        if let Some(before) = piece.strip_suffix(':') {
            let before = before.trim_end();
            let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
            let key = before.rsplit(|c| !is_name(c)).next().unwrap_or_default();
            name = if key.is_empty() { name } else { key };
        }
    }
    found.extend(last.map(|value| (name, value)));
    found.retain(|(_, value)| value.len() <= LONG);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_with_their_names_in_every_notation() {
        let check = |text: &str, name: &str, words: &str| {
            let found: Vec<&str> = strings(text)
                .into_iter()
                .filter_map(|(known, value)| (known == name).then_some(value))
                .collect();
            assert_eq!(found.join(" "), words, "{text}");
        };
        check(r#"[{"t":1,"w":"No"},{"t":2,"w":"body"}]"#, "w", "No body");
        check(
            r#"[{"w" : "No" , "x":"y"}, {"w": "body","x":"y"}]"#,
            "w",
            "No body",
        );
        check(
            r#"{"a":"[{\"w\":\"No\"},{\"w\":\"body\"}]"}"#,
            "w",
            "No body",
        );
        check("a=[{t:1,w:'No'},{t:2.5,w:'body'}]", "w", "No body");
        check(r#"{"w":["No","body"]}"#, "w", "No body");
        check(r#"{"w":[["No",1],["body",2]]}"#, "w", "No body");
        check(r#"[["No",1],["body",2]]"#, "", "No body");
        check("{\"w\":\"No\"}\n{\"w\":\"o'clock\"}", "w", "No o clock");
        check("\"\\\"`':", "", "");
    }
}
