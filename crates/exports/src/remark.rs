//! What is said of an entry that didn't come over whole, or not as it was.

use std::collections::BTreeMap;
use std::fmt;

/// How many different remarks an entry has: a screenful.
const MOST: usize = 40;

/// How much is repeated of what somebody wrote, in characters.
const SHOWN: usize = 120;

/// One thing that was left out or changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// A script was left out.
    Script,
    /// A style sheet was left out.
    Style,
    /// An attribute that runs script was left out.
    Handler,
    /// A link or picture whose address runs script or holds data.
    UnsafeAddress(String),
    /// A link that can't be resolved.
    DeadLink(String),
    /// A picture of a pixel or two, by which readers are counted.
    Tracker(String),
    /// A frame, player or embedded post became a link.
    Embedded(String),
    /// Something of which not even an address is known.
    LeftOut(&'static str),
    /// A form with what is in it was left out.
    Form,
    /// What was said to browsers without script only.
    NoScript,
    /// A shortcode was taken away; its text stayed.
    Shortcode(String),
    /// A block whose text isn't in the export.
    Block(String),
    /// A picture that isn't in the folder.
    PictureMissing(String),
    /// A picture that is there and can't be taken, and why.
    PictureRefused(String, String),
    /// No folder of pictures was named.
    PicturesNotGiven(String),
    /// A picture without a description; what stands for it.
    NoDescription(String),
    /// Links in a caption, which is plain text here.
    CaptionPlain,
    /// Where a picture led to.
    PictureLink(String),
    /// Emphasis that Markdown can't say there.
    Emphasis,
    /// Cells that span several.
    Spans,
    /// Lists, breaks and the like within a cell of a table.
    CellPlain,
    /// A link to a page of the old site that isn't here.
    OldLink(String),
    /// The address was changed, and why.
    Renamed(String),
    /// The title was empty or too long.
    Title,
    /// Who wrote it isn't said.
    NoByline,
    /// The standfirst is made of the beginning.
    Standfirst,
    /// It is what search engines were told: nothing of the text may be shown.
    StandfirstDescription,
    /// It is the headline once more, for want of words that may be shown.
    StandfirstTitle,
    /// More tags or authors than a story may have.
    TooMany(&'static str),
    /// How many comments were left behind.
    Comments(u64),
    /// It was held at the top of lists.
    Sticky,
    /// A field of the source that means something and has no place here.
    Field(String),
    /// Bytes that aren't text were replaced.
    Bytes,
    /// Something in it kept a part from everybody, so all of it is locked.
    Locked(String),
    /// A time that can't be made out.
    Moment(String),
    /// Only an excerpt is in the feed.
    ExcerptOnly,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Script => f.write_str("a script was left out"),
            Self::Style => f.write_str("a style sheet was left out"),
            Self::Handler => f.write_str("an event handler was left out"),
            Self::UnsafeAddress(what) => {
                write!(
                    f,
                    "an address that isn't safe was left out: {}",
                    shown(what)
                )
            }
            Self::DeadLink(what) => {
                write!(f, "a link leads nowhere and became text: {}", shown(what))
            }
            Self::Tracker(what) => write!(f, "a tracking pixel was left out: {}", shown(what)),
            Self::Embedded(what) => write!(f, "what was embedded became a link: {}", shown(what)),
            Self::LeftOut(what) => write!(f, "{what} was left out"),
            Self::Form => f.write_str("a form was left out"),
            Self::NoScript => f.write_str("what only browsers without script show was left out"),
            Self::Shortcode(name) => {
                write!(
                    f,
                    "the shortcode [{}] was taken away, its text kept",
                    shown(name)
                )
            }
            Self::Block(name) => {
                write!(f, "the block \"{}\" has no text in the export", shown(name))
            }
            Self::PictureMissing(name) => {
                write!(f, "a picture isn't in the folder: {}", shown(name))
            }
            Self::PictureRefused(name, why) => {
                write!(
                    f,
                    "a picture can't be taken: {}: {}",
                    shown(name),
                    shown(why)
                )
            }
            Self::PicturesNotGiven(name) => write!(
                f,
                "a picture was left out, as no --pictures folder is named: {}",
                shown(name)
            ),
            Self::NoDescription(name) => {
                write!(
                    f,
                    "a picture had no description, and needs a better one: {}",
                    shown(name)
                )
            }
            Self::CaptionPlain => f.write_str("a caption's links became text"),
            Self::PictureLink(to) => write!(f, "a picture led to {}", shown(to)),
            Self::Emphasis => f.write_str("emphasis in the midst of a word was left out"),
            Self::Spans => f.write_str("cells that span several became one and empty ones"),
            Self::CellPlain => {
                f.write_str("paragraphs and lists in a table's cell became one line")
            }
            Self::OldLink(to) => {
                write!(f, "a link leads to a page of the old site: {}", shown(to))
            }
            Self::Renamed(why) => write!(f, "its address was changed: {}", shown(why)),
            Self::Title => {
                f.write_str("the title was empty or too long, and is made of other words")
            }
            Self::NoByline => f.write_str("who wrote it isn't said; the byline is the paper's"),
            Self::Standfirst => f.write_str("the standfirst is made of the beginning"),
            Self::StandfirstDescription => f.write_str(
                "the standfirst is the description for search engines, as nothing of the text \
                 may be shown to everybody",
            ),
            Self::StandfirstTitle => f.write_str(
                "the standfirst is the headline, as nothing of the text may be shown to \
                 everybody, and needs words of its own",
            ),
            Self::TooMany(what) => write!(f, "only the first fifty {what} came over"),
            Self::Comments(1) => f.write_str("a comment was left behind"),
            Self::Comments(count) => write!(f, "{count} comments were left behind"),
            Self::Sticky => {
                f.write_str("it was held at the top; [front] in publication.toml does that")
            }
            Self::Field(name) => write!(f, "{} has no place here", shown(name)),
            Self::Bytes => f.write_str("bytes that aren't UTF-8 were replaced"),
            Self::Locked(by) => write!(
                f,
                "{} keeps it or a part of it from the public, so the story is locked",
                shown(by)
            ),
            Self::Moment(said) => write!(
                f,
                "a time makes no sense and was passed over: {}",
                shown(said)
            ),
            Self::ExcerptOnly => f.write_str("the feed may hold an excerpt only"),
        }
    }
}

