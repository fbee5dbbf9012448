//! `publication.toml`: the name of the paper, its sections, and what its slots
//! say. Its longer lists have rooms of their own.

use super::error::{Findings, Problem};
use super::fields::{Fields, Placed, Sheet};
use super::front::Front;
use super::gone::{self, Withdrawn};
use super::people::{self, Author};
use super::series::{self, Series};
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
    /// The picture that stands for the paper elsewhere, by its file.
    pub(crate) logo: Option<Placed<String>>,
    pub(crate) authors: Vec<Author>,
    pub(crate) series: Vec<Series>,
    /// Stories that have no file any more.
    pub(crate) gone: Vec<Withdrawn>,
    /// What the promotion within a story says.
    pub(crate) promotion: SlotPlan,
    /// What the advertising slot says.
    pub(crate) advertisement: SlotPlan,
}

impl Paper {
    pub(crate) fn author(&self, id: &str) -> Option<&Author> {
        self.authors.iter().find(|author| author.id == id)
    }

    pub(crate) fn series(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.id.as_str() == id)
    }
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

/// A slot within stories.
#[derive(Clone, Debug, Default)]
pub(crate) struct SlotPlan {
    /// After how many paragraphs it stands, where the editor says.
    pub(crate) after: Option<usize>,
    /// What it says; the words of the locale where it is left out.
    pub(crate) notice: Option<Notice>,
}

/// The latest paragraph that a slot can be asked to stand after: in the longest
/// stories there are.
const LATEST_SLOT: i16 = 200;

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
    let language = fields.language(sheet, "language");
    let sections = sections(&mut fields, sheet);
    let front = fields
        .table(sheet, "front")
        .map(|table| Front::read(table, sheet));
    let logo = fields.optional_text(sheet, "logo");
    let authors = people::read(&mut fields, sheet);
    let series = series::read(&mut fields, sheet);
    let gone = gone::read(&mut fields, sheet);
    let mut slot = |key| {
        let table = fields.table(sheet, key);
        table.map_or_else(SlotPlan::default, |table| slot(table, sheet))
    };
    let (promotion, advertisement) = (slot("promotion"), slot("advertisement"));
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
        language: language.map(|locale| locale.to_string()),
        sections,
        front: front.unwrap_or_default(),
        logo,
        authors,
        series,
        gone,
        promotion,
        advertisement,
    })
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

/// Words need both `title` and `text`; a place alone needs neither.
fn slot(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> SlotPlan {
    let says_nothing = table.is_empty();
    let after = table.number(sheet, "after", 1..=LATEST_SLOT);
    let after = after.and_then(|after| usize::try_from(after).ok());
    let is_place_alone = table.is_empty() && !says_nothing;
    let notice = if is_place_alone {
        None
    } else {
        notice(&mut table, sheet)
    };
    table.finish(sheet);
    SlotPlan { after, notice }
}

fn notice(table: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<Notice> {
    let title = table.text(sheet, "title", "title = \"The paper by post\"");
    let text = table.text(sheet, "text", "text = \"A sentence or two\"");
    let link = table.optional_text(sheet, "link");
    let action = table.optional_text(sheet, "action");
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
