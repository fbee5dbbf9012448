//! Where the locked part of a story begins and ends, and what keeps the
//! markup whole once it is gone.

use std::rc::Rc;

use crate::apart::Apart;
use crate::copies;
use crate::found::{Reading, Text};
use crate::html::tag::Tag;
use crate::html::token::{Kind, Tokenizer};
use crate::html::tree::Open;
use crate::html::{Span, entity};
use crate::options::{Preview, Role};
use crate::read::open_at;
use crate::words::{Counter, WORD};

/// Everybody may read at most this part of a story, however short it is.
const MOST: u64 = 3;

/// A stretch of the page that is for those entitled.
#[derive(Clone, Debug)]
pub(crate) struct Locked {
    pub(crate) range: Span,
    /// Closes what is open before it and not after it.
    pub(crate) closers: String,
    /// Opens what is open after it and not before it.
    pub(crate) openers: String,
}

/// A locked stretch with the elements around its ends.
struct Stretch {
    range: Span,
    before: Rc<[Open]>,
    owed: Vec<Tag>,
    after: Rc<[Open]>,
}

/// The locked stretches of a page, in order and apart.
///
/// Of a story that goes on here there is no beginning; each of a list has its
/// own.
pub(crate) fn locked(source: &str, found: &Reading, preview: Preview, role: Role) -> Vec<Locked> {
    let mut stretches: Vec<Stretch> = found
        .marked
        .iter()
        .map(|marked| Stretch {
            range: marked.range,
            before: Rc::clone(&marked.before),
            owed: marked.owed.clone(),
            after: Rc::clone(&marked.after),
        })
        .collect();
    let unmarked = found.unmarked();
    let bodies: Vec<Span> = unmarked.iter().map(|body| body.inner).collect();
    let preview = match role {
        Role::Continued => Preview::Words(0),
        Role::Story | Role::List => preview,
    };
    let of_all = beginning(source, &bodies, &found.texts, preview);
    for body in unmarked {
        let cut = match role {
            Role::List => beginning(source, &[body.inner], &found.texts, preview),
            Role::Story | Role::Continued => of_all,
        };
        // Bodies before the one that is cut are part of the beginning.
        if body.inner.end <= cut && body.inner.end != body.inner.start {
            continue;
        }
        let start = cut.clamp(body.inner.start, body.inner.end);
        // Nothing has come yet where all of it is locked, as nearly all are.
        let (before, owed) = if start == body.inner.start {
            (Rc::clone(&body.stack), Vec::new())
        } else {
            open_at(source, body, start)
        };
        stretches.push(Stretch {
            range: Span {
                start,
                end: body.inner.end,
            },
            before,
            owed,
            after: Rc::clone(&body.stack),
        });
    }
    merged(stretches)
        .into_iter()
        .map(|stretch| stretch.finish(source))
        .collect()
}

/// Joins stretches that overlap.
fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| (stretch.range.start, stretch.range.end));
    let mut apart: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match apart.last_mut() {
            Some(last) if stretch.range.start < last.range.end => {
                if stretch.range.end > last.range.end {
                    last.range.end = stretch.range.end;
                    last.after = stretch.after;
                }
            }
            _ => apart.push(stretch),
        }
    }
    apart
}

impl Stretch {
    fn finish(self, source: &str) -> Locked {
        let common = self
            .before
            .iter()
            .zip(self.after.iter())
            .take_while(|(before, after)| before.number == after.number)
            .count();
        let mut closers = String::new();
        for tag in &self.owed {
            close(source, *tag, &mut closers);
        }
        for open in self.before.get(common..).unwrap_or_default().iter().rev() {
            if !open.ghost {
                close(source, open.tag, &mut closers);
            }
        }
        let mut openers = String::new();
        for open in self.after.get(common..).unwrap_or_default() {
            if !open.ghost {
                reopen(source, open, &mut openers);
            }
        }
        Locked {
            range: self.range,
            closers,
            openers,
        }
    }
}

fn close(source: &str, tag: Tag, out: &mut String) {
    out.push_str("</");
    out.push_str(&tag.text(source));
    out.push('>');
}

/// A start tag with what styles it and nothing else: its other attributes
/// stand in the locked part.
fn reopen(source: &str, open: &Open, out: &mut String) {
    out.push('<');
    out.push_str(&open.tag.text(source));
    let start = open.start.of(source);
    let mut tokens = Tokenizer::new(start);
    if let Some(Kind::Start { .. }) = tokens.next().map(|token| token.kind) {
        for attribute in tokens.attributes() {
            if attribute.name.of(start).eq_ignore_ascii_case("class") {
                out.push_str(" class=\"");
                out.push_str(&entity::escape(&entity::decode_value(
                    attribute.value.of(start),
                )));
                out.push('"');
                break;
            }
        }
    }
    out.push('>');
}

