//! Markdown becomes the blocks of a body: paragraphs, crossheads, pulled
//! quotations, lists, tables, pictures.
//!
//! What comes out is safe to print: raw HTML and links that could run script
//! are refused with their line. Nothing here knows what goes between blocks.

mod table;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::error::{Findings, Problem, line_at};
pub(crate) use super::typography::Typography;

/// How fast people read: words a minute in scripts with spaces (Brysbaert
/// 2019, 238 for English non-fiction).
const WORDS_A_MINUTE: usize = 238;

/// Characters a minute in Chinese and Japanese script.
const CHARACTERS_A_MINUTE: usize = 500;

/// How much of a link is repeated in an error.
const SHOWN: usize = 60;

/// The text of a story or page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    /// The words without markup, a line for each block.
    pub(crate) text: String,
    /// Words, and characters of scripts that don't separate words.
    pub(crate) words: usize,
    /// Reading time in minutes, at least 1.
    pub(crate) minutes: usize,
    /// Links within the publication.
    pub(crate) links: Vec<Link>,
    /// Pictures within the body.
    pub(crate) pictures: Vec<Link>,
}

/// One block of a body.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Safe HTML; empty for a picture.
    pub(crate) html: String,
    /// Without markup; a picture's caption.
    pub(crate) text: String,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    Crosshead,
    Quotation,
    Picture { file: String, alt: String },
    Other,
}

/// Where something leads, and the line that says so.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) target: String,
    pub(crate) line: usize,
}

type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Renders the Markdown `source`, which begins after `lines_before` lines of
/// `file`.
pub(crate) fn render(
    file: &str,
    source: &str,
    lines_before: usize,
    typography: Typography,
    findings: &mut Findings,
) -> Body {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    if typography == Typography::English {
        options |= Options::ENABLE_SMART_PUNCTUATION;
    }
    let mut press = Press {
        file,
        source,
        lines_before,
        findings,
        body: Body::default(),
    };
    let mut block: Events<'_> = Vec::new();
    let mut depth = 0_usize;
    for (event, place) in Parser::new_ext(source, options).into_offset_iter() {
        press.inspect(&event, &place);
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        block.push((event, place));
        if depth == 0 {
            press.set(std::mem::take(&mut block));
        }
    }
    let mut body = press.body;
    measure(&mut body);
    body
}

/// One body being made.
struct Press<'a> {
    file: &'a str,
    source: &'a str,
    lines_before: usize,
    findings: &'a mut Findings,
    body: Body,
}

