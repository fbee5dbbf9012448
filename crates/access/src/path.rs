//! Patterns for paths: `/stories/**`, `/archive/*/index.html`.

use std::fmt;
use std::sync::Arc;

/// A pattern over a normalised path.
///
/// `*` stands for any run of characters but `/`, `**` for any run at all, and
/// everything else for itself. `/stories/**` covers `/stories/` and all below
/// it, and `/stories` as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    source: Arc<str>,
    tokens: Box<[Token]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(Box<[u8]>),
    /// `*`
    Segment,
    /// `**`
    Anything,
}

impl PathPattern {
    /// The longest pattern taken, in bytes; matching costs at most its length
    /// times the path's.
    pub const MAX_LEN: usize = 512;

    /// `None` for a pattern that is empty, too long, or doesn't begin with
    /// `/` or `*`: it could never match a path.
    pub fn new(source: &str) -> Option<Self> {
        let starts_well = source.starts_with('/') || source.starts_with('*');
        if !starts_well || source.len() > Self::MAX_LEN {
            return None;
        }
        Some(Self {
            source: Arc::from(source),
            tokens: tokens(source.as_bytes()).into(),
        })
    }

    /// Whether the whole of `path` fits the pattern.
    pub fn matches(&self, path: &str) -> bool {
        self.is_folder_itself(path) || matches(&self.tokens, path.as_bytes())
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    fn is_folder_itself(&self, path: &str) -> bool {
        self.source
            .strip_suffix("/**")
            .is_some_and(|folder| !folder.is_empty() && folder == path)
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

fn tokens(mut source: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    while let Some(&first) = source.first() {
        if first == b'*' {
            let stars = source.iter().take_while(|&&b| b == b'*').count();
            tokens.push(if stars == 1 {
                Token::Segment
            } else {
                Token::Anything
            });
            source = &source[stars..];
        } else {
            let literal = source.iter().take_while(|&&b| b != b'*').count();
            tokens.push(Token::Literal(source[..literal].into()));
            source = &source[literal..];
        }
    }
    tokens
}

/// Greedy matching with two points to come back to: the last `*` and the last
/// `**`. A later `**` makes every earlier choice final, and within its reach a
/// later `*` makes earlier `*` final, so the cost stays below pattern × path².
fn matches(tokens: &[Token], path: &[u8]) -> bool {
    let (mut token, mut at) = (0, 0);
    let mut anything: Option<(usize, usize)> = None;
    let mut segment: Option<(usize, usize)> = None;
    loop {
        let stepped = match tokens.get(token) {
            None if at == path.len() => return true,
            Some(Token::Anything) => {
                anything = Some((token + 1, at));
                segment = None;
                token += 1;
                true
            }
            Some(Token::Segment) => {
                segment = Some((token + 1, at));
                token += 1;
                true
            }
            Some(Token::Literal(literal)) if path[at..].starts_with(literal) => {
                at += literal.len();
                token += 1;
                true
            }
            Some(Token::Literal(_)) | None => false,
        };
        if stepped {
            continue;
        }
        // A `*` may take one more byte unless that byte is a slash.
        if let Some((next, from)) = segment
            && path.get(from).is_some_and(|&b| b != b'/')
        {
            segment = Some((next, from + 1));
            (token, at) = (next, from + 1);
        } else if let Some((next, from)) = anything
            && from < path.len()
        {
            anything = Some((next, from + 1));
            segment = None;
            (token, at) = (next, from + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: bool) {
        let pattern = PathPattern::new(pattern).expect("a pattern");
        assert_eq!(pattern.matches(path), expected, "{pattern} against {path}");
    }

    #[test]
    fn patterns_match_whole_paths() {
        check("/stories/**", "/stories/a/b", true);
        check("/stories/**", "/stories", true);
        check("/stories/**", "/stories/", true);
        check("/stories/**", "/storiesx", false);
        check("/stories/**", "/x/stories/a", false);
        check("/a/*", "/a/b", true);
        check("/a/*", "/a/b/c", false);
        check("/a/*/c", "/a/b/c", true);
        check("/a/*/c", "/a/b/d", false);
        check("**/print", "/a/b/print", true);
        check("/**/print/*", "/a/print/b/print/c", true);
        check("/a*b*c", "/axxbyyc", true);
        check("/a*b*c", "/axxbyy", false);
        check("/**", "/", true);
        check("/exact", "/exact", true);
        check("/exact", "/exactly", false);
    }

    #[test]
    fn a_pattern_that_could_never_match_is_refused() {
        for bad in [
            "",
            "stories/**",
            "?x",
            &"/".repeat(PathPattern::MAX_LEN + 1),
        ] {
            assert!(PathPattern::new(bad).is_none(), "{bad:.20}");
        }
    }

    #[test]
    fn a_hostile_pattern_stays_cheap() {
        let pattern = PathPattern::new(&format!("/{}x", "*a".repeat(200))).expect("a pattern");
        assert!(!pattern.matches(&format!("/{}", "a".repeat(4096))));
    }
}
