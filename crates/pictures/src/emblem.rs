//! A paper's emblem: the first letter of its name in its own colours, over a line. For
//! tabs of browsers, and for home screens of phones, which cut it to their own shapes
//! or want its outline alone.
//!
//! Letters are drawn here and not set: an icon looks the same wherever it is made, and
//! no font has to be there.

mod letters;

use std::borrow::Cow;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::base::Base;
use crate::print::Form;
use crate::refusal::Refusal;
use letters::{CAPITALS, PAGE};

/// Colours of an emblem, as `#` and three or six hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tints {
    /// Behind the letter.
    pub ground: String,
    /// The letter.
    pub letter: String,
    /// The line under it.
    pub line: String,
}

/// What an emblem has to fit into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A square that is shown whole.
    Square,
    /// Whatever shape a home screen has: all that matters is within the middle four
    /// fifths, and the ground goes to the edge.
    Any,
    /// None: the outline alone, of which the system makes what it likes, as for home
    /// screens in one colour and in the dark.
    Outline,
}

/// The emblem of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emblem {
    figure: Figure,
    tints: Tints,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure {
    /// One that is drawn here.
    Drawn(&'static str),
    /// A letter of another script, which browsers can set.
    Set(char),
}

/// Units that an emblem is wide and high.
const SIDE: u16 = 64;

impl Default for Tints {
    /// White on ink, over a line of brass.
    fn default() -> Self {
        Self {
            ground: "#1d2733".to_owned(),
            letter: "#fbf9f4".to_owned(),
            line: "#c9993f".to_owned(),
        }
    }
}

impl Tints {
    /// The same with another colour in the place of each that is given and is one.
    #[must_use]
    pub fn with(self, ground: Option<&str>, letter: Option<&str>, line: Option<&str>) -> Self {
        let or = |given: Option<&str>, own: String| {
            given
                .filter(|text| is_colour(text))
                .map_or(own, str::to_owned)
        };
        Self {
            ground: or(ground, self.ground),
            letter: or(letter, self.letter),
            line: or(line, self.line),
        }
    }
}

/// Whether text is a colour that emblems are tinted with: `#` and three or six
/// hexadecimal digits.
pub fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Emblem {
    /// That of a paper of that name. An English article isn't the name.
    pub fn of(name: &str, tints: Tints) -> Self {
        let name = name.strip_prefix("The ").unwrap_or(name);
        let first = name.chars().find(|c| c.is_alphanumeric());
        let first = first.and_then(|first| first.to_uppercase().next());
        let drawn = first.filter(char::is_ascii_uppercase).and_then(|first| {
            let number = u32::from(first).checked_sub(u32::from('A'))?;
            CAPITALS.get(usize::try_from(number).ok()?)
        });
        let figure = match (drawn, first) {
            (Some(path), _) => Figure::Drawn(path),
            (None, Some(letter)) => Figure::Set(letter),
            (None, None) => Figure::Drawn(PAGE),
        };
        Self { figure, tints }
    }

    /// As a drawing (SVG) for browsers. A letter that isn't drawn here is set in their
    /// own fonts.
    pub fn drawing(&self) -> String {
        let figure = match self.figure {
            Figure::Drawn(path) => Cow::Borrowed(path),
            Figure::Set(letter) => {
                let letter = format!(
                    "<text x=\"32\" y=\"45\" text-anchor=\"middle\" font-family=\"Georgia,serif\" \
                     font-size=\"44\" font-weight=\"700\" fill=\"{}\">{letter}</text>",
                    self.tints.letter
                );
                return self.composed(Cut::Square, &letter);
            }
        };
        self.composed(Cut::Square, &self.outlined(&figure))
    }

    /// As a picture (PNG), so many pixels wide and high. In the place of a letter that
    /// isn't drawn here it has a folded page.
    pub fn png(&self, cut: Cut, side: u16) -> Result<Vec<u8>, Refusal> {
        let path = match self.figure {
            Figure::Drawn(path) => path,
            Figure::Set(_) => PAGE,
        };
        let drawing = self.composed(cut, &self.outlined(path));
        let unrendered = |error: &dyn std::fmt::Display| Refusal::Unrendered(error.to_string());
        let tree = Tree::from_str(&drawing, &Options::default());
        let tree = tree.map_err(|error| unrendered(&error))?;
        let side = side.max(1);
        let mut pixels =
            Pixmap::new(side.into(), side.into()).ok_or_else(|| unrendered(&"it has no size"))?;
        let scale = f32::from(side) / f32::from(SIDE);
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        Base::rendered(side.into(), side.into(), pixels.take_demultiplied())
            .ok_or_else(|| unrendered(&"it has no size"))?
            .print(side.into(), Form::Png)
    }

    fn outlined(&self, path: &str) -> String {
        let colour = &self.tints.letter;
        format!("<path transform=\"translate(32 29)\" fill=\"{colour}\" d=\"{path}\"/>")
    }

    fn composed(&self, cut: Cut, figure: &str) -> String {
        let Tints { ground, line, .. } = &self.tints;
        let ground = match cut {
            Cut::Outline => String::new(),
            Cut::Square | Cut::Any => {
                format!("<rect width=\"{SIDE}\" height=\"{SIDE}\" fill=\"{ground}\"/>")
            }
        };
        let inner = match cut {
            Cut::Square => {
                format!("{figure}<rect y=\"55\" width=\"64\" height=\"5\" fill=\"{line}\"/>")
            }
            // Within a circle of four fifths, with a line as wide as a letter.
            Cut::Any | Cut::Outline => format!(
                "<g transform=\"translate(32 32) scale(.82) translate(-32 -31)\">{figure}\
                 <rect x=\"18\" y=\"51\" width=\"28\" height=\"4\" fill=\"{line}\"/></g>"
            ),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\">{ground}\
             {inner}</svg>"
        )
    }
}

#[cfg(test)]
mod tests;
