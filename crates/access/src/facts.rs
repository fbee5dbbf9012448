//! Everything one decision may look at, in one place.

use jiff::Timestamp;

use crate::{Audience, Moment, Reader, Request, Story};

/// The facts that conditions are evaluated against.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What is being read.
    pub story: &'a Story,
    /// Who is reading.
    pub reader: &'a Reader,
    /// How it was asked for.
    pub request: &'a Request<'a>,
    /// When.
    pub moment: &'a Moment,
}

impl Facts<'_> {
    /// The business time of the decision.
    pub fn now(&self) -> Timestamp {
        self.moment.now()
    }

    /// The audience that the reader is in now.
    pub fn audience(&self) -> Audience {
        self.reader.audience(self.now())
    }
}
