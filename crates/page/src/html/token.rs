//! The tokenizer of the HTML standard (section 13.2.5), over a whole string.
//!
//! It says where each tag, comment and stretch of text lies. It doesn't decode
//! character references and doesn't know what may stand inside what; the tree
//! tells it when raw text begins.

use super::Span;
use super::tag::Tag;

/// An attribute as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Span,
    /// Without its quotes, character references not decoded.
    pub(crate) value: Span,
}

/// One token, with all of its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a token is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A start tag; its attributes are in [`Tokenizer::attributes`].
    Start { tag: Tag, self_closing: bool },
    /// An end tag.
    End { tag: Tag },
    /// Character data.
    Text,
    /// The content of a CDATA section in SVG or `MathML`.
    Cdata,
    /// A comment of any form, bogus ones included; the content alone.
    Comment(Span),
    /// The document type.
    Doctype,
    /// What a browser drops: a tag cut off by the end of the page, `</>`.
    Dropped,
}

/// How the content of an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raw {
    /// Up to the element's own end tag.
    Text,
    /// Like `Text`, with the escapes of scripts.
    Script,
    /// To the end of the page.
    Plain,
}

/// Walks a page from token to token.
pub(crate) struct Tokenizer<'a> {
    source: &'a str,
    at: usize,
    attributes: Vec<Attribute>,
    /// Whether `<![CDATA[` opens a section: inside SVG and `MathML` only.
    pub(crate) cdata: bool,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