impl Press<'_> {
    fn line(&self, place: &Range<usize>) -> usize {
        self.lines_before + line_at(self.source, place.start)
    }

    fn refuse(&mut self, place: &Range<usize>, problem: Problem) {
        self.findings
            .add(self.file, Some(self.line(place)), problem);
    }

    /// Finds what mustn't be there, and notes where links lead.
    fn inspect(&mut self, event: &Event<'_>, place: &Range<usize>) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                self.refuse(place, Problem::RawHtml(shorten(html.trim())));
            }
            Event::Start(Tag::Heading { level, .. })
                if !matches!(level, HeadingLevel::H2 | HeadingLevel::H3) =>
            {
                let advice =
                    "the headline is in the front matter; begin a crosshead with ## or ###";
                self.refuse(place, Problem::Markdown(advice));
            }
            Event::Start(Tag::Link { dest_url, .. }) => match destination(dest_url) {
                Ok(true) => {
                    let link = Link {
                        target: dest_url.to_string(),
                        line: self.line(place),
                    };
                    self.body.links.push(link);
                }
                Ok(false) => {}
                Err(why) => {
                    let (target, why) = (shorten(dest_url), why.to_owned());
                    self.refuse(place, Problem::BadLink { target, why });
                }
            },
            _ => {}
        }
    }

    /// Turns the events of one block at the top level into HTML.
    fn set(&mut self, mut events: Events<'_>) {
        if let Some(block) = self.picture(&events) {
            self.body.blocks.push(block);
            return;
        }
        let text = plain(events.iter().map(|(event, _)| event));
        let kind = match events.first() {
            Some((Event::Start(Tag::Paragraph), _)) => BlockKind::Paragraph,
            Some((Event::Start(Tag::Heading { .. }), _)) => BlockKind::Crosshead,
            Some((Event::Start(Tag::BlockQuote(_)), _)) => BlockKind::Quotation,
            _ => BlockKind::Other,
        };
        if matches!(events.first(), Some((Event::Start(Tag::Table(_)), _))) {
            events = table::set(events);
        }
        // What was refused must not be rendered either: the caller may go on
        // to gather further findings.
        events.retain(|(event, _)| match event {
            Event::Html(html) => table::is_ours(html),
            Event::InlineHtml(_) => false,
            _ => true,
        });
        let mut html = String::with_capacity(text.len() * 5 / 4);
        html::push_html(&mut html, events.into_iter().map(|(event, _)| event));
        let html = html.trim_end().to_owned();
        if !html.is_empty() {
            self.body.blocks.push(Block { kind, html, text });
        }
    }

    /// A paragraph that is nothing but a picture. A picture within a line is
    /// refused.
    fn picture(&mut self, events: &Events<'_>) -> Option<Block> {
        let at = events
            .iter()
            .position(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })))?;
        let place = &events[at].1;
        let Event::Start(Tag::Image {
            dest_url, title, ..
        }) = &events[at].0
        else {
            return None;
        };
        let alone = at == 1
            && matches!(events[0].0, Event::Start(Tag::Paragraph))
            && matches!(
                events.get(events.len() - 2),
                Some((Event::End(TagEnd::Image), _))
            )
            && events
                .iter()
                .filter(|(e, _)| matches!(e, Event::Start(Tag::Image { .. })))
                .count()
                == 1;
        let alt = plain(events.iter().map(|(event, _)| event));
        if !alone {
            self.refuse(
                place,
                Problem::Markdown("put the picture in a paragraph of its own"),
            );
        } else if alt.is_empty() {
            let advice = "say what the picture shows: ![what it shows](file.svg \"The caption\")";
            self.refuse(place, Problem::Markdown(advice));
        }
        let file = dest_url.trim_start_matches("/pictures/").to_owned();
        self.body.pictures.push(Link {
            target: file.clone(),
            line: self.line(place),
        });
        let kind = BlockKind::Picture { file, alt };
        Some(Block {
            kind,
            html: String::new(),
            text: title.to_string(),
        })
    }
}

/// Whether a link leads elsewhere in the publication; `Err` with what to
/// write where it mustn't be followed.
fn destination(target: &str) -> Result<bool, &'static str> {
    if target.chars().any(|c| c.is_control() || c == '\\') {
        return Err("holds a backslash or a control character; take it out");
    }
    if target.starts_with("//") {
        return Err("has no scheme; write https:// before it");
    }
    if target.starts_with('/') {
        return Ok(true);
    }
    let folded = target.to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:", "tel:"];
    if known.iter().any(|scheme| folded.starts_with(scheme)) {
        Ok(false)
    } else if folded.contains(':') {
        Err("has a scheme that readers' browsers mustn't follow; use https, http, mailto or tel")
    } else {
        Err("is relative; begin it with https:// or, within the publication, with /")
    }
}

/// The words of some events, with blanks where blocks and lines break.
fn plain<'a, 'e: 'a>(events: impl Iterator<Item = &'a Event<'e>>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => text.push(' '),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn measure(body: &mut Body) {
    let lines: Vec<&str> = body
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    body.text = lines.join("\n");
    let characters = body.text.chars().filter(|c| is_unspaced(*c)).count();
    let words = body
        .text
        .split(|c: char| c.is_whitespace() || is_unspaced(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    body.words = words + characters;
    let seconds = 60 * words / WORDS_A_MINUTE + 60 * characters / CHARACTERS_A_MINUTE;
    body.minutes = ((seconds + 30) / 60).max(1);
}

/// Kana and the common Han ideographs.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}
