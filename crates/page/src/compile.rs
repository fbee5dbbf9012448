//! From the bytes of a page to a compiled page.

use std::borrow::Cow;

use access::{StoryId, Tier};

use crate::apart::Apart;
use crate::charset::{self, Decoded};
use crate::cut::{self, Locked};
use crate::edit::Sheet;
use crate::error::CompileError;
use crate::esi;
use crate::facts::{self, PageFacts};
use crate::found::{Piece, PieceKind, Reading};
use crate::html::entity::escape;
use crate::html::{Span, entity};
use crate::leak;
use crate::linked::Linked;
use crate::options::{Limits, Options};
use crate::page::CompiledPage;
use crate::plan::{Plan, Seams};
use crate::read;
use crate::values;
use crate::withhold::Withhold;

/// Letters of the title that are believed to be a title.
const TITLE: usize = 200;

/// Compiles the HTML of a page.
///
/// `charset` is what the response's `Content-Type` says of its encoding, if
/// anything. `fallback` is the story's id where the page has no canonical link
/// that can be believed: the request's normalised path and listed query.
///
/// The compiled page is UTF-8 and must be sent as `text/html; charset=utf-8`,
/// whatever the origin said: read as XHTML it would be another document than
/// the one that was cut.
///
/// # Errors
///
/// A page that can't be cut safely; it must not be served.
pub fn compile(
    html: &[u8],
    charset: Option<&str>,
    fallback: StoryId,
    options: &Options,
) -> Result<CompiledPage, CompileError> {
    Ok(compile_and_plan(html, charset, fallback, &[], options)?.0)
}

/// The same, with the plan by which the very same HTML can be compiled again
/// for half the work. The plan knows as well which of the texts `around` the
/// page, such as the headers of its response, repeat what is locked.
///
/// # Errors
///
/// A page that can't be cut safely; it must not be served.
pub fn compile_and_plan(
    html: &[u8],
    charset: Option<&str>,
    fallback: StoryId,
    around: &[&str],
    options: &Options,
) -> Result<(CompiledPage, Plan), CompileError> {
    let (decoded, found) = opened(html, charset, options)?;
    let plan = planned(&decoded, &found, fallback, around, options);
    Ok((plan.carried_out(&decoded.text), plan))
}

/// How the page is to be taken apart.
fn planned(
    decoded: &Decoded<'_>,
    found: &Reading,
    fallback: StoryId,
    around: &[&str],
    options: &Options,
) -> Plan {
    let source: &str = &decoded.text;
    let mut scripts: Vec<(Piece, Linked)> = found
        .pieces
        .iter()
        .filter(|piece| matches!(piece.kind, PieceKind::Linked))
        .filter_map(|piece| Some((*piece, Linked::parse(piece.content.of(source))?)))
        .collect();
    let linked: Vec<&Linked> = scripts.iter().map(|(_, linked)| linked).collect();
    let role = found.role(&options.roles);
    let facts = facts::gather(source, found, &linked, fallback, options).of(role);

    let mut sheet = Sheet::default();
    for span in &found.esi {
        sheet.both(*span, esi::gap(source, span.start));
    }
    esi::neutralise(source, &found.esi, &mut sheet);
    if decoded.converted {
        for span in &found.charsets {
            sheet.both(*span, "utf-8");
        }
    }
    let locked = cut::locked(source, found, options.preview, role);
    let Some(first) = locked.first() else {
        return Plan::page(sheet, facts);
    };
    let end = Span {
        start: found.head_end,
        end: found.head_end,
    };
    sheet.both(end, &head_links(options));
    let notice = found.bodies.first().map_or(first.range.start, |body| {
        body.inner.start.min(first.range.start)
    });
    let ours = mark(found, &facts, options, &mut scripts, &mut sheet);
    if let Some(ours) = &ours {
        sheet.full(end, ours.element());
    }
    let mut repeating = Vec::new();
    if options.cut {
        let locked = withhold(source, found, &locked, scripts, ours, &mut sheet);
        repeating = repeating_among(around, &locked);
    } else if let Some(ours) = ours {
        sheet.preview(end, ours.element());
    }
    let seams = Seams {
        notice,
        wall: first.range.start,
        closers: if options.cut {
            first.closers.clone()
        } else {
            String::new()
        },
    };
    Plan::story(sheet, &seams, facts, role).with_repeating(repeating)
}

