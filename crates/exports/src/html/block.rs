//! What Markdown can say: blocks, and what stands within a line.
//!
//! Nothing here knows HTML or how Markdown is written.

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    /// A crosshead, of level 2 or 3.
    Heading(u8, Vec<Inline>),
    Quote(Vec<Block>),
    /// With the first number, where it is numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// The language and the text.
    Code(String, String),
    /// The first row is the head. All rows are of one length.
    Table(Vec<Vec<Vec<Inline>>>),
    Rule,
    Picture(Picture),
}

/// A picture in a paragraph of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The name of its file among the publication's pictures.
    pub(crate) file: String,
    /// What it shows.
    pub(crate) alt: String,
    /// The line under it; may be empty.
    pub(crate) caption: String,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    Text(String),
    Code(String),
    Break,
    Styled(Style, Vec<Inline>),
    Link(String, Vec<Inline>),
}

/// How words are emphasised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Strong,
    Emphasis,
    Struck,
}

/// The words of a line, with a blank for each break.
pub(crate) fn words(line: &[Inline]) -> String {
    let mut text = String::new();
    gather(line, &mut text);
    text
}

fn gather(line: &[Inline], text: &mut String) {
    for piece in line {
        match piece {
            Inline::Text(words) | Inline::Code(words) => text.push_str(words),
            Inline::Break => text.push(' '),
            Inline::Styled(_, inner) | Inline::Link(_, inner) => gather(inner, text),
        }
    }
}

/// Puts a line in order: blanks run together and fall away at its ends and around
/// breaks, what is empty goes, neighbours of one kind become one.
pub(crate) fn tidy(line: Vec<Inline>) -> Vec<Inline> {
    let mut tidy = joined(line);
    let mut blank = true;
    squeeze(&mut tidy, &mut blank);
    trim_end(&mut tidy);
    let mut tidy = joined(tidy);
    while matches!(tidy.last(), Some(Inline::Break)) {
        tidy.pop();
        trim_end(&mut tidy);
    }
    let leading = tidy
        .iter()
        .take_while(|piece| matches!(piece, Inline::Break))
        .count();
    tidy.drain(..leading);
    tidy
}

/// Whether a character may be dropped beside another blank. A space that holds words
/// together isn't one of them.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}'
    )
}

fn squeeze(line: &mut [Inline], blank: &mut bool) {
    for piece in line {
        match piece {
            Inline::Text(words) => {
                let mut squeezed = String::with_capacity(words.len());
                for c in words.chars() {
                    if !is_blank(c) {
                        squeezed.push(c);
                    } else if !*blank {
                        squeezed.push(' ');
                    }
                    *blank = is_blank(c);
                }
                *words = squeezed;
            }
            Inline::Code(words) => {
                let single: Vec<&str> = words.split_whitespace().collect();
                *words = single.join(" ");
                *blank = false;
            }
            Inline::Break => *blank = true,
            Inline::Styled(_, inner) | Inline::Link(_, inner) => squeeze(inner, blank),
        }
    }
}

/// Takes the blank at the end of a line away, and before each break.
fn trim_end(line: &mut [Inline]) {
    for at in 1..line.len() {
        if matches!(line[at], Inline::Break) {
            trim_piece(&mut line[at - 1]);
        }
    }
    if let Some(last) = line.last_mut() {
        trim_piece(last);
    }
}

fn trim_piece(piece: &mut Inline) {
    match piece {
        Inline::Text(words) => words.truncate(words.trim_end_matches(is_blank).len()),
        Inline::Styled(_, inner) | Inline::Link(_, inner) => trim_end(inner),
        Inline::Code(_) | Inline::Break => {}
    }
}

/// Without what is empty, and with neighbours of one kind as one.
fn joined(line: Vec<Inline>) -> Vec<Inline> {
    let mut joint: Vec<Inline> = Vec::with_capacity(line.len());
    for piece in line {
        let piece = match piece {
            Inline::Styled(style, inner) => {
                let inner = joined(inner);
                if words(&inner).trim().is_empty() {
                    // A break or a blank in it still parts words.
                    joint.extend(inner);
                    continue;
                }
                Inline::Styled(style, inner)
            }
            Inline::Link(to, inner) => {
                let inner = joined(inner);
                if words(&inner).trim().is_empty() {
                    joint.extend(inner);
                    continue;
                }
                Inline::Link(to, inner)
            }
            Inline::Text(words) if words.is_empty() => continue,
            Inline::Code(words) if words.trim().is_empty() => continue,
            other => other,
        };
        match (joint.last_mut(), piece) {
            (Some(Inline::Text(before)), Inline::Text(words))
            | (Some(Inline::Code(before)), Inline::Code(words)) => before.push_str(&words),
            (Some(Inline::Styled(one, before)), Inline::Styled(other, inner)) if *one == other => {
                before.extend(inner);
            }
            (Some(Inline::Link(one, before)), Inline::Link(other, inner)) if *one == other => {
                before.extend(inner);
            }
            (_, piece) => joint.push(piece),
        }
    }
    joint
}

/// Without emphasis; links and code stay.
pub(crate) fn plainer(line: Vec<Inline>) -> Vec<Inline> {
    let mut plain = Vec::with_capacity(line.len());
    for piece in line {
        match piece {
            Inline::Styled(_, inner) => plain.extend(plainer(inner)),
            Inline::Link(to, inner) => plain.push(Inline::Link(to, plainer(inner))),
            other => plain.push(other),
        }
    }
    joined(plain)
}
