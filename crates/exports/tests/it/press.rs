//! A content folder that exports are brought into, and the publication that comes of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::Tier;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_exports::{BringError, Format, Summary, Wish, bring};
use prompts::{Locale, Messages};
use publication::{Beginning, Publication, Settings, Source};
use tempfile::TempDir;

/// The paper that stories are brought to.
pub(crate) const PAPER: &str = r#"name = "The Test Post"

[[sections]]
id = "city"
name = "City"

[[sections]]
id = "arts"
name = "Arts"
"#;

/// A picture of 64 by 48 dark pixels.
pub(crate) const PNG: &[u8] = include_bytes!("../pictures/dark.png");

/// A drawing without script.
pub(crate) const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>";

/// When everything here happens.
pub(crate) const NOW: &str = "2026-11-29T06:00:00Z";

pub(crate) struct Press {
    dir: TempDir,
}

/// What came of it.
pub(crate) struct Brought {
    pub(crate) summary: Result<Summary, BringError>,
    pub(crate) report: String,
}

impl Brought {
    pub(crate) fn ok(self) -> (Summary, String) {
        (self.summary.expect("it is brought over"), self.report)
    }
}

impl Press {
    /// An empty folder without a paper.
    pub(crate) fn empty() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        Self { dir }
    }

    /// One with [`PAPER`] and the pictures that the exports of the tests show.
    pub(crate) fn new() -> Self {
        let press = Self::empty();
        press.put("content/publication.toml", PAPER.as_bytes());
        press.put("uploads/2026/03/ferry.png", PNG);
        press.put("uploads/2026/03/Quay Aerial.svg", SVG);
        press.put("uploads/2026/02/scales.png", PNG);
        press
    }

    pub(crate) fn content(&self) -> PathBuf {
        self.dir.path().join("content")
    }

    pub(crate) fn put(&self, file: &str, bytes: &[u8]) {
        let path = self.dir.path().join(file);
        let folder = path.parent().expect("a folder");
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn wish(&self, format: Format) -> Wish {
        Wish {
            format,
            into: self.content(),
            pictures: Some(self.dir.path().join("uploads")).filter(|path| path.exists()),
            sections: vec![("*".to_owned(), "city".to_owned())],
            tier: Tier::Metered,
            byline: None,
            site: None,
            kinds: Vec::new(),
            zone: TimeZone::UTC,
            now: NOW.parse().expect("a moment"),
            replace: false,
            write: true,
        }
    }

    #[expect(clippy::unused_self, reason = "the folder has to be there still")]
    pub(crate) fn bring(&self, wish: &Wish, export: &[u8]) -> Brought {
        let mut report = Vec::new();
        let summary = bring(wish, &mut |_| Ok(export), &mut report);
        let report = String::from_utf8(report).expect("text");
        Brought { summary, report }
    }

    /// What is in a file of the content folder; empty where there is none.
    pub(crate) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.content().join(file)).unwrap_or_default()
    }

    /// Every file of the content folder with what is in it, but for the hidden ones.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        gather(&self.content(), "", &mut files);
        files.sort();
        files
    }

    /// The publication that it is; every mistake in it is the panic's text.
    pub(crate) fn publication(&self) -> Publication {
        let settings = Settings {
            url: "https://new.example".to_owned(),
            locale: Locale::english(),
            zone: TimeZone::UTC,
            account: None,
            subscribe: None,
            app: None,
            give: None,
            derived: None,
            beginning: Beginning::default(),
            search: None,
            texts: None,
            text_search: None,
        };
        let messages = Arc::new(Messages::builtin().expect("messages"));
        let loaded = Publication::load(&Source::Folder(self.content()), settings, None, messages);
        loaded.unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// The page of a path as its status and its text.
    pub(crate) fn page(&self, path: &str) -> (u16, String) {
        let now: Timestamp = NOW.parse().expect("a moment");
        let response = self.publication().respond(path, None, now);
        let text = String::from_utf8(response.body.to_vec()).expect("text");
        let to = response.redirect.map(|to| format!("→ {to}"));
        (response.status, to.unwrap_or(text))
    }
}

fn gather(folder: &Path, path: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{path}/{name}");
        if entry.path().is_dir() {
            gather(&entry.path(), &path, files);
        } else {
            files.push((path, std::fs::read(entry.path()).expect("a file")));
        }
    }
}

/// An export of the folder `tests/exports`.
pub(crate) fn export(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports");
    std::fs::read(folder.join(name)).expect("an export")
}

/// An export of WordPress with one story.
pub(crate) fn wordpress(title: &str, html: &str) -> Vec<u8> {
    let item = item(1, title, html);
    wxr(&item)
}

pub(crate) fn wxr(items: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>T</title>\
         <wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_blog_url>https://post.example</wp:base_blog_url>\n{items}\n</channel></rss>\n"
    )
    .into_bytes()
}

pub(crate) fn item(id: usize, title: &str, html: &str) -> String {
    format!(
        "<item><title><![CDATA[{title}]]></title><link>https://post.example/{id}/</link>\
         <content:encoded><![CDATA[{html}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
         <dc:creator>desk</dc:creator><wp:post_name>story-{id}</wp:post_name>\
         <wp:post_date_gmt>2026-01-02 06:00:00</wp:post_date_gmt><wp:status>publish</wp:status>\
         <wp:post_type>post</wp:post_type></item>\n"
    )
}
