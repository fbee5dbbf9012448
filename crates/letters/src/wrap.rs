//! The text part's lines: short enough to be read anywhere, never broken within
//! an address.

/// How wide a line is at most: what mail has been since terminals.
const WIDTH: usize = 72;

/// Wraps what is too long. Lines keep their indentation; what follows a dash at
/// the beginning hangs below it.
pub(crate) fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            // One empty line is enough anywhere.
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        fold(line, &mut lines);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.push(String::new());
    lines.join("\n")
}

fn fold(line: &str, lines: &mut Vec<String>) {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let hang = indent + if words.starts_with("- ") { 2 } else { 0 };
    let mut current = " ".repeat(indent);
    let mut width = indent;
    let mut is_new = true;
    for piece in pieces(words) {
        let (word, space) = (piece.trim_end(), piece.len() > piece.trim_end().len());
        let needed = columns(word);
        if !is_new && width + needed > WIDTH {
            lines.push(current.trim_end().to_owned());
            current = " ".repeat(hang);
            width = hang;
        }
        current.push_str(word);
        width += needed;
        if space {
            current.push(' ');
            width += 1;
        }
        is_new = false;
    }
    lines.push(current.trim_end().to_owned());
}

/// What must stay together: words with the space after them, and, of scripts
/// that write none, single characters with the marks around them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let end = at + sign.len_utf8();
        let Some((_, next)) = signs.peek().copied() else {
            break;
        };
        let breaks = if sign == ' ' {
            next != ' '
        } else {
            (is_wide(sign) || is_wide(next)) && !opens(sign) && !stays(next)
        };
        if breaks {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// How many columns it takes.
fn columns(word: &str) -> usize {
    word.chars()
        .map(|sign| match sign {
            // Marks of direction, and those above and below Arabic letters.
            '\u{2066}'..='\u{2069}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' => 0,
            _ if is_wide(sign) => 2,
            _ => 1,
        })
        .sum()
}

/// Kana, ideographs, full-width forms and Hangul.
fn is_wide(sign: char) -> bool {
    matches!(sign,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// What no line ends with.
fn opens(sign: char) -> bool {
    matches!(
        sign,
        '（' | '「' | '『' | '【' | '(' | '\u{2066}'..='\u{2068}'
    )
}

/// What no line begins with.
fn stays(sign: char) -> bool {
    matches!(
        sign,
        '、' | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '！'
            | '？'
            | '）'
            | '」'
            | '』'
            | '】'
            | 'ー'
            | '々'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'っ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | ')'
            | ' '
            | ','
            | '.'
            | ':'
            | '\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_no_word_is_lost() {
        let long =
            "Somebody, probably you, wanted to create an account with this address. ".repeat(4);
        let wrapped = wrap(&long);
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH), "{wrapped}");
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&wrapped), words(&long));
    }

    #[test]
    fn an_address_stays_whole() {
        let link = format!("https://review.example/-/login/link?key={}", "k".repeat(90));
        assert_eq!(wrap(&link), format!("{link}\n"));
        let said = wrap(&format!("{}\n{link}", "word ".repeat(20)));
        assert!(said.contains(&link), "{said}");
    }

    #[test]
    fn japanese_breaks_between_characters_and_never_before_a_full_stop() {
        let said = wrap(&"購読期間の終了後は自動的に更新されます。".repeat(8));
        assert!(said.lines().count() > 1);
        for line in said.lines() {
            assert!(columns(line) <= WIDTH + 4, "{line}");
            assert!(!line.starts_with(['。', '、']), "{line}");
        }
    }

    #[test]
    fn a_list_hangs_and_empty_lines_dont_pile_up() {
        let said = wrap(&format!("a\n\n\n\n- {}\n\n", "word ".repeat(20)));
        let mut lines = said.lines();
        assert_eq!((lines.next(), lines.next()), (Some("a"), Some("")));
        assert!(lines.next().is_some_and(|line| line.starts_with("- word")));
        assert!(lines.next().is_some_and(|line| line.starts_with("  word")));
        assert!(said.ends_with("word\n"), "{said:?}");
    }
}
