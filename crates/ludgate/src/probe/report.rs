//! What a probe has found, for people and for programs.

use std::io::Write;

use anstyle::{AnsiColor, Color, Style};
use anyhow::Result;
use serde::Serialize;

/// Everything that was found. As JSON, its keys are those of the fields.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// The address that was probed.
    pub(crate) site: String,
    /// The content system, where it is known.
    pub(crate) system: Option<&'static str>,
    /// Requests that were made.
    pub(crate) requests: usize,
    /// Pages that were looked at.
    pub(crate) pages: usize,
    pub(crate) preset: &'static str,
    /// Selectors of the body that go beyond the preset's.
    pub(crate) body: Vec<String>,
    pub(crate) stories: Vec<Story>,
    pub(crate) tiers: Tiers,
    /// Where withheld text is today, other than in the stories' own text.
    pub(crate) leaks: Vec<Leak>,
    /// Other doors that were tried and don't hand it out.
    pub(crate) shut: Vec<String>,
    /// What only the publisher can say.
    pub(crate) decide: Vec<String>,
    /// What robots.txt keeps robots from, and was left out.
    pub(crate) left_out: Vec<String>,
    /// The proposed file.
    pub(crate) configuration: String,
}

/// A story that was looked at.
#[derive(Debug, Serialize)]
pub(crate) struct Story {
    pub(crate) path: String,
    /// Words that everybody reads.
    pub(crate) shown: u64,
    /// Words that are withheld from whoever has read all that is free.
    pub(crate) withheld: u64,
    /// What the gate would do.
    pub(crate) fate: Fate,
    /// What it says of its decision, or of why it refuses.
    pub(crate) why: String,
}

/// What a reader who has read all that is free gets of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fate {
    /// Its beginning.
    Cut,
    /// All of it, since a rule opens it.
    OpenByRule,
    /// Nothing: it can't be taken apart.
    Refused,
    /// All of it, or more than its beginning, though no rule opens it.
    NotCut,
}

#[derive(Debug, Serialize)]
pub(crate) struct Tiers {
    pub(crate) free: usize,
    pub(crate) metered: usize,
    pub(crate) locked: usize,
    pub(crate) not_for_free: usize,
    pub(crate) sections: Vec<String>,
    pub(crate) tags: Vec<String>,
}

/// A place other than a story's text that gives withheld text away today.
#[derive(Debug, Serialize)]
pub(crate) struct Leak {
    /// What it is.
    pub(crate) what: String,
    /// Where, for example.
    pub(crate) path: String,
    /// Whether it is a page in HTML, which can be cut.
    pub(crate) is_page: bool,
    /// Withheld paragraphs that are found there today.
    pub(crate) today: usize,
    /// And behind the gate.
    pub(crate) behind: usize,
    /// What the gate does about it.
    pub(crate) becomes: Becomes,
}

/// What becomes of an answer behind the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Becomes {
    /// It goes out without the withheld text.
    Cut,
    /// It isn't handed out.
    Closed,
    /// It was too large to be tried.
    Untried,
    /// It goes out as it is.
    Open,
}

const STRONG: Style = Style::new().bold();
const GOOD: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const BAD: Style = Style::new()
    .bold()
    .fg_color(Some(Color::Ansi(AnsiColor::Red)));

impl Becomes {
    fn said(self) -> (Style, &'static str) {
        match self {
            Self::Cut => (GOOD, "Ludgate cuts it"),
            Self::Closed => (GOOD, "Ludgate closes it"),
            Self::Untried => (BAD, "TOO LARGE TO TRY"),
            Self::Open => (BAD, "STAYS OPEN"),
        }
    }
}

impl Report {
    /// Prints it for people; colours reach terminals only.
    pub(crate) fn print(&self) -> Result<()> {
        let mut out = anstream::stdout().lock();
        let system = self.system.unwrap_or("of a kind that isn't known");
        writeln!(out, "{STRONG}{}{STRONG:#}, {system}", self.site)?;
        let stories = self.stories.len();
        writeln!(
            out,
            "{} looked at, {} of them stories; {} in all",
            counted(self.pages, "page"),
            stories,
            counted(self.requests, "request")
        )?;
        self.print_stories(&mut out)?;
        self.print_tiers(&mut out)?;
        self.print_leaks(&mut out)?;
        if !self.decide.is_empty() {
            writeln!(out, "\n{STRONG}To decide{STRONG:#}")?;
            for one in &self.decide {
                writeln!(out, "  - {one}")?;
            }
        }
        if !self.left_out.is_empty() {
            writeln!(out, "\n{STRONG}Left out{STRONG:#}, as robots.txt asks")?;
            for one in &self.left_out {
                writeln!(out, "  {one}")?;
            }
        }
        writeln!(
            out,
            "\n{STRONG}Configuration{STRONG:#}\n\n{}",
            self.configuration
        )?;
        Ok(())
    }

    fn print_stories(&self, out: &mut impl Write) -> Result<()> {
        let body = match self.body.as_slice() {
            [] => format!("the preset \"{}\" knows their text", self.preset),
            own => format!("their text is in {}", own.join(", ")),
        };
        writeln!(out, "\n{STRONG}Stories{STRONG:#}: {body}")?;
        writeln!(out, "  {:>6}  {:>8}", "shown", "withheld")?;
        for story in &self.stories {
            let (style, note) = match story.fate {
                Fate::Cut => (GOOD, String::new()),
                Fate::OpenByRule => (Style::new(), format!("  open by a rule: {}", story.why)),
                Fate::Refused => (BAD, format!("  ISN'T SERVED: {}", story.why)),
                Fate::NotCut => (BAD, format!("  NOT CUT: {}", story.why)),
            };
            writeln!(
                out,
                "  {:>6}  {:>8}  {style}{}{note}{style:#}",
                story.shown, story.withheld, story.path
            )?;
        }
        Ok(())
    }

    fn print_tiers(&self, out: &mut impl Write) -> Result<()> {
        let tiers = &self.tiers;
        let named = tiers.free + tiers.metered + tiers.locked;
        if named > 0 {
            writeln!(
                out,
                "\n{STRONG}Tiers{STRONG:#}: {} free, {} metered, {} locked (article:content_tier); \
                 {} without one, which count as metered",
                tiers.free,
                tiers.metered,
                tiers.locked,
                self.stories.len().saturating_sub(named)
            )?;
        }
        Ok(())
    }

    fn print_leaks(&self, out: &mut impl Write) -> Result<()> {
        writeln!(
            out,
            "\n{STRONG}What hands out withheld text today{STRONG:#}"
        )?;
        if self.leaks.is_empty() {
            writeln!(
                out,
                "  nothing but the stories' own pages, as far as was tried"
            )?;
        }
        for leak in &self.leaks {
            let (style, said) = leak.becomes.said();
            writeln!(
                out,
                "  {style}{said:<18}{style:#} {:>14}  {}: {}",
                counted(leak.today, "paragraph"),
                leak.what,
                leak.path
            )?;
        }
        if !self.shut.is_empty() {
            writeln!(out, "  Nothing in: {}", self.shut.join(", "))?;
        }
        Ok(())
    }
}

/// A number of things.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        many => format!("{many} {thing}s"),
    }
}