/// The numbers of those texts that repeat what is locked, each for itself or
/// several together.
fn repeating_among(texts: &[&str], locked: &leak::Locked) -> Vec<usize> {
    let mut repeating = locked.among(texts.iter().copied());
    let each = texts.iter().enumerate();
    repeating.extend(
        each.filter(|(_, text)| locked.is_in(text))
            .map(|(number, _)| number),
    );
    repeating.sort_unstable();
    repeating.dedup();
    repeating
}

/// The text of a page, and what is found in it.
pub(crate) fn opened<'a>(
    html: &'a [u8],
    charset: Option<&str>,
    options: &Options,
) -> Result<(Decoded<'a>, Reading), CompileError> {
    let limit = options.limits.html.min(Limits::MOST);
    if html.len() > limit {
        return Err(CompileError::TooLarge {
            len: html.len(),
            limit,
        });
    }
    let decoded = charset::decode(html, charset)?;
    let found = read::read(&decoded.text, &options.body)?;
    if found.bodies.is_empty() && found.marked.is_empty() && !found.hidden_bodies.is_empty() {
        return Err(CompileError::BodyInNoscript);
    }
    Ok((decoded, found))
}

fn head_links(options: &Options) -> String {
    let style = options.style_href.as_deref().map(escape);
    let script = options.script_href.as_deref().map(escape);
    let mut links = String::new();
    if let Some(href) = style {
        links += "<link rel=\"stylesheet\" href=\"";
        links += &href;
        links += "\">";
    }
    if let Some(src) = script {
        links += "<script src=\"";
        links += &src;
        links += "\" defer></script>";
    }
    links
}

/// Tells search engines who may read the story: in the page's own structured
/// data, or in a script of ours, which is returned, where it has none.
fn mark(
    found: &Reading,
    facts: &PageFacts,
    options: &Options,
    scripts: &mut [(Piece, Linked)],
    sheet: &mut Sheet,
) -> Option<Linked> {
    let free = facts.story.tier == Tier::Free || facts.story.sponsor.is_some();
    let selector = found
        .bodies
        .first()
        .and_then(|body| options.body.get(body.selector))
        .map(crate::html::select::Selector::text);
    let mut any = false;
    for (piece, linked) in scripts {
        if !linked.articles().is_empty() {
            any = true;
            linked.mark(free, selector);
            sheet.full(piece.content, linked.script());
        }
    }
    if any {
        return None;
    }
    let published = facts.story.published.map(|time| time.to_string());
    let mut linked = Linked::article(facts.headline.as_deref(), published);
    linked.mark(free, selector);
    Some(linked)
}

