//! Blocks are written as Markdown, so that reading it gives the same words again.
//!
//! Every mark that means something is escaped. Emphasis is the one thing that depends
//! on its neighbours: each line is read again by the parser that the publication uses,
//! and where that finds other words, the line is written without emphasis.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::block::{Block, Inline, Picture, Style, plainer, words};
use crate::remark::{Remark, Remarks};

/// How deep lists and quotations are written in each other; what is deeper comes out
/// at this depth.
const MAX_NESTED: usize = 8;

/// The Markdown of `blocks`, ending in a line break where there is any.
pub(super) fn markdown(blocks: Vec<Block>, remarks: &mut Remarks) -> String {
    let mut lines = Vec::new();
    write_all(blocks, 0, remarks, &mut lines);
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn write_all(blocks: Vec<Block>, depth: usize, remarks: &mut Remarks, lines: &mut Vec<String>) {
    // Two lists beside each other would be one, unless their marks differ.
    let mut marks = 0;
    let mut was_list = None;
    for block in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let is_list = match &block {
            Block::List(start, _) => Some(start.is_some()),
            _ => None,
        };
        marks = if is_list.is_some() && is_list == was_list {
            marks + 1
        } else {
            0
        };
        was_list = is_list;
        write_one(block, depth, marks % 2 == 1, remarks, lines);
    }
}

fn write_one(
    block: Block,
    depth: usize,
    other_mark: bool,
    remarks: &mut Remarks,
    lines: &mut Vec<String>,
) {
    match block {
        Block::Paragraph(line) => {
            lines.extend(paragraph(line, remarks).split('\n').map(str::to_owned));
        }
        Block::Heading(level, line) => {
            let line = paragraph(line, remarks).replace("\\\n", " ");
            // Marks at the end of a heading would be taken for its frame.
            let line = match line.strip_suffix('#') {
                Some(rest) => format!("{rest}\\#"),
                None => line,
            };
            let marks = if level == 2 { "##" } else { "###" };
            lines.push(format!("{marks} {line}"));
        }
        Block::Quote(inner) if depth < MAX_NESTED => {
            let mut quoted = Vec::new();
            write_all(inner, depth + 1, remarks, &mut quoted);
            lines.extend(quoted.into_iter().map(|line| {
                if line.is_empty() {
                    ">".to_owned()
                } else {
                    format!("> {line}")
                }
            }));
        }
        Block::Quote(inner) => write_all_apart(inner, depth, remarks, lines),
        Block::List(_, items) if depth >= MAX_NESTED => {
            for item in items {
                write_all_apart(item, depth, remarks, lines);
            }
        }
        Block::List(start, items) => list(start, items, depth, other_mark, remarks, lines),
        Block::Code(language, text) => {
            let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
            lines.push(format!("{fence}{language}"));
            lines.extend(text.split('\n').map(str::to_owned));
            lines.push(fence);
        }
        Block::Table(rows) => table(rows, remarks, lines),
        Block::Rule => lines.push("---".to_owned()),
        Block::Picture(picture) => lines.push(self::picture(&picture)),
    }
}

/// The same as [`write_all`], after what is there already.
fn write_all_apart(
    blocks: Vec<Block>,
    depth: usize,
    remarks: &mut Remarks,
    lines: &mut Vec<String>,
) {
    let mut own = Vec::new();
    write_all(blocks, depth, remarks, &mut own);
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
    lines.append(&mut own);
}

fn list(
    start: Option<u64>,
    items: Vec<Vec<Block>>,
    depth: usize,
    other_mark: bool,
    remarks: &mut Remarks,
    lines: &mut Vec<String>,
) {
    // One paragraph each, and lists in it, needs no empty lines between.
    let is_tight = items.iter().all(|item| {
        item.iter()
            .skip(1)
            .all(|block| matches!(block, Block::List(..)))
    });
    for (index, item) in items.into_iter().enumerate() {
        let mark = match (start, other_mark) {
            (Some(start), false) => format!("{}. ", start + index as u64),
            (Some(start), true) => format!("{}) ", start + index as u64),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        let mut inner = Vec::new();
        if is_tight {
            for block in item {
                write_one(block, depth + 1, false, remarks, &mut inner);
            }
        } else {
            write_all(item, depth + 1, remarks, &mut inner);
        }
        if index > 0 && !is_tight {
            lines.push(String::new());
        }
        let indent = " ".repeat(mark.len());
        for (row, line) in inner.into_iter().enumerate() {
            lines.push(match (row, line.is_empty()) {
                (0, _) => format!("{mark}{line}"),
                (_, true) => String::new(),
                (_, false) => format!("{indent}{line}"),
            });
        }
    }
}

fn table(rows: Vec<Vec<Vec<Inline>>>, remarks: &mut Remarks, lines: &mut Vec<String>) {
    for (index, row) in rows.into_iter().enumerate() {
        let columns = row.len();
        let mut text = "|".to_owned();
        for cell in row {
            let cell = cell_text(cell, remarks);
            text.push(' ');
            text.push_str(&cell);
            text.push_str(" |");
        }
        lines.push(text);
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
}

/// The text of a cell. A bar ends one even in code, unless it is escaped.
fn cell_text(line: Vec<Inline>, remarks: &mut Remarks) -> String {
    let bars = line
        .iter()
        .any(|piece| matches!(piece, Inline::Code(text) if text.contains('|')));
    let line = if bars {
        line.into_iter()
            .map(|piece| match piece {
                Inline::Code(text) if text.contains('|') => Inline::Text(text),
                other => other,
            })
            .collect()
    } else {
        line
    };
    paragraph(line, remarks).replace("\\\n", " ")
}

fn picture(picture: &Picture) -> String {
    let alt = escaped(&picture.alt, false);
    if picture.caption.is_empty() {
        return format!("![{alt}]({})", picture.file);
    }
    let caption = title(&picture.caption);
    format!("![{alt}]({} \"{caption}\")", picture.file)
}

/// A caption within quotation marks.
fn title(text: &str) -> String {
    let mut title = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '&' | '<') {
            title.push('\\');
        }
        title.push(c);
    }
    title
}

