//! A compiled page, and splicing it for one reader.

use std::sync::Arc;

use access::Outcome;
use bytes::Bytes;

use crate::edit::Stretch;
use crate::facts::PageFacts;
use crate::options::Role;
use crate::pack;
use crate::wire::{Encoding, Number, Press, Pressed, Segment, Slot, Splice, Track};

/// What a compiled page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Without a story: the same for everybody.
    Page,
    /// With a story that has a locked part.
    Story,
}

/// The stretches of a story, around the places of notice and wall.
pub(crate) struct Sections {
    pub(crate) head: Vec<Stretch>,
    pub(crate) beginning: Vec<Stretch>,
    pub(crate) rest: Vec<Stretch>,
}

/// A page, ready to be sent to any reader in any encoding.
#[derive(Debug)]
pub struct CompiledPage {
    kind: Kind,
    role: Role,
    facts: PageFacts,
    full: Track,
    preview: Track,
    segments: Vec<Arc<Segment>>,
}

impl CompiledPage {
    /// A page without a story.
    pub(crate) fn page(stretches: Vec<Stretch>, facts: PageFacts) -> Self {
        Self::new(
            Kind::Page,
            Sections {
                head: stretches,
                beginning: Vec::new(),
                rest: Vec::new(),
            },
            facts,
            Role::default(),
        )
    }

    /// A story, or another page with the text of some.
    pub(crate) fn story(sections: Sections, facts: PageFacts, role: Role) -> Self {
        Self::new(Kind::Story, sections, facts, role)
    }

    fn new(kind: Kind, sections: Sections, facts: PageFacts, role: Role) -> Self {
        let mut press = Press::new();
        // The whole story first, so that it lies in one piece.
        let drafts = [sections.head, sections.beginning, sections.rest]
            .map(|stretches| Draft::new(&mut press, stretches));
        let [head, beginning, rest] = drafts.map(|draft| draft.finished(&mut press));
        let pressed = press.done();
        Self {
            kind,
            role,
            facts,
            // Notice before the beginning, wall after it.
            full: Track::new(&pressed, &head.full, &[beginning.full, rest.full].concat()),
            preview: Track::new(
                &pressed,
                &[head.preview, beginning.preview].concat(),
                &rest.preview,
            ),
            segments: pressed.into_segments(),
        }
    }

    /// Whether there is a story on the page.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What a page with a story is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What the page says of itself.
    pub fn facts(&self) -> &PageFacts {
        &self.facts
    }

    /// The response body under a decision's `outcome`.
    ///
    /// `slot` is what the reader is told: of a full story a notice before its
    /// first words, of a preview the wall after its last. A page without a
    /// story is the same for every outcome and has no place for one: `slot`
    /// is left out.
    pub fn splice(&self, outcome: Outcome, encoding: Encoding, slot: Option<&Slot>) -> Splice {
        let slot = slot.filter(|_| self.kind == Kind::Story);
        match outcome {
            Outcome::Full => self.full.splice(encoding, slot),
            Outcome::Preview => self.preview.splice(encoding, slot),
        }
    }

    /// Bytes of memory held, without the few hundred of bookkeeping.
    pub fn memory(&self) -> usize {
        let segments: usize = self.segments.iter().map(|segment| segment.weight()).sum();
        segments + self.full.weight() + self.preview.weight()
    }

    /// Appends the page to `out`, to be had back by [`Self::unpack`].
    pub fn pack(&self, out: &mut Vec<u8>) {
        pack::put_kind(out, self.kind, self.role);
        pack::put_facts(out, &self.facts);
        Pressed::pack(&self.segments, out);
        self.full.pack(&self.segments, out);
        self.preview.pack(&self.segments, out);
    }

    /// Takes a page off the front of `from`, which it goes on referring to.
    /// `None` for what [`Self::pack`] can't have written.
    pub fn unpack(from: &mut Bytes) -> Option<Self> {
        let (kind, role) = pack::take_kind(from)?;
        let facts = pack::take_facts(from)?;
        let pressed = Pressed::unpack(from)?;
        Some(Self {
            kind,
            role,
            facts,
            full: Track::unpack(&pressed, from)?,
            preview: Track::unpack(&pressed, from)?,
            segments: pressed.into_segments(),
        })
    }
}

/// Stretches of which the whole text is pressed.
struct Draft {
    full: Vec<Number>,
    preview: Vec<Either>,
}

/// What a preview has of a stretch.
enum Either {
    /// The same as the whole story.
    Same(Number),
    /// Something else, not pressed yet.
    Text(String),
}

/// Stretches as they are numbered.
struct Pair {
    full: Vec<Number>,
    preview: Vec<Number>,
}

impl Draft {
    fn new(press: &mut Press, stretches: Vec<Stretch>) -> Self {
        let (mut full, mut preview) = (Vec::new(), Vec::new());
        for stretch in stretches {
            match stretch {
                Stretch::Shared(text) => {
                    let number = press.press(text.as_bytes());
                    full.extend(number);
                    preview.extend(number.map(Either::Same));
                }
                Stretch::Variant {
                    full: whole,
                    preview: other,
                } => {
                    full.extend(press.press(whole.as_bytes()));
                    preview.push(Either::Text(other));
                }
            }
        }
        Self { full, preview }
    }

    fn finished(self, press: &mut Press) -> Pair {
        let preview = self.preview.into_iter().filter_map(|either| match either {
            Either::Same(number) => Some(number),
            Either::Text(text) => press.press(text.as_bytes()),
        });
        Pair {
            full: self.full,
            preview: preview.collect(),
        }
    }
}
