//! What a page withholds, in words, and whether something else gives it away:
//! for whoever asks what a site hands out by other doors.

use crate::apart::Apart;
use crate::compile::opened;
use crate::cut;
use crate::error::CompileError;
use crate::found::Text;
use crate::html::{Span, entity};
use crate::leak::{self, CERTAIN};
use crate::letters::{Markup, letters};
use crate::options::{Options, Role};
use crate::outline::words;

/// What readers who may not read all of a story see of it, and what they don't.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Words of the story that everybody may read.
    pub shown: u64,
    /// Words that are withheld.
    pub words: u64,
    /// The beginning, as text.
    pub beginning: String,
    /// The withheld text, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// How many elements hold it.
    pub bodies: usize,
    /// What the page is.
    pub role: Role,
}

/// What [`compile`](crate::compile()) would withhold of a page: nothing, where
/// there is no story on it.
///
/// # Errors
///
/// A page that can't be cut safely, as there.
pub fn withheld(
    html: &[u8],
    charset: Option<&str>,
    options: &Options,
) -> Result<Withheld, CompileError> {
    let (decoded, found) = opened(html, charset, options)?;
    let source: &str = &decoded.text;
    let role = found.role(&options.roles);
    let locked = cut::locked(source, &found, options.preview, role);
    let mut withheld = Withheld {
        bodies: found.bodies.len(),
        role,
        ..Withheld::default()
    };
    let mut block = None;
    let cuts = Apart::new(locked.iter().map(|one| one.range));
    let bodies = Apart::new(found.bodies.iter().map(|body| body.inner));
    for text in &found.texts {
        let (before, inside) = match cuts.meeting(text.span) {
            Some(cut) => divided(text, cut),
            None => (text.span, Span::default()),
        };
        if before.len() > 0 && bodies.hold(before) {
            let shown = entity::decode(before.of(source));
            withheld.shown += words(&shown);
            withheld.beginning.push_str(&shown);
            withheld.beginning.push(' ');
        }
        if inside.len() > 0 {
            let hidden = entity::decode(inside.of(source));
            withheld.words += words(&hidden);
            match withheld.paragraphs.last_mut() {
                Some(last) if block == Some(text.block) => last.push_str(&hidden),
                _ => withheld.paragraphs.push(hidden.into_owned()),
            }
            block = Some(text.block);
        }
    }
    Ok(withheld)
}

/// What of a text is before the cut, and what behind.
fn divided(text: &Text, cut: Span) -> (Span, Span) {
    let at = cut.start.clamp(text.span.start, text.span.end);
    let before = Span {
        start: text.span.start,
        end: at,
    };
    let inside = Span {
        start: at,
        end: cut.end.clamp(at, text.span.end),
    };
    (before, inside)
}

/// Texts that are looked for elsewhere, in whatever notation: plain, in markup,
/// in JSON, in base64, in rot13.
pub struct Repeated {
    all: leak::Locked,
    each: Vec<leak::Locked>,
}

impl Repeated {
    /// Looks for these texts. Those of fewer than some seven words are left out:
    /// they may well be said elsewhere by chance. What everybody may read,
    /// `public`, is no repetition.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>, public: &str) -> Self {
        let texts: Vec<&str> = texts.into_iter().filter(|text| is_long(text)).collect();
        let look_for = |texts: &[&str]| {
            let mut locked = leak::Locked::new(texts.iter().copied());
            locked.allow(public, usize::MAX);
            locked
        };
        Self {
            all: look_for(&texts),
            each: texts.iter().map(|text| look_for(&[*text])).collect(),
        }
    }

    /// How many texts are looked for.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// How many of the texts are repeated in `text`, wholly or in part.
    pub fn count_in(&self, text: &str) -> usize {
        if !self.all.is_in(text) {
            return 0;
        }
        self.each.iter().filter(|one| one.is_in(text)).count()
    }
}

/// Whether a text has enough letters for a repetition of it to be certain.
fn is_long(text: &str) -> bool {
    let mut left = CERTAIN;
    !letters(text, Markup::Read, |_| {
        left -= 1;
        left > 0
    })
}
