//! A small newspaper to test with.

#![allow(dead_code, reason = "every test file uses a part of it")]

pub(crate) mod desk;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_publication::{Beginning, ContentErrors, Publication, Response, Settings, Source};
use prompts::Messages;

pub(crate) const PAPER: &str = r#"name = "The Test & Mercury"
tagline = "Set by hand"
city = "Ness"
founded = 1868

[[sections]]
id = "city"
name = "City"
standfirst = "What happened in town."

[[sections]]
id = "opinion"
name = "Opinion"

[front]
lead = "night-ferry"
"#;

/// A story that has everything a story can have.
pub(crate) const FERRY: &str = r#"+++
title = 'Night ferry "survives" <by> three & a half votes'
standfirst = "It's the late boat's last year, perhaps."
label = "Ward elections"
byline = ["Ines Marlow", "Zoë Łącka", "Dermot Ashby"]
dateline = "SALTPAN"
published = 2026-11-20T06:00:00Z
updated = 2026-11-20T16:40:00Z
section = "city"
tags = ["ferry", "ward-elections", "fenwick-quay"]
tier = "locked"
related = ["tide-table", "hard-benches"]

[picture]
file = "ferry.svg"
alt = "A lit ferry"
caption = "The 11.15 to Saltpan."
credit = "Drawing: Hester Lumb"

[correction]
date = 2026-11-21
text = "The vote was 25 to 22."
+++

Paragraph one tells of "boats" and https://example.org.

Paragraph two has a [link](/stories/tide-table) and an [outer one](https://example.org/a?b=c&d).

## The crosshead

Paragraph three is here.

> A pulled quotation.

Paragraph four.

Paragraph five is short.

Paragraph six follows it.

| Boat | Built | Price |
|------|-------|-------|
| Tice | 1968  | £6.9m |

Paragraph seven.

![A hull on the slip](ferry.svg "The slip in winter.")

Paragraph eight.

Paragraph nine.

Paragraph ten.

Paragraph eleven.

Paragraph twelve.

Paragraph thirteen holds the word zeppelin.
"#;

pub(crate) const TIDES: &str = r#"+++
title = "The tide table"
standfirst = "Every high water of the month."
label = "Tides"
byline = ["Ruth Adeyinka"]
published = 2026-11-18T06:00:00Z
section = "city"
tier = "free"
+++

High water is at noon.
"#;

pub(crate) const BENCHES: &str = r#"+++
title = "In defence of hard benches"
standfirst = "Comfort is overrated."
label = "Music"
byline = ["Ines Marlow"]
published = 2026-11-17T06:00:00Z
section = "opinion"
tier = "metered"
+++

The benches at the hall are hard.
"#;

pub(crate) const LEASE: &str = r#"+++
title = "A lease, clause by clause"
standfirst = "Six passages that cost money."
label = "Shops"
byline = ["Commissions desk"]
published = 2026-11-16T06:00:00Z
section = "city"
tier = "metered"

[sponsor]
name = "Guild of Surveyors"
note = "The newsroom had no part in it."
+++

A lease runs to 46 pages.
"#;

pub(crate) const TOMORROW: &str = r#"+++
title = "Embargoed until tomorrow"
standfirst = "Nobody must see this yet."
label = "Secrets"
byline = ["Nemo Nobody"]
published = 2026-11-24T06:00:00Z
section = "city"
tier = "free"
+++

The secret word is xylophone.
"#;

pub(crate) const ABOUT: &str = "+++\ntitle = \"About\"\nstandfirst = \"Who we are.\"\n+++\n\nWe are \
    [here](/contact).\n";
pub(crate) const CONTACT: &str = "+++\ntitle = \"Contact\"\n+++\n\nRing us.\n";
pub(crate) const SPONSORED: &str = "+++\ntitle = \"Sponsored articles\"\n+++\n\nThey are marked.\n";
pub(crate) const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 800\"><path d=\"M0 0\"/></svg>";

/// The files of a newspaper.
#[derive(Clone)]
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

/// A whole newspaper.
pub(crate) fn files() -> Files {
    Files(BTreeMap::new())
        .with("publication.toml", PAPER)
        .with("stories/night-ferry.md", FERRY)
        .with("stories/tide-table.md", TIDES)
        .with("stories/hard-benches.md", BENCHES)
        .with("stories/shop-lease.md", LEASE)
        .with("stories/tomorrow.md", TOMORROW)
        .with("pages/about.md", ABOUT)
        .with("pages/contact.md", CONTACT)
        .with("pages/sponsored.md", SPONSORED)
        .with("pictures/ferry.svg", DRAWING)
}

impl Files {
    pub(crate) fn with(mut self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.0.insert(path.to_owned(), text.as_ref().to_vec());
        self
    }

    pub(crate) fn without(mut self, path: &str) -> Self {
        self.0.remove(path);
        self
    }

    pub(crate) fn write(&self, folder: &Path) {
        for (path, bytes) in &self.0 {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }

    pub(crate) fn load(&self) -> Result<Publication, ContentErrors> {
        self.load_in("en", None)
    }

    pub(crate) fn load_in(
        &self,
        locale: &str,
        theme: Option<&Path>,
    ) -> Result<Publication, ContentErrors> {
        let folder = tempfile::tempdir().unwrap();
        self.write(folder.path());
        load(folder.path(), locale, theme)
    }
}

pub(crate) fn load(
    folder: &Path,
    locale: &str,
    theme: Option<&Path>,
) -> Result<Publication, ContentErrors> {
    let settings = Settings {
        url: "https://mercury.example/".to_owned(),
        locale: locale.parse().unwrap(),
        zone: TimeZone::get("Europe/London").unwrap(),
        account: Some("/-/account".to_owned()),
        subscribe: None,
        app: Some("/-/app".to_owned()),
        give: Some("/-/gift".to_owned()),
        derived: None,
        beginning: Beginning::Words(100),
        search: None,
        texts: None,
        text_search: None,
    };
    let messages = Arc::new(Messages::builtin().unwrap());
    Publication::load(
        &Source::Folder(folder.to_owned()),
        settings,
        theme,
        messages,
    )
}

pub(crate) fn publication() -> Publication {
    files().load().unwrap()
}

/// The evening of 23 November 2026, when all but one story are out.
pub(crate) fn now() -> Timestamp {
    "2026-11-23T17:00:00Z".parse().unwrap()
}

pub(crate) fn get(publication: &Publication, address: &str) -> Response {
    let (path, query) = match address.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (address, None),
    };
    publication.respond(path, query, now())
}

/// The text of a page that is there.
#[track_caller]
pub(crate) fn page(publication: &Publication, address: &str) -> String {
    let response = get(publication, address);
    assert_eq!(
        response.status,
        200,
        "{address}: {}",
        String::from_utf8_lossy(&response.body)
    );
    String::from_utf8(response.body.to_vec()).unwrap()
}

/// The values of an attribute, in the order of the page.
pub(crate) fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}
