//! Tables: columns of figures are marked, so that they can be set flush.
//!
//! Alignment comes from a class instead of the inline style that Markdown
//! renderers write, which a strict content security policy forbids.

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use super::{Events, plain};

const FIGURE_HEAD: &str = "<th class=\"figure\" scope=\"col\">";
const WORD_HEAD: &str = "<th scope=\"col\">";
const FIGURE_CELL: &str = "<td class=\"figure\">";
/// A wide table scrolls on a telephone; by keyboard too, hence the tabindex.
const OPEN: &str = "<div class=\"table\" tabindex=\"0\"><table><thead><tr>";
const BODY: &str = "</tr></thead><tbody>";
const CLOSE: &str = "</tbody></table></div>";
const OURS: [&str; 11] = [
    FIGURE_HEAD,
    WORD_HEAD,
    FIGURE_CELL,
    OPEN,
    BODY,
    CLOSE,
    "</th>",
    "<td>",
    "</td>",
    "<tr>",
    "</tr>",
];

/// Whether a piece of HTML was written here. The pieces are constants without
/// anything of the author's in them.
pub(super) fn is_ours(html: &CowStr<'_>) -> bool {
    matches!(html, CowStr::Borrowed(html) if OURS.contains(html))
}

/// The events of one table, with its tags written out.
pub(super) fn set(events: Events<'_>) -> Events<'_> {
    let figures = columns_of_figures(&events);
    let mut in_head = true;
    let mut column = 0;
    let mut set = Vec::with_capacity(events.len());
    for (event, place) in events {
        let html = match &event {
            Event::Start(Tag::Table(_)) => OPEN,
            Event::Start(Tag::TableHead) => continue,
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                BODY
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                "<tr>"
            }
            Event::End(TagEnd::TableRow) => "</tr>",
            Event::Start(Tag::TableCell) => {
                let figure = figures.get(column).copied().unwrap_or_default();
                column += 1;
                match (in_head, figure) {
                    (true, true) => FIGURE_HEAD,
                    (true, false) => WORD_HEAD,
                    (false, true) => FIGURE_CELL,
                    (false, false) => "<td>",
                }
            }
            Event::End(TagEnd::TableCell) if in_head => "</th>",
            Event::End(TagEnd::TableCell) => "</td>",
            Event::End(TagEnd::Table) => CLOSE,
            _ => {
                set.push((event, place));
                continue;
            }
        };
        set.push((Event::Html(CowStr::Borrowed(html)), place));
    }
    set
}

/// For each column whether the author aligned it to the right, or it holds
/// figures only.
fn columns_of_figures(events: &Events<'_>) -> Vec<bool> {
    let Some((Event::Start(Tag::Table(alignments)), _)) = events.first() else {
        return Vec::new();
    };
    let mut figures: Vec<bool> = alignments
        .iter()
        .map(|alignment| *alignment != Alignment::Left)
        .collect();
    let (mut in_head, mut column, mut start) = (true, 0, 0);
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::End(TagEnd::TableHead) => in_head = false,
            Event::Start(Tag::TableRow) => column = 0,
            Event::Start(Tag::TableCell) => start = index,
            Event::End(TagEnd::TableCell) => {
                let aligned = alignments.get(column) == Some(&Alignment::Right);
                let text = plain(events[start..index].iter().map(|(event, _)| event));
                if let Some(figure) = figures.get_mut(column)
                    && !in_head
                    && !aligned
                {
                    *figure &= is_figure(&text);
                }
                column += 1;
            }
            _ => {}
        }
    }
    figures
}

/// Figures with a sign, a currency or a unit of a letter or two; an empty
/// cell or a dash breaks no column.
fn is_figure(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 2 && (text.chars().any(|c| c.is_ascii_digit()) || text.chars().count() <= 1)
}
