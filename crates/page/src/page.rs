//! A compiled page, and splicing it for one reader.

use std::sync::Arc;

use access::Outcome;

use crate::edit::Stretch;
use crate::facts::PageFacts;
use crate::wire::{Encoder, Encoding, Segment, Slot, Splice, Track};

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
        )
    }

    /// A story.
    pub(crate) fn story(sections: Sections, facts: PageFacts) -> Self {
        Self::new(Kind::Story, sections, facts)
    }

    fn new(kind: Kind, sections: Sections, facts: PageFacts) -> Self {
        let mut press = Press {
            encoder: Encoder::new(),
            segments: Vec::new(),
        };
        let head = press.pairs(sections.head);
        let beginning = press.pairs(sections.beginning);
        let rest = press.pairs(sections.rest);
        Self {
            kind,
            facts,
            // Notice before the beginning, wall after it.
            full: Track::new(head.full, [beginning.full, rest.full].concat()),
            preview: Track::new([head.preview, beginning.preview].concat(), rest.preview),
            segments: press.segments,
        }
    }

    /// Whether there is a story on the page.
    pub fn kind(&self) -> Kind {
        self.kind
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
}

/// Makes segments of stretches.
struct Press {
    encoder: Encoder,
    segments: Vec<Arc<Segment>>,
}

#[derive(Default)]
struct Pair {
    full: Vec<Arc<Segment>>,
    preview: Vec<Arc<Segment>>,
}

impl Press {
    fn pairs(&mut self, stretches: Vec<Stretch>) -> Pair {
        let mut pair = Pair::default();
        for stretch in stretches {
            match stretch {
                Stretch::Shared(text) => {
                    if let Some(segment) = self.segment(text) {
                        pair.full.push(Arc::clone(&segment));
                        pair.preview.push(segment);
                    }
                }
                Stretch::Variant { full, preview } => {
                    pair.full.extend(self.segment(full));
                    pair.preview.extend(self.segment(preview));
                }
            }
        }
        pair
    }

    fn segment(&mut self, text: String) -> Option<Arc<Segment>> {
        if text.is_empty() {
            return None;
        }
        let segment = Arc::new(self.encoder.segment(text));
        self.segments.push(Arc::clone(&segment));
        Some(segment)
    }
}