impl Remark {
    /// With no more of what somebody wrote than is shown.
    fn shortened(mut self) -> Self {
        match &mut self {
            Self::UnsafeAddress(text)
            | Self::DeadLink(text)
            | Self::Tracker(text)
            | Self::Embedded(text)
            | Self::Shortcode(text)
            | Self::Block(text)
            | Self::PictureMissing(text)
            | Self::PicturesNotGiven(text)
            | Self::NoDescription(text)
            | Self::PictureLink(text)
            | Self::OldLink(text)
            | Self::Renamed(text)
            | Self::Moment(text)
            | Self::Locked(text)
            | Self::Field(text) => *text = shown(text),
            Self::PictureRefused(name, why) => {
                *name = shown(name);
                *why = shown(why);
            }
            _ => {}
        }
        self
    }

    /// Whether something that readers had is missing or other than it was. The rest is
    /// told, but the entry counts as taken whole.
    pub fn is_loss(&self) -> bool {
        !matches!(
            self,
            Self::Standfirst
                | Self::StandfirstDescription
                | Self::StandfirstTitle
                | Self::Style
                | Self::Script
                | Self::Handler
                | Self::Tracker(_)
                | Self::Comments(_)
                | Self::Sticky
                | Self::Renamed(_)
                | Self::OldLink(_)
        )
    }
}

/// What is said of one entry: each remark once, with how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    each: BTreeMap<Remark, usize>,
    /// Those beyond [`MOST`].
    more: usize,
}

impl Remarks {
    /// Adds one.
    pub fn add(&mut self, remark: Remark) {
        let remark = remark.shortened();
        if self.each.len() < MOST || self.each.contains_key(&remark) {
            *self.each.entry(remark).or_default() += 1;
        } else {
            self.more += 1;
        }
    }

    /// Adds all of another's.
    pub fn append(&mut self, other: Self) {
        for (remark, count) in other.each {
            self.add(remark.clone());
            if let Some(known) = self.each.get_mut(&remark) {
                *known += count - 1;
            }
        }
        self.more += other.more;
    }

    /// Each, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (&Remark, usize)> {
        self.each.iter().map(|(remark, count)| (remark, *count))
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// Whether something that readers had is missing.
    pub fn has_loss(&self) -> bool {
        self.more > 0 || self.each.keys().any(Remark::is_loss)
    }
}

impl fmt::Display for Remarks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (remark, count)) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            remark.fmt(f)?;
            if count > 1 {
                write!(f, " ({count} times)")?;
            }
        }
        if self.more > 0 {
            write!(f, "; and {} more", self.more)?;
        }
        Ok(())
    }
}

/// What somebody wrote, short enough for a line and without anything that moves a
/// terminal.
fn shown(text: &str) -> String {
    let mut short: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    if text.chars().count() > SHOWN {
        short.push('…');
    }
    short
}