/// A paragraph's text; a break is a backslash before a line's end.
fn paragraph(line: Vec<Inline>, remarks: &mut Remarks) -> String {
    let wanted = squeezed(&words(&line));
    let written = guarded(&inlines(&line));
    let is_right = |text: &str| squeezed(&reread(text)) == wanted;
    if is_right(&written) {
        return written;
    }
    remarks.add(Remark::Emphasis);
    let line = plainer(line);
    let written = guarded(&inlines(&line));
    if is_right(&written) {
        return written;
    }
    // Words alone are always right.
    guarded(&escaped(&wanted, true))
}

/// How the publication reads a line: its words.
fn reread(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut plain = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => plain.push(' '),
            // Whatever becomes anything else than a paragraph isn't what was meant.
            Event::Html(_) | Event::InlineHtml(_) | Event::Rule => plain.push('\u{fffd}'),
            _ => {}
        }
    }
    plain
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with the beginnings of its lines made harmless: a mark there would begin a
/// list, a heading or a quotation.
fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 2);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            guarded.push('\n');
        }
        let line = line.trim_start_matches([' ', '\t']);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if line.starts_with(['#', '>', '+', '-', '=']) {
            guarded.push('\\');
            guarded.push_str(line);
        } else if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) {
            guarded.push_str(&line[..digits]);
            guarded.push('\\');
            guarded.push_str(&line[digits..]);
        } else {
            guarded.push_str(line);
        }
    }
    guarded
}

fn inlines(line: &[Inline]) -> String {
    let mut text = String::new();
    for (index, piece) in line.iter().enumerate() {
        match piece {
            Inline::Text(words) => text.push_str(&escaped(words, true)),
            Inline::Code(words) => text.push_str(&code(words)),
            Inline::Break => text.push_str("\\\n"),
            Inline::Link(to, inner) => {
                text.push('[');
                text.push_str(&inlines(inner));
                text.push_str("](");
                text.push_str(&destination(to));
                text.push(')');
            }
            Inline::Styled(style, inner) => {
                let after = line.get(index + 1).and_then(first_character);
                styled(*style, inner, after, &mut text);
            }
        }
    }
    text
}

/// Emphasis. Marks bind to words only: blanks go outside them, and punctuation too
/// where a word touches it from outside, as in scripts without spaces.
fn styled(style: Style, inner: &[Inline], after: Option<char>, text: &mut String) {
    let written = inlines(inner);
    let trimmed = written.trim_start_matches(' ');
    let (lead, rest) = written.split_at(written.len() - trimmed.len());
    let trimmed = rest.trim_end_matches(' ');
    let trail = &rest[trimmed.len()..];
    let mut core = trimmed;
    let mark = match style {
        Style::Strong => "**",
        Style::Emphasis => "*",
        Style::Struck => "~~",
    };
    text.push_str(lead);
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if lead.is_empty() && touches(text.chars().next_back()) {
        while let Some(c) = core.chars().next().filter(|c| is_outer_mark(*c)) {
            text.push(c);
            core = &core[c.len_utf8()..];
        }
    }
    let mut behind = String::new();
    if trail.is_empty() && touches(after) {
        while let Some(c) = core.chars().next_back().filter(|c| is_outer_mark(*c)) {
            behind.insert(0, c);
            core = &core[..core.len() - c.len_utf8()];
        }
    }
    if core.is_empty() {
        text.push_str(&behind);
    } else {
        text.push_str(mark);
        text.push_str(core);
        text.push_str(mark);
        text.push_str(&behind);
    }
    text.push_str(trail);
}

/// Punctuation that isn't one of Markdown's own marks.
fn is_outer_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '(' | ')'
    ) || (!c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace())
}

fn first_character(piece: &Inline) -> Option<char> {
    match piece {
        Inline::Text(words) => words.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Break => None,
        Inline::Styled(_, inner) => inner.first().and_then(first_character),
        Inline::Link(..) => Some('['),
    }
}

/// Code, within more backticks than are in it.
fn code(words: &str) -> String {
    let fence = "`".repeat(longest_run(words, '`') + 1);
    let pad = if words.starts_with('`') || words.ends_with('`') {
        " "
    } else {
        ""
    };
    // A line that is code alone must not begin a fenced block.
    format!("{fence}{pad}{words}{pad}{fence}")
}

fn longest_run(text: &str, mark: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// An address between round brackets. References to characters aren't resolved in it.
fn destination(to: &str) -> String {
    let mut text = String::with_capacity(to.len());
    for (index, c) in to.char_indices() {
        if c == '&' && to[index..].contains(';') {
            text.push_str("&amp;");
        } else {
            text.push(c);
        }
    }
    text
}

/// Words with everything escaped that Markdown would take for its own.
fn escaped(words: &str, in_line: bool) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let means_something = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '>' => !in_line,
            // Within a word it is a mere stroke.
            '_' => {
                let before = text.chars().next_back();
                let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !(inner(before) && inner(next))
            }
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            _ => false,
        };
        if means_something {
            text.push('\\');
        }
        text.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
    text
}
