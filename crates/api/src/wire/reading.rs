//! A story as one reader may have it, and what was found.

use serde::Serialize;
use utoipa::ToSchema;

use super::newspaper::Story;

/// What was decided, and why.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Decision {
    /// `full` or `preview`.
    pub outcome: String,
    /// Why: `free`, `entitled`, `counted`, `meter-exhausted`, ….
    pub reason: String,
    /// The rule that decided, by its name.
    pub rule: Option<String>,
    /// Distinct stories counted in the period, this one included, where a meter had a
    /// say.
    pub used: Option<u16>,
    /// How many there may be.
    pub limit: Option<u16>,
}

/// What the reader is told beside the story.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Prompt {
    /// Which prompt: `countdown`, `paywall`, `registration-wall`, ….
    pub kind: String,
    /// Its words, a line for each block, in the language that was asked for.
    pub text: String,
    /// The same as a fragment of HTML, with links.
    pub html: String,
    /// The first day on which the reader has free stories again.
    #[schema(format = "date")]
    pub renews: Option<String>,
}

/// A story as far as this reader may have it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Read {
    /// What everybody may know of it; missing before another content system.
    pub story: Option<Story>,
    /// Its page.
    #[schema(format = "uri-reference")]
    pub path: String,
    /// The headline of its page.
    pub title: Option<String>,
    /// What its page says of itself in a sentence.
    pub description: Option<String>,
    /// What was decided, and counted.
    pub decision: Decision,
    /// Whether `body` is the whole story; else it is its beginning.
    pub whole: bool,
    /// The story's text in HTML.
    pub body: String,
    /// What the reader is told beside it.
    pub prompt: Option<Prompt>,
}

/// A story that was found.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Found {
    /// What everybody may know of it.
    pub story: Story,
    /// Where the words stand in it, in HTML with `<mark>`; only out of what this reader
    /// may read.
    pub excerpt: Option<String>,
}

/// What was found, the best first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Results {
    /// Some of it.
    pub results: Vec<Found>,
    /// What to ask for the next with; missing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
