//! A story's front matter, read key by key in groups that belong together. References
//! to other files are noted, to be checked by the catalogue; nothing is looked up.

use access::{Name, Tier};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use prompts::Locale;

use super::draft::{Reference, ReferenceKind};
use super::error::Problem;
use super::fields::{Fields, Placed, Sheet};
use super::gone::Gone;
use super::slug::{Slug, topic_id};
use super::sources::Fingerprint;
use super::story::{Commission, Correction, MOST_PARTS, MOST_PREVIEW, Part, Picture, Story};

/// Everything above the body; `None` where that isn't enough for a story. What only
/// the file and the body tell is left as that of no story.
pub(super) fn read(
    fields: &mut Fields<'_>,
    sheet: &mut Sheet<'_, '_>,
    zone: &TimeZone,
    references: &mut Vec<Reference>,
) -> Option<Story> {
    let words = Words::read(fields, sheet);
    let times = Times::read(fields, sheet, zone);
    let place = Place::read(fields, sheet);
    let offer = Offer::read(fields, sheet);
    let (picture, file) = (fields.table(sheet, "picture"))
        .map(|table| picture(table, sheet))
        .unwrap_or_default();
    let corrections = corrections(fields, sheet);
    let gone = (fields.table(sheet, "gone")).map(|table| Gone::read(table, sheet));
    words.check(fields, sheet);
    times.check(sheet);
    offer.check(fields, sheet);
    place.check(sheet);
    place.refer(references);
    let refer =
        |file: &Placed<String>| Reference::new(ReferenceKind::Picture, &file.value, file.line);
    references.extend(file.iter().map(refer));
    let series = place.part_of();
    Some(Story {
        slug: Slug::parse("unnamed")?,
        title: words.title?.value,
        standfirst: words.standfirst?.value,
        label: words.label?.value,
        byline: values(words.byline),
        dateline: words.dateline.map(|text| text.value),
        tags: values(words.tags),
        published: times.out()?,
        updated: times.updated.map(|time| time.value),
        section: Slug::parse(&place.section?.value)?,
        related: slugs(&place.related),
        language: place.language,
        translation: slug(place.translation.as_ref()),
        series,
        tier: offer.tier?,
        preview: offer.preview,
        slots: offer.slots,
        sponsor: offer.sponsor,
        picture,
        corrections,
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

/// What is printed over the text.
struct Words {
    title: Option<Placed<String>>,
    standfirst: Option<Placed<String>>,
    label: Option<Placed<String>>,
    byline: Vec<Placed<String>>,
    dateline: Option<Placed<String>>,
    tags: Vec<Placed<String>>,
}

impl Words {
    fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Self {
        Self {
            title: fields.text(sheet, "title", "title = \"The headline\""),
            standfirst: fields.text(sheet, "standfirst", "standfirst = \"A sentence or two\""),
            label: fields.text(sheet, "label", "label = \"Harbour\""),
            byline: fields.texts(sheet, "byline"),
            dateline: fields.optional_text(sheet, "dateline"),
            tags: fields.texts(sheet, "tags"),
        }
    }

    fn check(&self, fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) {
        need_addresses("label", self.label.as_slice(), sheet);
        need_addresses("tags", &self.tags, sheet);
        need_addresses("byline", &self.byline, sheet);
        if self.byline.is_empty() {
            fields.missing(sheet, "byline", "byline = [\"First Last\"]");
        }
    }
}

/// When it appears, and when it was changed.
struct Times {
    published: Option<Placed<Timestamp>>,
    embargo: Option<Placed<Timestamp>>,
    updated: Option<Placed<Timestamp>>,
}

impl Times {
    fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>, zone: &TimeZone) -> Self {
        let example = "published = 2026-11-20T06:00:00Z";
        Self {
            published: fields.time(sheet, "published", zone, example),
            embargo: fields.optional_time(sheet, "embargo", zone),
            updated: fields.optional_time(sheet, "updated", zone),
        }
    }

    fn check(&self, sheet: &mut Sheet<'_, '_>) {
        if let (Some(published), Some(updated)) = (&self.published, &self.updated)
            && updated.value < published.value
        {
            let advice = "`updated` is before `published`; swap them or correct one";
            sheet.add(updated.line, Problem::Contradiction(advice));
        }
    }

    /// Whatever shows or sorts a story by when it appeared goes by the one time.
    fn out(&self) -> Option<Timestamp> {
        let published = self.published.as_ref()?.value;
        let embargo = self.embargo.as_ref().map(|end| end.value);
        Some(embargo.map_or(published, |end| published.max(end)))
    }
}

/// Where it stands among others.
struct Place {
    section: Option<Placed<String>>,
    related: Vec<Placed<String>>,
    language: Option<Locale>,
    translation: Option<Placed<String>>,
    series: Option<Placed<String>>,
    part: Option<Placed<i16>>,
}

impl Place {
    fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Self {
        Self {
            section: fields.text(sheet, "section", "section = \"city\""),
            related: fields.texts(sheet, "related"),
            language: fields.language(sheet, "language"),
            translation: fields.optional_text(sheet, "translation"),
            series: fields.optional_text(sheet, "series"),
            part: fields.placed_number(sheet, "part", 1..=MOST_PARTS),
        }
    }

    fn check(&self, sheet: &mut Sheet<'_, '_>) {
        if let (None, Some(part)) = (&self.series, &self.part) {
            let advice = "`part` counts within a series; name that with `series`, or take it out";
            sheet.add(part.line, Problem::Contradiction(advice));
        }
    }

    fn part_of(&self) -> Option<Part> {
        let named = self.series.as_ref()?;
        Some(Part {
            series: slug(Some(named))?,
            number: (self.part.as_ref()).and_then(|part| u16::try_from(part.value).ok()),
            line: self.part.as_ref().map_or(named.line, |part| part.line),
        })
    }

    fn refer(&self, references: &mut Vec<Reference>) {
        for (kind, names) in [
            (ReferenceKind::Section, self.section.as_slice()),
            (ReferenceKind::Related, &self.related),
            (ReferenceKind::Translation, self.translation.as_slice()),
            (ReferenceKind::Series, self.series.as_slice()),
        ] {
            let refer = |name: &Placed<String>| Reference::new(kind, &name.value, name.line);
            references.extend(names.iter().map(refer));
        }
    }
}

/// To whom it is open, and what is sold beside it.
struct Offer {
    tier: Option<Tier>,
    preview: Option<u16>,
    slots: bool,
    /// That somebody pays for it, though perhaps it isn't said well enough who.
    is_sponsored: bool,
    sponsor: Option<Commission>,
}

impl Offer {
    fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Self {
        let tier = tier(fields, sheet);
        let preview = fields.number(sheet, "preview", 0..=MOST_PREVIEW.cast_signed());
        let slots = fields.flag(sheet, "slots").unwrap_or(true);
        let paid = fields.table(sheet, "sponsor");
        Self {
            tier,
            preview: preview.and_then(|number| u16::try_from(number).ok()),
            slots,
            is_sponsored: paid.is_some(),
            sponsor: paid.and_then(|table| sponsor(table, sheet)),
        }
    }

    fn check(&self, fields: &Fields<'_>, sheet: &mut Sheet<'_, '_>) {
        if self.is_sponsored && self.tier == Some(Tier::Locked) {
            let advice = "a sponsored story is open to everybody; write tier = \"free\"";
            sheet.add(fields.line, Problem::Contradiction(advice));
        }
    }
}

fn values(list: Vec<Placed<String>>) -> Vec<String> {
    list.into_iter().map(|entry| entry.value).collect()
}

fn slug(name: Option<&Placed<String>>) -> Option<Slug> {
    Slug::parse(&name?.value)
}

fn slugs(names: &[Placed<String>]) -> Vec<Slug> {
    names.iter().filter_map(|name| slug(Some(name))).collect()
}

/// What becomes a part of an address needs something that can stand in one.
fn need_addresses(key: &'static str, entries: &[Placed<String>], sheet: &mut Sheet<'_, '_>) {
    for entry in entries.iter().filter(|one| topic_id(&one.value).is_empty()) {
        let what = "needs a letter or a digit, since it becomes part of an address".to_owned();
        sheet.add(entry.line, Problem::BadText { key, what });
    }
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
                date: date.value,
                line: date.line,
                text: text.value,
            });
        }
    }
    corrections.sort_by_key(|correction| correction.date);
    corrections
}
