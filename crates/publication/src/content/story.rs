//! Stories: a file of front matter and Markdown becomes a typed value. References to other files are checked by the catalogue.

use access::{Name, Tier};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use prompts::Locale;
use serde::{Deserialize, Serialize};

use super::draft::{Draft, Reference, ReferenceKind, references_of, slug_of, split};
use super::error::{Findings, Problem};
use super::fields::{Fields, Placed, Sheet};
use super::gone::Gone;
use super::markdown::{self, Typography};
use super::slug::{Slug, topic_id};
use super::sources::Fingerprint;
use super::wire;

/// The most parts of a series: one a week for two years.
pub(crate) const MOST_PARTS: i16 = 104;

/// What is known of a story without its text: what every list, feed and search
/// needs. The text is had by [`Catalogue::body`](super::Catalogue::body).
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

/// An error that was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The day on which it was put right.
    #[serde(with = "wire::day")]
    pub date: Date,
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
    let mut story = head(&mut fields, &mut sheet, zone, &mut references);
    fields.finish(&mut sheet);
    let own = story.as_ref().and_then(|story| story.language.as_ref());
    let typography = own.map_or(typography, Typography::of);

    let body = markdown::render(
        file,
        parts.body,
        parts.lines_before_body,
        typography,
        findings,
    );
    references.extend(references_of(&body));
    let is_gone = story.as_ref().is_some_and(|story| story.gone.is_some());
    if body.words == 0 && !is_gone {
        let advice = "the story has no text; write some under the front matter";
        findings.add(
            file,
            Some(parts.lines_before_body + 1),
            Problem::Empty(advice),
        );
    }
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

/// What becomes a part of an address needs something that can stand in one.
fn need_addresses(key: &'static str, entries: &[Placed<String>], sheet: &mut Sheet<'_, '_>) {
    for entry in entries.iter().filter(|one| topic_id(&one.value).is_empty()) {
        let what = "needs a letter or a digit, since it becomes part of an address".to_owned();
        sheet.add(entry.line, Problem::BadText { key, what });
    }
}

/// Everything above the body.
#[expect(
    clippy::too_many_lines,
    reason = "the keys one after the other, as they stand in a file"
)]
fn head(
    fields: &mut Fields<'_>,
    sheet: &mut Sheet<'_, '_>,
    zone: &TimeZone,
    references: &mut Vec<Reference>,
) -> Option<Story> {
    let title = fields.text(sheet, "title", "title = \"The headline\"");
    let standfirst = fields.text(sheet, "standfirst", "standfirst = \"A sentence or two\"");
    let label = fields.text(sheet, "label", "label = \"Harbour\"");
    let byline = fields.texts(sheet, "byline");
    let dateline = fields.optional_text(sheet, "dateline");
    let example = "published = 2026-11-20T06:00:00Z";
    let published = fields.time(sheet, "published", zone, example);
    let embargo = fields.optional_time(sheet, "embargo", zone);
    let updated = fields.optional_time(sheet, "updated", zone);
    let section = fields.text(sheet, "section", "section = \"city\"");
    let tags = fields.texts(sheet, "tags");
    let tier = tier(fields, sheet);
    let slots = fields.flag(sheet, "slots").unwrap_or(true);
    let related = fields.texts(sheet, "related");
    let picture = fields
        .table(sheet, "picture")
        .map(|table| picture(table, sheet));
    let sponsor = fields
        .table(sheet, "sponsor")
        .map(|table| sponsor(table, sheet));
    let corrections = corrections(fields, sheet);
    let language = fields.language(sheet, "language");
    let translation = fields.optional_text(sheet, "translation");
    let series = fields.optional_text(sheet, "series");
    let part = fields.number(sheet, "part", 1..=MOST_PARTS);
    let gone = fields
        .table(sheet, "gone")
        .map(|table| Gone::read(table, sheet));

    for (key, entries) in [
        ("label", label.as_slice()),
        ("tags", &tags),
        ("byline", &byline),
    ] {
        need_addresses(key, entries, sheet);
    }
    if byline.is_empty() {
        fields.missing(sheet, "byline", "byline = [\"First Last\"]");
    }
    if let (Some(published), Some(updated)) = (&published, &updated)
        && updated.value < published.value
    {
        let advice = "`updated` is before `published`; swap them or correct one";
        sheet.add(updated.line, Problem::Contradiction(advice));
    }
    if let (Some(Tier::Locked), Some(_)) = (tier, &sponsor) {
        let advice = "a sponsored story is open to everybody; write tier = \"free\"";
        sheet.add(fields.line, Problem::Contradiction(advice));
    }

    if let (None, Some(_)) = (&series, part) {
        let advice = "`part` counts within a series; name that with `series`, or take it out";
        sheet.add(fields.line, Problem::Contradiction(advice));
    }

    let mut refer = |kind, names: &[Placed<String>]| {
        references.extend(
            names
                .iter()
                .map(|name| Reference::new(kind, &name.value, name.line)),
        );
    };
    let file = picture.as_ref().and_then(|(_, file)| file.as_ref());
    refer(ReferenceKind::Section, section.as_slice());
    refer(ReferenceKind::Related, &related);
    refer(
        ReferenceKind::Picture,
        file.map_or(&[], std::slice::from_ref),
    );
    refer(ReferenceKind::Translation, translation.as_slice());
    refer(ReferenceKind::Series, series.as_slice());
    // Whatever shows or sorts a story by when it appeared goes by the one time.
    let published = published.map(|time| match &embargo {
        Some(end) => time.value.max(end.value),
        None => time.value,
    });
    let values = |list: Vec<Placed<String>>| list.into_iter().map(|entry| entry.value).collect();
    Some(Story {
        slug: Slug::parse("unnamed")?,
        title: title?.value,
        standfirst: standfirst?.value,
        label: label?.value,
        byline: values(byline),
        dateline: dateline.map(|text| text.value),
        published: published?,
        updated: updated.map(|time| time.value),
        section: Slug::parse(&section?.value)?,
        tags: values(tags),
        tier: tier?,
        slots,
        related: related
            .iter()
            .filter_map(|name| Slug::parse(&name.value))
            .collect(),
        picture: picture.and_then(|(picture, _)| picture),
        sponsor: sponsor.flatten(),
        corrections,
        language,
        translation: translation.and_then(|name| Slug::parse(&name.value)),
        series: series
            .and_then(|name| Slug::parse(&name.value))
            .map(|series| Part {
                series,
                number: part.and_then(|part| u16::try_from(part).ok()),
            }),
        // What says that it is gone, however badly, isn't served.
        gone: match gone {
            Some(gone) => Some(gone?),
            None => None,
        },
        words: 0,
        minutes: 1,
        file: Box::default(),
        source: Fingerprint::of(&[]),
        references: Box::default(),
    })
}

