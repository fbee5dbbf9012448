//! The style sheet, the script, the icon and the templates that are built in.
//!
//! Assets are addressed by a hash of what they say, so that browsers may keep
//! them for ever and never show a page with yesterday's style.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use pictures::Emblem;
use rust_embed::RustEmbed;

use crate::colours::Colours;
use crate::content::{ContentErrors, Problem};

#[derive(RustEmbed)]
#[folder = "../../assets/publication"]
#[include = "site.*"]
#[include = "search.*"]
#[include = "tokens.css"]
struct Files;

#[derive(RustEmbed)]
#[folder = "../../templates/publication"]
struct Templates;

/// What keeps stories on the device, and the button on their pages: the app's.
const KEPT: &[u8] = include_bytes!("../../../assets/app/kept.js");
const SAVE: &[u8] = include_bytes!("../../../assets/app/save.js");

/// The largest style sheet of a theme: six times our own.
const MAX_STYLE: u64 = 256 * 1024;

/// The assets with their addresses.
#[derive(Clone, Debug)]
pub(crate) struct Assets {
    pub(crate) style: Asset,
    pub(crate) script: Asset,
    /// For the pages of a paper that is an app, beside the script.
    pub(crate) app: Asset,
    pub(crate) icon: Asset,
    /// Those of the style, by which the icon is tinted.
    pub(crate) colours: Colours,
    /// A hash of all templates, those of the theme included.
    pub(crate) templates: blake3::Hash,
}

/// One asset.
#[derive(Clone, Debug)]
pub(crate) struct Asset {
    /// Where it is found, such as `/assets/site.0123456789abcdef.css`.
    pub(crate) path: String,
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Bytes,
}

impl Assets {
    /// The built-in assets, with the style sheet of the `theme` after our own.
    pub(crate) fn load(name: &str, theme: Option<&Path>) -> Result<Self, ContentErrors> {
        let mut style = looks(theme)?;
        let colours = Colours::of(&style);
        style.extend_from_slice(&builtin("site.css"));
        style.extend_from_slice(&builtin("search.css"));
        style.extend_from_slice(&own_style(theme, "publication/site.css")?);
        Ok(Self {
            style: Asset::new("site", "css", "text/css; charset=utf-8", style),
            script: Asset::new(
                "site",
                "js",
                "text/javascript; charset=utf-8",
                [builtin("site.js"), builtin("search.js")].concat(),
            ),
            app: Asset::new(
                "app",
                "js",
                "text/javascript; charset=utf-8",
                [KEPT, SAVE].concat(),
            ),
            icon: Asset::icon(name, &colours),
            colours,
            templates: mould(theme),
        })
    }

    pub(crate) fn find(&self, path: &str) -> Option<&Asset> {
        self.all().into_iter().find(|asset| asset.path == path)
    }

    /// All of them.
    pub(crate) fn all(&self) -> [&Asset; 4] {
        [&self.style, &self.script, &self.app, &self.icon]
    }

    /// Those of a paper of that name, which the icon is made of.
    pub(crate) fn named(self: &Arc<Self>, name: &str) -> Arc<Self> {
        let icon = Asset::icon(name, &self.colours);
        if icon.path == self.icon.path {
            return Arc::clone(self);
        }
        Arc::new(Self {
            icon,
            ..Self::clone(self)
        })
    }
}

impl Asset {
    fn icon(name: &str, colours: &Colours) -> Self {
        let emblem = Emblem::of(name, colours.tints());
        Self::new(
            "icon",
            "svg",
            "image/svg+xml",
            emblem.drawing().into_bytes(),
        )
    }

    fn new(stem: &str, extension: &str, content_type: &'static str, bytes: Vec<u8>) -> Self {
        let mut path = format!("/assets/{stem}.");
        // 64 bits: there are never more than a few versions to tell apart.
        for byte in &blake3::hash(&bytes).as_bytes()[..8] {
            let _ = write!(path, "{byte:02x}");
        }
        path.push('.');
        path.push_str(extension);
        Self {
            path,
            content_type,
            bytes: Bytes::from(bytes),
        }
    }
}

/// The largest template that is hashed; one that isn't is none that can be used.
const MAX_TEMPLATE: u64 = 1024 * 1024;

/// A hash of everything that pages are cast in.
fn mould(theme: Option<&Path>) -> blake3::Hash {
    let mut all = templates();
    if let Some(theme) = theme
        && let Ok(entries) = std::fs::read_dir(theme.join("publication"))
    {
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_short = std::fs::metadata(&path).is_ok_and(|found| found.len() < MAX_TEMPLATE);
            let text = if is_short {
                std::fs::read_to_string(&path).ok()
            } else {
                None
            };
            all.extend(text.map(|text| (path.display().to_string(), text)));
        }
    }
    all.sort();
    let mut hash = blake3::Hasher::new();
    for (name, source) in &all {
        for part in [name, source] {
            hash.update(&part.len().to_le_bytes())
                .update(part.as_bytes());
        }
    }
    hash.finalize()
}

/// The names and sources of the built-in templates.
pub(crate) fn templates() -> Vec<(String, String)> {
    let read = |name: &str| {
        let file = Templates::get(name)?;
        Some((
            format!("publication/{name}"),
            String::from_utf8(file.data.into_owned()).ok()?,
        ))
    };
    Templates::iter().filter_map(|name| read(&name)).collect()
}

fn builtin(name: &str) -> Vec<u8> {
    Files::get(name)
        .map(|file| file.data.into_owned())
        .unwrap_or_default()
}

/// The colours and letters of the built-in publication, as a style sheet that sets
/// custom properties; those of the `theme` after our own.
pub fn looks(theme: Option<&Path>) -> Result<Vec<u8>, ContentErrors> {
    let mut looks = builtin("tokens.css");
    looks.extend_from_slice(&own_looks(theme)?);
    Ok(looks)
}

/// Those of the `theme` alone, as they are for a site that has its own.
pub fn own_looks(theme: Option<&Path>) -> Result<Vec<u8>, ContentErrors> {
    own_style(theme, "tokens.css")
}

/// A style sheet of the `theme`'s; nothing where it has none.
fn own_style(theme: Option<&Path>, name: &str) -> Result<Vec<u8>, ContentErrors> {
    let Some(theme) = theme else {
        return Ok(Vec::new());
    };
    let path = theme.join(name);
    let refuse = |problem| ContentErrors::one(&path.display().to_string(), problem);
    match std::fs::metadata(&path) {
        Err(_) => return Ok(Vec::new()),
        Ok(found) if found.len() > MAX_STYLE => {
            let (size, limit, advice) = (found.len(), MAX_STYLE, "shorten the style sheet");
            return Err(refuse(Problem::TooLarge {
                size,
                limit,
                advice,
            }));
        }
        Ok(_) => {}
    }
    std::fs::read(&path).map_err(|error| refuse(Problem::Unreadable(error.to_string())))
}