impl<'a> Tokenizer<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            attributes: Vec::new(),
            cdata: false,
        }
    }

    /// From the token that begins at `offset`, outside of foreign content.
    pub(crate) fn starting(source: &'a str, offset: u32) -> Self {
        Self {
            at: offset as usize,
            ..Self::new(source)
        }
    }

    /// The attributes of the last start tag.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    fn starts_with(&self, at: usize, word: &str) -> bool {
        self.source
            .as_bytes()
            .get(at..at + word.len())
            .is_some_and(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Where the character `needle` is next. Several times faster than looking
    /// for a word.
    fn find_char(&self, needle: char, from: usize) -> Option<usize> {
        let rest = self.source.get(from..)?;
        rest.find(needle).map(|found| from + found)
    }

    /// Where `needle` is next, or the end of the page.
    fn find(&self, needle: &str, from: usize) -> Option<usize> {
        self.source
            .get(from..)
            .and_then(|rest| rest.find(needle))
            .map(|found| from + found)
    }

    fn end(&self) -> usize {
        self.source.len()
    }

    fn token(&mut self, end: usize, kind: Kind) -> Token {
        let span = Span::new(self.at, end);
        self.at = end;
        Token { span, kind }
    }

    /// The next token; `None` at the end of the page.
    pub(crate) fn next(&mut self) -> Option<Token> {
        if self.at >= self.end() {
            return None;
        }
        let mut at = self.at;
        loop {
            let Some(open) = self.find_char('<', at) else {
                return Some(self.token(self.end(), Kind::Text));
            };
            let markup = match (self.byte(open + 1), self.byte(open + 2)) {
                (Some(b'!' | b'?'), _) => true,
                (Some(b'/'), next) => next.is_some(),
                (Some(byte), _) => byte.is_ascii_alphabetic(),
                (None, _) => false,
            };
            if !markup {
                at = open + 1;
            } else if open > self.at {
                return Some(self.token(open, Kind::Text));
            } else {
                return Some(self.markup());
            }
        }
    }

    fn markup(&mut self) -> Token {
        match (self.byte(self.at + 1), self.byte(self.at + 2)) {
            (Some(b'!'), _) => self.declaration(),
            (Some(b'?'), _) => self.bogus_comment(self.at + 1),
            (Some(b'/'), Some(b'>')) => self.token(self.at + 3, Kind::Dropped),
            (Some(b'/'), Some(byte)) if byte.is_ascii_alphabetic() => self.tag(self.at + 2),
            (Some(b'/'), _) => self.bogus_comment(self.at + 2),
            _ => self.tag(self.at + 1),
        }
    }

    fn declaration(&mut self) -> Token {
        let from = self.at + 2;
        if self.starts_with(from, "--") {
            return self.comment(from + 2);
        }
        if self.starts_with(from, "doctype") {
            let end = self.find_char('>', from).map_or(self.end(), |at| at + 1);
            return self.token(end, Kind::Doctype);
        }
        if self.cdata && self.source[from..].starts_with("[CDATA[") {
            let end = self.find("]]>", from + 7).map_or(self.end(), |at| at + 3);
            return self.token(end, Kind::Cdata);
        }
        self.bogus_comment(from)
    }

    fn bogus_comment(&mut self, from: usize) -> Token {
        let close = self.find_char('>', from);
        let content = Span::new(from, close.unwrap_or(self.end()));
        let end = close.map_or(self.end(), |at| at + 1);
        self.token(end, Kind::Comment(content))
    }

    /// A comment ends at `-->` or `--!>`, or at once with `<!-->`, `<!--->`.
    fn comment(&mut self, from: usize) -> Token {
        for short in [">", "->"] {
            if self.starts_with(from, short) {
                let content = Span::new(from, from);
                return self.token(from + short.len(), Kind::Comment(content));
            }
        }
        let mut at = from;
        while let Some(dashes) = self.find("--", at) {
            for close in ["-->", "--!>"] {
                if self.starts_with(dashes, close) {
                    let content = Span::new(from, dashes);
                    return self.token(dashes + close.len(), Kind::Comment(content));
                }
            }
            at = dashes + 1;
        }
        let content = Span::new(from, self.end());
        self.token(self.end(), Kind::Comment(content))
    }

    /// A tag whose name begins at `from`.
    fn tag(&mut self, from: usize) -> Token {
        let mut at = from;
        while self
            .byte(at)
            .is_some_and(|b| !is_space(b) && b != b'/' && b != b'>')
        {
            at += 1;
        }
        let tag = Tag::read(self.source, Span::new(from, at));
        let closing = from == self.at + 2;
        match self.attribute_list(at) {
            None => self.token(self.end(), Kind::Dropped),
            Some((end, _)) if closing => self.token(end, Kind::End { tag }),
            Some((end, self_closing)) => self.token(end, Kind::Start { tag, self_closing }),
        }
    }

    /// Reads attributes up to and including `>`; `None` if the page ends first.
    fn attribute_list(&mut self, mut at: usize) -> Option<(usize, bool)> {
        self.attributes.clear();
        loop {
            while is_space(self.byte(at)?) {
                at += 1;
            }
            match self.byte(at)? {
                b'>' => return Some((at + 1, false)),
                b'/' if self.byte(at + 1)? == b'>' => return Some((at + 2, true)),
                b'/' => at += 1,
                _ => at = self.attribute(at)?,
            }
        }
    }

    fn attribute(&mut self, from: usize) -> Option<usize> {
        // A leading equals sign belongs to the name.
        let mut at = from + 1;
        while !matches!(self.byte(at)?, b'/' | b'>' | b'=') && !is_space(self.byte(at)?) {
            at += 1;
        }
        let name = Span::new(from, at);
        let mut value = Span::new(at, at);
        let mut next = at;
        while is_space(self.byte(next)?) {
            next += 1;
        }
        if self.byte(next)? == b'=' {
            next += 1;
            while is_space(self.byte(next)?) {
                next += 1;
            }
            at = match self.byte(next)? {
                b'>' => {
                    value = Span::new(next, next);
                    next
                }
                quote @ (b'"' | b'\'') => {
                    let close = self.find_char(char::from(quote), next + 1)?;
                    value = Span::new(next + 1, close);
                    close + 1
                }
                _ => {
                    let start = next;
                    while self.byte(next)? != b'>' && !is_space(self.byte(next)?) {
                        next += 1;
                    }
                    value = Span::new(start, next);
                    next
                }
            };
        }
        self.attributes.push(Attribute { name, value });
        Some(at)
    }

    /// The content of the raw-text element `tag`, whose start tag has just
    /// been read. Its end tag, if there is one, is the next token.
    pub(crate) fn raw(&mut self, tag: Tag, raw: Raw) -> Span {
        let start = self.at;
        self.at = match raw {
            Raw::Plain => self.end(),
            Raw::Text => self.closing(tag, start).unwrap_or(self.end()),
            Raw::Script => self.script_end(tag).unwrap_or(self.end()),
        };
        Span::new(start, self.at)
    }

    /// Where `</name` followed by a delimiter is next.
    fn closing(&self, tag: Tag, mut from: usize) -> Option<usize> {
        let name = tag.name.of(self.source);
        loop {
            let open = self.find("</", from)?;
            if self.starts_with(open + 2, name) && self.delimits(open + 2 + name.len()) {
                return Some(open);
            }
            from = open + 2;
        }
    }

    fn delimits(&self, at: usize) -> bool {
        self.byte(at)
            .is_some_and(|b| is_space(b) || b == b'/' || b == b'>')
    }

    /// Where a script ends. Inside `<!-- … -->` a nested `<script` hides one
    /// `</script` (the standard's escaped and double-escaped states).
    fn script_end(&self, tag: Tag) -> Option<usize> {
        let (mut escaped, mut doubly) = (false, false);
        let mut at = self.at;
        loop {
            // Only these two bytes matter in any of the states.
            at += self
                .source
                .as_bytes()
                .get(at..)?
                .iter()
                .position(|b| matches!(b, b'<' | b'-'))?;
            if escaped && self.starts_with(at, "-->") {
                (escaped, doubly) = (false, false);
                at += 3;
            } else if !escaped && self.starts_with(at, "<!--") {
                escaped = true;
                // The two dashes may already be the ones that close.
                at += 2;
            } else if escaped && !doubly && self.starts_with(at, "<script") && self.delimits(at + 7)
            {
                doubly = true;
                at += 7;
            } else if self.starts_with(at, "</script") && self.delimits(at + 8) {
                if !doubly {
                    return self.closing(tag, at);
                }
                doubly = false;
                at += 8;
            } else {
                at += 1;
            }
        }
    }
}
