//! The page of gift links: what they are, how many are left, and the one that was
//! made.

use jiff::civil::Date;
use serde::Serialize;

use crate::view::{Links, Words};

/// The page's template.
pub(crate) const TEMPLATE: &str = "gifts/page.html";

/// The page as one reader is to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftPage {
    /// What it is about.
    pub says: GiftSays,
    /// What may be given.
    pub terms: GiftTerms,
    /// How many stories the reader may still give in this month, and the first
    /// day of the next; `None` for who may give none.
    pub left: Option<(u16, Date)>,
    /// Where the form is sent.
    pub action: String,
    /// The address of the style sheet.
    pub style: String,
    /// The address of one with the publication's colours and letters.
    pub looks: Option<String>,
}

/// What a publication allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiftTerms {
    /// Stories in a calendar month.
    pub a_month: u16,
    /// Days that a link is good for.
    pub days: u16,
    /// Browsers that may open it.
    pub browsers: u16,
}

/// What the page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GiftSays {
    /// What gift links are.
    About,
    /// That a link to this story may be made.
    Offered {
        /// The story's address, as the form sends it.
        story: String,
        /// Whether the reader has given it already: its link is there again,
        /// however many are left.
        again: bool,
    },
    /// The link.
    Made {
        /// The whole address.
        link: String,
        /// The day, in the publication's zone, on which it ends.
        until: Date,
    },
    /// That the link has been opened in as many browsers as may.
    UsedUp {
        /// The day on which it ends in those.
        until: Date,
    },
    /// That the story is open to everybody, so that none is needed.
    OpenToAll {
        /// The story's own address.
        address: String,
    },
    /// That as many have been made this month as may.
    NoneLeft,
    /// That only subscribers may make one.
    ForSubscribers,
    /// That there is no such story.
    NoStory,
    /// That the reader can't read the story themselves.
    NotYours,
    /// That nobody has made the link that was followed.
    Unusable,
    /// That the form came from another site.
    FromElsewhere,
    /// That it can't be done just now.
    Unavailable,
}

impl GiftSays {
    /// The word that templates choose by.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Offered { .. } => "offered",
            Self::Made { .. } => "made",
            Self::UsedUp { .. } => "used-up",
            Self::OpenToAll { .. } => "open",
            Self::NoneLeft => "none-left",
            Self::ForSubscribers => "for-subscribers",
            Self::NoStory => "no-story",
            Self::NotYours => "not-yours",
            Self::Unusable => "unusable",
            Self::FromElsewhere => "from-elsewhere",
            Self::Unavailable => "unavailable",
        }
    }
}

/// What the template sees.
#[derive(Serialize)]
pub(crate) struct Context<'a> {
    says: &'static str,
    publication: &'a str,
    links: &'a Links,
    action: &'a str,
    style: &'a str,
    looks: Option<&'a str>,
    /// The story's path, or the address to be copied.
    address: &'a str,
    again: bool,
    until: Option<String>,
    limit: u16,
    days: u16,
    browsers: u16,
    /// Whether the reader may give stories at all.
    gives: bool,
    left: u16,
    renews: Option<String>,
}

impl GiftPage {
    pub(crate) fn context<'a>(
        &'a self,
        words: &'a Words,
        day: impl Fn(Date) -> String,
    ) -> Context<'a> {
        let (address, until) = match &self.says {
            GiftSays::Offered { story, .. } => (&**story, None),
            GiftSays::Made { link, until } => (&**link, Some(day(*until))),
            GiftSays::OpenToAll { address } => (&**address, None),
            GiftSays::UsedUp { until } => ("", Some(day(*until))),
            _ => ("", None),
        };
        Context {
            says: self.says.as_str(),
            publication: &words.publication,
            links: &words.links,
            action: &self.action,
            style: &self.style,
            looks: self.looks.as_deref(),
            address,
            again: matches!(self.says, GiftSays::Offered { again: true, .. }),
            until,
            limit: self.terms.a_month,
            days: self.terms.days,
            browsers: self.terms.browsers,
            gives: self.left.is_some(),
            left: self.left.map_or(0, |(left, _)| left),
            renews: self.left.map(|(_, renews)| day(renews)),
        }
    }
}
