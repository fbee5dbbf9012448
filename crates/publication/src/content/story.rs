//! Stories: a file of front matter and Markdown becomes a typed value. References to other files are checked by the catalogue.

use access::{Name, Tier};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use prompts::Locale;
use serde::{Deserialize, Serialize};

use super::draft::{Draft, Reference, references_of, slug_of, split};
use super::error::{Findings, Problem};
use super::fields::Sheet;
use super::gone::Gone;
use super::head;
use super::markdown::{self, Typography};
use super::slug::{Slug, topic_id};
use super::sources::Fingerprint;
use super::wire;

/// The most parts of a series: one a week for two years.
pub(crate) const MOST_PARTS: i16 = 104;

/// The most paragraphs that a story's beginning is said to have.
pub const MOST_PREVIEW: u16 = 20;

/// What is known of a story without its text: what every list, feed and search
/// needs. The text is had by `Catalogue::body`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its name in addresses, from the name of its file.
    pub slug: Slug,
    /// The headline.
    pub title: String,
    /// The sentence or two under the headline.
    pub standfirst: String,
    /// The topic over the headline.
    pub label: String,
    /// Who wrote it, in the order of the byline; never empty.
    pub byline: Vec<String>,
    /// Where it was written, opening the body.
    pub dateline: Option<String>,
    /// When it appears. Before that it doesn't exist for readers. Where there
    /// is an embargo that ends later, the end of that.
    #[serde(with = "wire::time")]
    pub published: Timestamp,
    /// When it was last changed.
    #[serde(with = "wire::optional_time")]
    pub updated: Option<Timestamp>,
    /// The section it appears in.
    pub section: Slug,
    /// Further topics.
    pub tags: Vec<String>,
    /// How it is offered.
    #[serde(with = "wire::tier")]
    pub tier: Tier,
    /// So many paragraphs are its beginning, for whom it isn't open; what the gate
    /// is told of all stories where it is left out.
    pub preview: Option<u16>,
    /// Whether the promotion and the advertisement stand in it.
    pub slots: bool,
    /// Stories to read next.
    pub related: Vec<Slug>,
    /// The lead picture.
    pub picture: Option<Picture>,
    /// Who commissioned it, if it is sponsored.
    pub sponsor: Option<Commission>,
    /// What was wrong in it, oldest first.
    pub corrections: Vec<Correction>,
    /// The language it is written in, where that isn't the paper's.
    #[serde(with = "wire::optional_locale")]
    pub language: Option<Locale>,
    /// The same story in another language. Either of the two may name the
    /// other.
    pub translation: Option<Slug>,
    /// The series that it is a part of.
    pub series: Option<Part>,
    /// Why and since when it isn't there any more. It is in no list then, and
    /// its page says so.
    pub gone: Option<Gone>,
    /// Words of the text, and characters of scripts that don't separate words.
    pub words: usize,
    /// Reading time in minutes, at least 1.
    pub minutes: usize,
    /// Its file inside the content folder.
    pub(crate) file: Box<str>,
    /// What the file was when this was read from it.
    pub(crate) source: Fingerprint,
    /// What it refers to, to be checked whenever the others change.
    pub(crate) references: Box<[Reference]>,
}

/// A story's place in a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The series' id.
    pub series: Slug,
    /// Which part it is, from 1; by its date among the others where it is left
    /// out.
    pub number: Option<u16>,
    /// The line that says which, or else of which series.
    pub(crate) line: usize,
}

impl Story {
    /// The path of its page.
    pub fn path(&self) -> String {
        format!("/stories/{}", self.slug)
    }

    /// Whether it exists for readers at `now`.
    pub fn is_out(&self, now: Timestamp) -> bool {
        self.published <= now && self.gone.is_none()
    }

    /// The ids and words of its topics: the label first, each once.
    pub(crate) fn topics(&self) -> Vec<(String, &str)> {
        with_ids(std::iter::once(&self.label).chain(&self.tags))
    }

    /// The ids and names of who wrote it, each once.
    pub(crate) fn authors(&self) -> Vec<(String, &str)> {
        with_ids(self.byline.iter())
    }
}

/// Words with what they are in addresses; of those that are the same there,
/// the first.
fn with_ids<'a>(words: impl Iterator<Item = &'a String>) -> Vec<(String, &'a str)> {
    let mut with_ids: Vec<(String, &str)> = Vec::new();
    for words in words {
        let id = topic_id(words);
        if !with_ids.iter().any(|(known, _)| *known == id) {
            with_ids.push((id, words));
        }
    }
    with_ids
}

/// A picture with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The name of the file in `pictures`.
    pub file: String,
    /// What it shows, for who can't see it.
    pub alt: String,
    /// The line under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// Who commissioned a sponsored story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    /// The sponsor's name, without an article.
    #[serde(with = "wire::name")]
    pub name: Name,
    /// What goes before the name within a sentence of the stories' language.
    pub article: Option<String>,
    /// What part the newsroom had in it.
    pub note: String,
}

impl Commission {
    /// The sponsor as it stands within a sentence of the story's language.
    pub fn in_a_sentence(&self) -> String {
        match &self.article {
            Some(article) => format!("{article} {}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// An error that was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The day on which it was put right.
    #[serde(with = "wire::day")]
    pub date: Date,
    /// The line that says so.
    pub(crate) line: usize,
    /// What was wrong, and what is right.
    pub text: String,
}

/// Reads a story; `None` where it can't be taken apart. One that is too broken
/// to go on with is a draft without an item. Either is always a finding too.
pub(crate) fn read_story(
    file: &str,
    text: &str,
    zone: &TimeZone,
    typography: Typography,
    findings: &mut Findings,
) -> Option<Draft<Story>> {
    let slug = slug_of(file, findings);
    let parts = split(file, text, findings)?;
    let mut sheet = Sheet::new(file, parts.front, 1, findings);
    let mut fields = sheet.parse();
    let mut references = Vec::new();
    let mut story = head::read(&mut fields, &mut sheet, zone, &mut references);
    fields.finish(&mut sheet);
    let own = story.as_ref().and_then(|story| story.language.as_ref());
    let typography = own.map_or(typography, Typography::of);

    let mut refused = Findings::default();
    let body = markdown::render(
        file,
        parts.body,
        parts.lines_before_body,
        typography,
        &mut refused,
    );
    references.extend(references_of(&body));
    let is_gone = story.as_ref().is_some_and(|story| story.gone.is_some());
    // What is refused of a text may be all that there is of it.
    if body.words == 0 && !is_gone && refused.is_empty() {
        let advice = "the story has no text; write some under the front matter";
        findings.add(
            file,
            Some(parts.lines_before_body + 1),
            Problem::Empty(advice),
        );
    }
    findings.join(refused);
    if let (Some(story), Some(slug)) = (&mut story, &slug) {
        story.slug = slug.clone();
        story.words = body.words;
        story.minutes = body.minutes;
        story.file = file.into();
        story.source = Fingerprint::of(text.as_bytes());
        story.references = references.as_slice().into();
        typography.polish_all([&mut story.title, &mut story.standfirst, &mut story.label]);
        typography.polish_all(
            story
                .corrections
                .iter_mut()
                .map(|correction| &mut correction.text),
        );
        if let Some(picture) = &mut story.picture {
            typography.polish_all([&mut picture.alt].into_iter().chain(&mut picture.caption));
        }
        if let Some(sponsor) = &mut story.sponsor {
            typography.polish_all([&mut sponsor.note]);
        }
    }
    Some(Draft {
        item: story.filter(|_| slug.is_some()),
        references,
    })
}
