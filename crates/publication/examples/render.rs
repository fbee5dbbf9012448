//! Writes every page of a content folder into another folder, for looking at:
//!
//! ```text
//! cargo run -p ludgate-publication --example render -- demo/content out 2026-11-23T17:00:00Z en
//! ```
//!
//! Addresses become files: `/stories/x` is `out/stories/x.html`, so any static
//! server that tries `.html` shows the newspaper.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use ludgate_publication::{Beginning, Publication, Settings, Source};
use prompts::Messages;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [content, out, now, locale] = arguments.as_slice() else {
        return Err("usage: render CONTENT OUT TIME LOCALE".into());
    };
    let settings = Settings {
        url: "https://review.example".to_owned(),
        locale: locale.parse()?,
        zone: TimeZone::UTC,
        account: Some("/-/account".to_owned()),
        subscribe: None,
        app: None,
        give: None,
        derived: None,
        beginning: Beginning::Words(100),
        search: None,
        texts: None,
        text_search: None,
    };
    let source = Source::Folder(PathBuf::from(content));
    let messages = Arc::new(Messages::builtin()?);
    let publication = Publication::load(&source, settings, None, messages)?;
    let now = now.parse()?;

    let mut pages: Vec<(String, Option<&str>)> = publication
        .paths(now)
        .into_iter()
        .map(|path| (path, None))
        .collect();
    pages.push(("/search/found".to_owned(), Some("q=tide")));
    pages.push(("/search/nothing".to_owned(), Some("q=zeppelin")));
    pages.push(("/nowhere".to_owned(), None));
    for (path, query) in pages {
        let asked = if query.is_some() {
            "/search"
        } else {
            path.as_str()
        };
        let response = publication.respond(asked, query, now);
        let mut file = PathBuf::from(out);
        file.push(if path == "/" { "index" } else { &path[1..] });
        if response.content_type.starts_with("text/html") {
            file.as_mut_os_string().push(".html");
        }
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, &response.body)?;
    }
    Ok(())
}
