//! Documents that hold links and names: lists of feeds, search descriptions, styles
//! for feeds. They go out as they came, unless more is said in them than such a
//! document says.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::FeedError;
use super::budget::Budget;
use super::xml::value;

/// Words of what leads to one place in a list of feeds: its title.
const TITLE: u32 = 15;

/// Words in a row of any other such document: a description.
const DESCRIPTION: u32 = 60;

/// Words of short things beside them: the labels, names and paths of a style, or the
/// headings of a list.
const NAMES: u32 = 2_000;

/// What a list is made of.
const OUTLINE: &str = "outline";

/// What holds a program's text, which nobody takes for a story's.
const PROGRAMS: [&str; 2] = ["script", "style"];

/// Whether no more is said in the document than such documents say.
pub(super) fn says_little(xml: &str, is_list: bool) -> Result<bool, FeedError> {
    let mut reader = Reader::from_str(xml);
    let words = if is_list { TITLE } else { DESCRIPTION };
    let mut budget = Budget::of_a_document(words, NAMES);
    // How deep in what holds a program's text.
    let mut program = 0_usize;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| FeedError::Malformed(error.to_string()))?;
        match event {
            Event::Eof => return Ok(!budget.has_shortened()),
            Event::DocType(_) => return Err(FeedError::Doctype),
            Event::Start(tag) => {
                let is_program = PROGRAMS.contains(&tag.local_name().as_ref());
                program += usize::from(program > 0 || is_program);
                say_all(&mut budget, &tag);
            }
            Event::Empty(tag) => say_all(&mut budget, &tag),
            Event::End(_) => program = program.saturating_sub(1),
            Event::Text(text) if program == 0 => {
                budget.say(&text.xml10_content());
            }
            Event::CData(text) if program == 0 => {
                budget.say(&text.xml10_content());
            }
            Event::Comment(text) if program == 0 => {
                budget.say(&text);
            }
            _ => {}
        }
    }
}

/// Says what stands in a tag: of an outline in the name of where it leads.
fn say_all(budget: &mut Budget, tag: &BytesStart<'_>) {
    let is_outline = tag.local_name().as_ref() == OUTLINE;
    let attributes = tag.attributes().flatten();
    let said: Vec<(String, String)> = attributes
        .map(|attribute| (attribute.key.as_ref().to_owned(), value(&attribute)))
        .collect();
    if is_outline {
        let of = |name: &str| said.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        let link = ["xmlUrl", "htmlUrl", "url"].into_iter().find_map(of);
        budget.begin(link.map(|(_, link)| link.as_str()), None);
    }
    for (_, value) in &said {
        budget.say(value);
    }
    if is_outline {
        budget.end();
    }
}