/// Takes the locked text out of the preview, and every repetition of it, by the
/// set that is returned.
fn withhold(
    source: &str,
    found: &Reading,
    locked: &[Locked],
    scripts: Vec<(Piece, Linked)>,
    ours: Option<Linked>,
    sheet: &mut Sheet,
) -> leak::Locked {
    for (number, stretch) in locked.iter().enumerate() {
        // The first one's closers stand before the wall.
        let closers = if number == 0 { "" } else { &stretch.closers };
        sheet.preview(stretch.range, format!("{closers}{}", stretch.openers));
    }
    let bodies = Apart::new(found.bodies.iter().map(|body| body.inner));
    // Beside a marked body one without a marker may be a copy of it, and then
    // what it shows isn't for everybody.
    let doubtful = if found.marked.is_empty() {
        Apart::new([])
    } else {
        Apart::new(found.unmarked().into_iter().map(|body| body.inner))
    };
    let cut = Apart::new(locked.iter().map(|one| one.range));
    let mut set = leak::Locked::new(locked_texts(source, found, locked));
    let beginning = public_text(source, found, &cut, |text| {
        bodies.hold(text) && !doubtful.hold(text)
    });
    set.allow(&beginning, usize::MAX);
    if let Some(title) = found.title {
        set.allow(title.of(source), TITLE);
    }
    let heading: String = found.heading.iter().map(|span| span.of(source)).collect();
    set.allow(&heading, TITLE);

    let mut withhold = Withhold {
        source,
        locked: &set,
        beginning: &beginning,
        sheet,
    };
    if let Some(mut ours) = ours {
        // What calls itself the headline may be a sentence of the locked part.
        ours.withhold(&set);
        let end = Span {
            start: found.head_end,
            end: found.head_end,
        };
        withhold.sheet.preview(end, ours.element());
    }
    let mut done = Vec::with_capacity(scripts.len());
    for (piece, linked) in scripts {
        done.push(piece.outer);
        if !cut.hold(piece.outer) {
            withhold.linked(piece, linked);
        }
    }
    for piece in &found.pieces {
        // Both are in the order of the page.
        if !cut.hold(piece.outer) && done.binary_search(&piece.outer).is_err() {
            withhold.piece(*piece);
        }
    }
    let values = found.values.iter().copied();
    withhold.values(values.filter(|(_, value)| !cut.hold(*value)).collect());
    let comments: Vec<Piece> = found
        .pieces
        .iter()
        .filter(|piece| matches!(piece.kind, PieceKind::Comment))
        .filter(|piece| piece.content.len() <= values::LONG && !cut.hold(piece.outer))
        .copied()
        .collect();
    withhold.comments(&comments);
    for content in &found.hidden_bodies {
        if !cut.hold(*content) {
            withhold.sheet.preview(*content, String::new());
        }
    }
    let beside: Vec<Span> = found
        .texts
        .iter()
        .filter_map(|text| {
            let span = text.span;
            match cut.meeting(span) {
                None => (!bodies.hold(span) || doubtful.hold(span)).then_some(span),
                // Shown up to where it is cut.
                Some(one) => doubtful.hold(span).then_some(Span {
                    start: span.start,
                    end: one.start.max(span.start),
                }),
            }
        })
        .collect();
    withhold.texts(&beside);
    set
}

/// The part of a text that lies in `range`.
fn within(range: Span, text: Span) -> Option<Span> {
    let span = Span {
        start: text.start.max(range.start),
        end: text.end.min(range.end),
    };
    (span.start < span.end).then_some(span)
}

/// The text of the locked stretches, and of bodies shown without scripts.
fn locked_texts<'a>(
    source: &'a str,
    found: &'a Reading,
    locked: &'a [Locked],
) -> impl Iterator<Item = &'a str> {
    let visible = locked.iter().flat_map(move |one| {
        let from = found
            .texts
            .partition_point(|text| text.span.end <= one.range.start);
        found.texts[from..]
            .iter()
            .take_while(move |text| text.span.start < one.range.end)
            .filter_map(move |text| within(one.range, text.span))
    });
    visible.map(|span| span.of(source))
}

/// The text of the bodies that everybody may read, of those that `counts`.
fn public_text(
    source: &str,
    found: &Reading,
    cut: &Apart,
    counts: impl Fn(Span) -> bool,
) -> String {
    let mut public = String::new();
    for text in found.texts.iter().filter(|text| counts(text.span)) {
        let cut = cut.meeting(text.span);
        let end = cut.map_or(text.span.end, |one| one.start.max(text.span.start));
        let part = Span {
            start: text.span.start,
            end,
        };
        let part: Cow<'_, str> = entity::decode(part.of(source));
        public.push_str(&part);
        public.push(' ');
    }
    public
}
