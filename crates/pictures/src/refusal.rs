//! Why a picture isn't taken, said to whoever handed it in; and why one isn't
//! there just now.

use std::io;
use std::sync::Arc;

use crate::kind::Kind;

/// What is wrong with a picture, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is something else altogether.
    #[error("it is {what}; {advice}")]
    NoPicture {
        /// What it is.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// It is another kind of picture than its name says.
    #[error(
        "it is {}, though its name ends in .{named}; give it the ending .{}",
        .is.as_str(), .is.extension()
    )]
    Mislabelled {
        /// The ending of its name.
        named: String,
        /// What it is.
        is: Kind,
    },
    /// It isn't sound.
    #[error("it is {} that {what}; copy or export it again", .kind.as_str())]
    Broken {
        /// What it begins as.
        kind: Kind,
        /// What is wrong with it.
        what: &'static str,
    },
    /// More bytes than are read.
    #[error(
        "it has {size} bytes, more than the {limit} that are read; 2400 pixels are wide enough \
         for every screen"
    )]
    TooManyBytes {
        /// Bytes found.
        size: usize,
        /// Bytes taken.
        limit: usize,
    },
    /// More pixels than are decoded.
    #[error(
        "it is {width} by {height} pixels, more than are taken; make it smaller, 2400 pixels are \
         wide enough for every screen"
    )]
    TooManyPixels {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// A side of no pixels.
    #[error("it is {width} by {height} pixels, so there is nothing to see; export it again")]
    NoPixels {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// Its colours are those of printing inks.
    #[error(
        "its colours are printing inks (CMYK), which no two screens show alike; export it in RGB, \
         best as sRGB"
    )]
    Inks,
    /// A kind of its format that nothing shows.
    #[error("it is {} of a kind that browsers don't show ({what}); export it again", .kind.as_str())]
    Unusual {
        /// Its format.
        kind: Kind,
        /// What is unusual.
        what: &'static str,
    },
    /// It is animated.
    #[error("it moves, which readers couldn't stop; export one picture of it, or link to the film")]
    Moves,
    /// The pixels can't be made out, though the file's structure is sound.
    #[error("its pixels can't be decoded ({0}); export it again")]
    Undecodable(String),
    /// A drawing that can't be rendered as it would look in a browser.
    #[error("the drawing can't be rendered: {0}")]
    Unrendered(String),
}

/// Why there is no print of a picture.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// Too many are waited for; it may be asked for again in a moment.
    #[error("too many pictures are being made")]
    Busy,
    /// The original can't be read.
    #[error("the original can't be read: {0}")]
    Unreadable(Arc<io::Error>),
    /// The original isn't what it was when its address was made.
    #[error("the original has been replaced")]
    Replaced,
    /// The original can't be used.
    #[error("{0}")]
    Refused(Refusal),
    /// The width isn't made of this picture, or not in this form.
    #[error("the picture isn't made in that size")]
    NotOffered,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(Arc::new(error))
    }
}
