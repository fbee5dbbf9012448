//! The story that is served: long, ordinary, the same at every run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// Where every server has it.
pub(crate) const PATH: &str = "/stories/long-story";

/// Other stories that readers have opened besides, so that not all are told alike.
pub(crate) const OTHERS: [&str; 2] = ["/stories/first-other", "/stories/second-other"];

/// Words of the last paragraph, which only an open page holds.
const LAST: &str = "Here the long story ends, and the ferry with it.";

/// Bytes of prose, so that the whole page comes to about 45 KB.
const PROSE: usize = 36_000;

/// Prose that compresses as prose does: the demonstration's stories.
const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/content/stories");

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
    fs::write(dir.join("stories/long-story.md"), story()?)?;
    for path in OTHERS {
        let name = path.trim_start_matches("/stories/");
        let text = format!(
            "{}\nA short one.\n\nIt has two paragraphs.\n",
            front_matter(name)
        );
        fs::write(dir.join(format!("stories/{name}.md")), text)?;
    }
    Ok(())
}

fn front_matter(title: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nstandfirst = \"It takes as long to read as to cross.\"\nlabel = \
         \"Ferry\"\nbyline = [\"A. Clerk\"]\npublished = 2026-11-02T06:00:00Z\nsection = \
         \"city\"\ntags = [\"ferry\", \"transport\"]\ntier = \"metered\"\n+++\n"
    )
}

/// One long story out of the paragraphs of many.
fn story() -> Result<String> {
    let mut text = front_matter("The long story of the night ferry");
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(STORIES).context(STORIES)? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files {
        let whole = fs::read_to_string(&file)?;
        let body = whole
            .splitn(3, "+++")
            .nth(2)
            .context("a story without front matter")?;
        for paragraph in body.split("\n\n").map(str::trim) {
            // What starts with a letter and links nowhere is plain prose.
            if paragraph.starts_with(char::is_alphabetic) && !paragraph.contains(['[', '<']) {
                text.extend(["\n", paragraph, "\n"]);
            }
            if text.len() > PROSE {
                text.extend(["\n", LAST, "\n"]);
                return Ok(text);
            }
        }
    }
    bail!("the stories in {STORIES} hold less than {PROSE} bytes of prose")
}

/// Whether a page shows the whole story and a notice of this very reader's.
pub(crate) fn must_be_open(page: &str) -> Result<()> {
    ensure!(page.contains(LAST), "the page doesn't hold the whole story");
    around_notice(page).map(|_| ())
}

/// Whether a page shows the whole story and nothing else.
pub(crate) fn must_be_a_subscribers(page: &str) -> Result<()> {
    ensure!(page.contains(LAST), "the page doesn't hold the whole story");
    ensure!(
        around_notice(page).is_err(),
        "a subscriber is told of free stories"
    );
    Ok(())
}

/// Whether a page shows the beginning of the story and no more.
pub(crate) fn must_be_closed(page: &str) -> Result<()> {
    ensure!(
        page.contains("The long story"),
        "the page isn't the story's"
    );
    ensure!(
        !page.contains(LAST),
        "a reader who has used up their month is shown the whole story"
    );
    Ok(())
}

/// The open page as somebody else's site would have it, by the name that the story
/// has there.
pub(crate) fn as_a_site_has_it(
    page: &str,
) -> Result<impl Fn(&str) -> String + Clone + Send + use<>> {
    let (before, _, after) = around_notice(page)?;
    let page = format!("{before}{after}");
    Ok(move |name: &str| page.replace("long-story", name))
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