/// Walks the text of the bodies and remembers the last good place to cut.
struct Walk {
    counter: Counter,
    /// Where to cut, and how much is before it.
    cut: u32,
    before: u64,
    /// Where the text read last ends.
    end: u32,
}

/// Where the beginning ends.
fn beginning(source: &str, bodies: &[Span], texts: &[Text], preview: Preview) -> u32 {
    let Some(first) = bodies.first() else {
        return 0;
    };
    let apart = Apart::new(bodies.iter().copied());
    let inside = texts
        .iter()
        .filter(|text| !text.inset && apart.hold(text.span));
    let wanted = match preview {
        Preview::Words(words) => u64::from(words) * WORD,
        Preview::Paragraphs(_) => u64::MAX,
    };
    // However much longer than this the story is, it is cut in the same place.
    let enough = wanted.saturating_mul(MOST);
    let allowed = wanted.min(length(source, bodies, texts, enough) / MOST);
    let mut walk = Walk {
        counter: Counter::default(),
        cut: first.start,
        before: 0,
        end: first.start,
    };
    let mut paragraphs = 0;
    let mut block = 0;
    for text in inside {
        if text.block != block {
            block = text.block;
            walk.candidate(walk.end, allowed);
            if let Preview::Paragraphs(most) = preview
                && text.paragraph
            {
                paragraphs += 1;
                if paragraphs > most {
                    break;
                }
            }
            walk.counter.separate();
        }
        if !walk.text(source, *text, allowed) {
            break;
        }
    }
    walk.cut
}

/// How long the story is, counted no further than `enough`. What a body
/// repeats of those before it counts once.
fn length(source: &str, bodies: &[Span], texts: &[Text], enough: u64) -> u64 {
    let copies = match bodies {
        [_, _, ..] => copies::letters_of(source, bodies, texts),
        _ => Vec::new(),
    };
    let mut counter = Counter::default();
    let mut length = 0;
    for (number, body) in bodies.iter().enumerate() {
        let before = counter.length;
        let from = texts.partition_point(|text| text.span.end <= body.start);
        let inside = texts.get(from..).unwrap_or_default().iter();
        let mut block = 0;
        for text in inside.take_while(|text| text.span.start < body.end) {
            if text.inset {
                continue;
            }
            if text.block != block {
                counter.separate();
                block = text.block;
            }
            for (_, char) in chars(source, text.span) {
                counter.take(char);
            }
            // Of a body that may repeat others any part may count for nothing.
            if copies.is_empty() && counter.length >= enough {
                return counter.length;
            }
        }
        let letters = copies.get(number).copied().unwrap_or_default();
        length += letters.share(counter.length - before);
        if length >= enough {
            break;
        }
    }
    length
}

impl Walk {
    /// Takes `at` as the place to cut if it lets more be read and not too much.
    fn candidate(&mut self, at: u32, allowed: u64) {
        if self.counter.length > self.before && self.counter.length <= allowed {
            self.before = self.counter.length;
            self.cut = at;
        }
    }

    /// Goes through one text; false once no more can be allowed.
    fn text(&mut self, source: &str, text: Text, allowed: u64) -> bool {
        // A story laid out in a table is cut inside of it, else nothing of it
        // could be shown. Other elements are left whole.
        let whole = text.whole.filter(|_| !(text.table && self.before == 0));
        for (at, char) in chars(source, text.span) {
            let before = self.counter;
            let clean = self.counter.take(char);
            if clean {
                let now = std::mem::replace(&mut self.counter, before);
                if whole.is_none() {
                    self.candidate(at, allowed);
                }
                self.counter = now;
            }
            if self.counter.length > allowed {
                return false;
            }
        }
        if whole.is_none() {
            self.end = text.span.end;
        }
        true
    }
}

/// The characters of a text with their places, references decoded. Where one
/// stands for two characters both are in its place.
fn chars(source: &str, span: Span) -> impl Iterator<Item = (u32, char)> {
    let text = span.of(source);
    let mut at = 0;
    let mut second: Option<(u32, char)> = None;
    std::iter::from_fn(move || {
        if second.is_some() {
            return second.take();
        }
        let byte = *text.as_bytes().get(at)?;
        let (char, len) = if byte.is_ascii() && byte != b'&' {
            (char::from(byte), 1)
        } else {
            let rest = text.get(at..)?;
            let first = rest.chars().next()?;
            match first {
                '&' => match entity::reference(rest) {
                    Some(found) => {
                        second = found
                            .second
                            .map(|char| (span.start + Span::new(0, at).end, char));
                        (found.first, found.len)
                    }
                    None => (first, 1),
                },
                _ => (first, first.len_utf8()),
            }
        };
        let place = span.start + Span::new(0, at).end;
        at += len;
        Some((place, char))
    })
}