/// A story that doesn't say how it is offered is refused: neither giving it
/// away nor locking it should happen by forgetting a line.
fn tier(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<Tier> {
    let word = fields.text(
        sheet,
        "tier",
        "tier = \"metered\", or \"free\" or \"locked\"",
    )?;
    let tier = Tier::parse(&word.value);
    if tier.is_none() {
        let what = format!(
            "must be \"free\", \"metered\" or \"locked\", not \"{}\"",
            word.value
        );
        sheet.add(word.line, Problem::BadText { key: "tier", what });
    }
    tier
}

/// A picture with its words, and the reference to its file.
pub(super) fn picture(
    mut table: Fields<'_>,
    sheet: &mut Sheet<'_, '_>,
) -> (Option<Picture>, Option<Placed<String>>) {
    let file = table.text(sheet, "file", "file = \"quay.svg\"");
    let alt = table.text(sheet, "alt", "alt = \"What the picture shows\"");
    let caption = table.optional_text(sheet, "caption");
    let credit = table.optional_text(sheet, "credit");
    table.finish(sheet);
    let picture = file.clone().zip(alt).map(|(file, alt)| Picture {
        file: file.value,
        alt: alt.value,
        caption: caption.map(|text| text.value),
        credit: credit.map(|text| text.value),
    });
    (picture, file)
}

fn sponsor(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<Commission> {
    let name = table.text(sheet, "name", "name = \"Who paid for it\"");
    let article = table.optional_text(sheet, "article");
    let note = table.text(sheet, "note", "note = \"Who wrote it, and by which rules\"");
    table.finish(sheet);
    Some(Commission {
        name: Name::new(name?.value),
        article: article.map(|text| text.value),
        note: note?.value,
    })
}

fn corrections(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Vec<Correction> {
    let mut corrections: Vec<Correction> = Vec::new();
    for mut table in fields.tables(sheet, "correction") {
        let date = table.day(sheet, "date");
        let text = table.text(
            sheet,
            "text",
            "text = \"What was wrong, and what is right.\"",
        );
        table.finish(sheet);
        if let (Some(date), Some(text)) = (date, text) {
            corrections.push(Correction {
                date,
                text: text.value,
            });
        }
    }
    corrections.sort_by_key(|correction| correction.date);
    corrections
}
