//! What templates are given: a letter in words, piece by piece, from top to
//! bottom.

use serde::Serialize;

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Sheet {
    /// What it is about: its subject and its heading.
    pub(crate) title: String,
    /// Whether it greets: links that somebody waits for don't.
    pub(crate) greets: bool,
    /// What it says.
    pub(crate) pieces: Vec<Piece>,
    /// Why one gets it.
    pub(crate) why: String,
}

/// A piece of a letter. In templates, `piece.kind` says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Piece {
    /// A paragraph.
    Text { text: String },
    /// A paragraph in small print.
    Small { text: String },
    /// What the next piece is.
    Heading { text: String },
    /// Several things.
    List { items: Vec<String> },
    /// Facts with their names.
    Rows { rows: Vec<Row> },
    /// What was sold, tax, and the sum.
    Bill { lines: Vec<Sold>, sums: Vec<Row> },
    /// What to do next; there is one at most.
    Button { label: String, link: String },
    /// Another thing that can be done.
    Link { label: String, link: String },
    /// What somebody says.
    Quote { text: String },
    /// What is to be typed somewhere, sign by sign.
    Code { label: String, text: String },
    /// An offer: what it costs, then what comes after, and until when.
    Offer {
        headline: String,
        small_print: Option<String>,
        ends: Option<String>,
    },
}

/// A fact with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// A line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Sold {
    pub(crate) what: String,
    /// From when until when.
    pub(crate) when: Option<String>,
    pub(crate) amount: String,
}

impl Sheet {
    pub(crate) fn new(title: String, why: String) -> Self {
        Self {
            title,
            greets: true,
            pieces: Vec::new(),
            why,
        }
    }

    /// Without a greeting.
    pub(crate) fn curt(self) -> Self {
        Self {
            greets: false,
            ..self
        }
    }

    pub(crate) fn with(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    pub(crate) fn with_all(mut self, pieces: impl IntoIterator<Item = Piece>) -> Self {
        self.pieces.extend(pieces);
        self
    }

    pub(crate) fn text(self, text: String) -> Self {
        self.with(Piece::Text { text })
    }

    pub(crate) fn small(self, text: String) -> Self {
        self.with(Piece::Small { text })
    }

    pub(crate) fn rows(self, rows: Vec<Row>) -> Self {
        if rows.is_empty() {
            return self;
        }
        self.with(Piece::Rows { rows })
    }

    pub(crate) fn button(self, label: String, link: String) -> Self {
        self.with(Piece::Button { label, link })
    }

    pub(crate) fn link(self, label: String, link: String) -> Self {
        self.with(Piece::Link { label, link })
    }

    /// What mail programs show beside the subject: its first words.
    pub(crate) fn first_words(&self) -> &str {
        for piece in &self.pieces {
            if let Piece::Text { text } = piece {
                return text;
            }
        }
        &self.title
    }
}
