//! The newspaper: what is the same for everybody.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// The publication.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Publication {
    /// Its name.
    pub name: String,
    /// Its address, without a slash at the end. Addresses of stories and pictures
    /// that begin with a slash go on from here.
    pub url: String,
    /// The languages in which readers are spoken to, the first by default (BCP 47).
    pub locales: Vec<String>,
    /// Its time zone by the IANA database. Days begin there.
    pub timezone: String,
    /// Its colours and letters: the custom properties of its style (CSS), by their
    /// names.
    pub colours: BTreeMap<String, String>,
    /// Whether sections, lists of stories and search can be asked for. Before another
    /// content system they can't: its stories are read by their addresses.
    pub has_lists: bool,
    /// Whether readers can have accounts here.
    pub has_accounts: bool,
}

/// A section of the newspaper.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Section {
    /// Its name in addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub standfirst: Option<String>,
    /// Its page.
    #[schema(format = "uri-reference")]
    pub path: String,
}

/// All sections.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Sections {
    /// In the order of the menu.
    pub sections: Vec<Section>,
}

/// What stories are listed under: a topic, or whoever wrote them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Heading {
    /// Its name in addresses.
    pub id: String,
    /// Its name, or theirs.
    pub name: String,
    /// How many stories there are.
    pub stories: usize,
    /// Its page.
    #[schema(format = "uri-reference")]
    pub path: String,
}

/// Topics, by their names.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Topics {
    /// Some of them.
    pub topics: Vec<Heading>,
    /// What to ask for the next with; missing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Authors, by their names.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Authors {
    /// Some of them.
    pub authors: Vec<Heading>,
    /// What to ask for the next with; missing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A picture with its words.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Picture {
    /// Where it is.
    #[schema(format = "uri-reference")]
    pub path: String,
    /// What it shows, for who can't see it.
    pub alt: String,
    /// The line under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// An error that was put right.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Correction {
    /// The day on which it was put right.
    #[schema(format = "date")]
    pub date: String,
    /// What was wrong, and what is right.
    pub text: String,
}

/// What a sponsored story has to say of itself, wherever its text is shown.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Commission {
    /// Who commissioned it, as that stands within a sentence of the story's language.
    pub by: String,
    /// What part the newsroom had in it.
    pub note: String,
}

/// What everybody may know of a story: all but its text.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Story {
    /// Its name in addresses.
    pub id: String,
    /// Its page.
    #[schema(format = "uri-reference")]
    pub path: String,
    /// The headline.
    pub title: String,
    /// The sentence or two under it.
    pub standfirst: String,
    /// The topic over the headline.
    pub label: String,
    /// The section, by its `id`.
    pub section: String,
    /// Its topics, by their `id`.
    pub topics: Vec<String>,
    /// Who wrote it, in the order of the byline.
    pub authors: Vec<String>,
    /// The language of its text (BCP 47).
    pub language: String,
    /// When it appeared.
    #[schema(format = "date-time")]
    pub published: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated: Option<String>,
    /// How it is offered: `free`, `metered` or `locked`. Who may read it in the end is
    /// for the rules, and said when it is read.
    pub tier: String,
    /// Who commissioned it, if it is sponsored.
    pub sponsor: Option<String>,
    /// What a sponsored one has to say of itself.
    pub commission: Option<Commission>,
    /// The lead picture.
    pub picture: Option<Picture>,
    /// What was wrong in it, oldest first. They may repeat its text, and so come with
    /// that alone: in lists and beside a beginning there are none.
    pub corrections: Vec<Correction>,
}

/// Stories, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Stories {
    /// Some of them.
    pub stories: Vec<Story>,
    /// What to ask for the next with; missing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
