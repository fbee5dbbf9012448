//! The story that is served: long, ordinary, the same at every run.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Where every server has it.
pub(crate) const PATH: &str = "/stories/long-story";

/// Words of the last paragraph, which only an open page holds.
const LAST: &str = "Here the long story ends, and the ferry with it.";

/// Paragraphs, so that the whole page comes to about 45 KB.
const PARAGRAPHS: usize = 62;

/// Enough different words that it compresses as prose does, about three to one.
const SYLLABLES: [&str; 32] = [
    "har", "bour", "lan", "tern", "coun", "cil", "win", "ter", "mar", "ket", "bridge", "rail",
    "way", "gar", "den", "let", "ter", "sig", "nal", "or", "chard", "mor", "ning", "print", "er",
    "ferry", "quay", "stone", "gull", "tide", "bell", "clerk",
];

/// Writes a content folder with the story and what it needs around it.
pub(crate) fn write_content(dir: &Path) -> Result<()> {
    for folder in ["stories", "pages"] {
        fs::create_dir_all(dir.join(folder))?;
    }
    fs::write(
        dir.join("publication.toml"),
        "name = \"The Long Story\"\n\n[[sections]]\nid = \"city\"\nname = \"City\"\n",
    )?;
    fs::write(
        dir.join("pages/subscribe.md"),
        "+++\ntitle = \"Subscribe\"\n+++\n\nA subscription opens every story.\n",
    )?;
    fs::write(dir.join("stories/long-story.md"), story(PARAGRAPHS))?;
    Ok(())
}

fn story(paragraphs: usize) -> String {
    let mut text = String::from(
        "+++\ntitle = \"The long story of the night ferry\"\nstandfirst = \"It takes as long to \
         read as to cross.\"\nlabel = \"Ferry\"\nbyline = [\"A. Clerk\"]\npublished = \
         2026-11-02T06:00:00Z\nsection = \"city\"\ntags = [\"ferry\", \"transport\"]\ntier = \
         \"metered\"\n+++\n",
    );
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut pick = |bound: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // The remainder is below the bound, which is small.
        usize::try_from((state >> 16) % bound).unwrap_or_default()
    };
    for _ in 0..paragraphs {
        text.push('\n');
        for _ in 0..5 {
            let mut sentence = String::new();
            for word in 0..9 + pick(8) {
                if word > 0 {
                    sentence.push(' ');
                }
                for _ in 0..=pick(3) {
                    sentence.push_str(SYLLABLES[pick(32)]);
                }
            }
            let (first, rest) = sentence.split_at(1);
            // Writing to a string doesn't fail.
            let _ = write!(text, "{}{rest}. ", first.to_uppercase());
        }
        text.push('\n');
    }
    let _ = write!(text, "\n{LAST}\n");
    text
}

/// Whether a page shows the whole story and a notice of this very reader's.
pub(crate) fn must_be_open(page: &str) -> Result<()> {
    ensure!(page.contains(LAST), "the page doesn't hold the whole story");
    around_notice(page).map(|_| ())
}

/// What comes before the notice, the notice, and what comes after it.
pub(crate) fn around_notice(page: &str) -> Result<(&str, &str, &str)> {
    let start = page
        .find("<aside class=\"ludgate-notice\"")
        .context("there is no notice")?;
    let end = start
        + page[start..]
            .find("</aside>")
            .context("the notice has no end")?;
    let end = end + "</aside>".len();
    Ok((&page[..start], &page[start..end], &page[end..]))
}
