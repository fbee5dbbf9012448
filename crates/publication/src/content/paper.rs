//! `publication.toml`: the name of the paper, its sections, and what is on
//! the front page.

use super::error::{Findings, Problem};
use super::fields::{Fields, Placed, Sheet};
use super::slug::Slug;

/// The oldest newspaper that could have a founding year.
const OLDEST: i16 = 1500;

/// The paper itself.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    pub(crate) name: String,
    pub(crate) tagline: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) founded: Option<i16>,
    /// The language of the content as a tag, where it isn't the locale of the
    /// furniture.
    pub(crate) language: Option<String>,
    /// In the order of the menu; never empty.
    pub(crate) sections: Vec<Section>,
    pub(crate) front: Front,
    /// What the promotion within a story says; the words of the locale where
    /// it is left out.
    pub(crate) promotion: Option<Notice>,
    /// What the advertising slot says; likewise.
    pub(crate) advertisement: Option<Notice>,
}

/// One section.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) id: Slug,
    pub(crate) name: String,
    pub(crate) standfirst: Option<String>,
    /// Whether its stories are argued rather than reported, and look it.
    pub(crate) is_opinion: bool,
}

/// What the editor put on the front page. Slots that are left out, or whose
/// story isn't out yet, are filled with the latest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Front {
    pub(crate) lead: Option<Placed<String>>,
    pub(crate) secondary: Vec<Placed<String>>,
    pub(crate) opinion: Vec<Placed<String>>,
    pub(crate) picks: Vec<Placed<String>>,
}

impl Front {
    /// Every story named, with the key that names it.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'static str, &Placed<String>)> {
        let keyed = |key| move |name| (key, name);
        (self.lead.iter().map(keyed("lead")))
            .chain(self.secondary.iter().map(keyed("secondary")))
            .chain(self.opinion.iter().map(keyed("opinion")))
            .chain(self.picks.iter().map(keyed("picks")))
    }
}

/// A notice in a slot: a promotion or an advertisement.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) title: String,
    pub(crate) text: String,
    /// Where it leads and what the link says.
    pub(crate) link: Option<(Placed<String>, String)>,
}

/// Reads the file. `None` where there is nothing to go on with, which is a
/// finding too.
pub(crate) fn read_paper(file: &str, text: &str, findings: &mut Findings) -> Option<Paper> {
    let text = text.trim_start_matches('\u{feff}');
    let mut sheet = Sheet::new(file, text, 0, findings);
    let sheet = &mut sheet;
    let mut fields = sheet.parse();
    let name = fields.text(sheet, "name", "name = \"The Evening Post\"");
    let tagline = fields.optional_text(sheet, "tagline");
    let city = fields.optional_text(sheet, "city");
    let founded = fields.number(sheet, "founded", OLDEST..=i16::MAX);
    let language = language(&mut fields, sheet);
    let sections = sections(&mut fields, sheet);
    let front = fields
        .table(sheet, "front")
        .map(|table| front(table, sheet));
    let promotion = fields
        .table(sheet, "promotion")
        .and_then(|table| notice(table, sheet));
    let advertisement = fields
        .table(sheet, "advertisement")
        .and_then(|table| notice(table, sheet));
    if sections.is_empty() {
        fields.missing(
            sheet,
            "sections",
            "[[sections]] with id = \"news\" and name = \"News\"",
        );
    }
    fields.finish(sheet);
    Some(Paper {
        name: name?.value,
        tagline: tagline.map(|text| text.value),
        city: city.map(|text| text.value),
        founded,
        language,
        sections,
        front: front.unwrap_or_default(),
        promotion,
        advertisement,
    })
}

fn language(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<String> {
    let tag = fields.optional_text(sheet, "language")?;
    match tag.value.parse::<prompts::Locale>() {
        Ok(locale) => Some(locale.to_string()),
        Err(error) => {
            let what = format!("isn't right: {error}");
            sheet.add(
                tag.line,
                Problem::BadText {
                    key: "language",
                    what,
                },
            );
            None
        }
    }
}

fn sections(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for mut table in fields.tables(sheet, "sections") {
        let id = table.text(sheet, "id", "id = \"news\"");
        let name = table.text(sheet, "name", "name = \"News\"");
        let standfirst = table.optional_text(sheet, "standfirst");
        let voice = table.optional_text(sheet, "voice");
        if let Some(voice) = voice
            .iter()
            .find(|word| !matches!(&*word.value, "news" | "opinion"))
        {
            let what = format!("must be \"news\" or \"opinion\", not \"{}\"", voice.value);
            sheet.add(voice.line, Problem::BadText { key: "voice", what });
        }
        table.finish(sheet);
        let (Some(id), Some(name)) = (id, name) else {
            continue;
        };
        let Some(slug) = Slug::parse(&id.value) else {
            sheet.add(id.line, Problem::BadSlug(id.value));
            continue;
        };
        if sections.iter().any(|section| section.id == slug) {
            let other = "another section".to_owned();
            sheet.add(
                id.line,
                Problem::Duplicate {
                    slug: id.value,
                    other,
                },
            );
            continue;
        }
        // A section called opinion is one, unless it says otherwise.
        let is_opinion = match &voice {
            Some(word) => word.value == "opinion",
            None => slug.as_str() == "opinion",
        };
        let standfirst = standfirst.map(|text| text.value);
        sections.push(Section {
            id: slug,
            name: name.value,
            standfirst,
            is_opinion,
        });
    }
    sections
}

fn front(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Front {
    let front = Front {
        lead: table.optional_text(sheet, "lead"),
        secondary: table.texts(sheet, "secondary"),
        opinion: table.texts(sheet, "opinion"),
        picks: table.texts(sheet, "picks"),
    };
    table.finish(sheet);
    front
}

fn notice(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<Notice> {
    let title = table.text(sheet, "title", "title = \"The paper by post\"");
    let text = table.text(sheet, "text", "text = \"A sentence or two\"");
    let link = table.optional_text(sheet, "link");
    let action = table.optional_text(sheet, "action");
    table.finish(sheet);
    if link.is_some() != action.is_some() {
        let advice = "`link` and `action` go together: where the notice leads, and what the link \
                      says";
        let place = link
            .as_ref()
            .or(action.as_ref())
            .map_or(1, |text| text.line);
        sheet.add(place, Problem::Contradiction(advice));
    }
    let link = link.zip(action).map(|(link, action)| (link, action.value));
    Some(Notice {
        title: title?.value,
        text: text?.value,
        link,
    })
}
