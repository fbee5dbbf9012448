//! What the app is made of: what it is called and looks like (its manifest), its
//! icons, and the script that answers where there is no network.
//!
//! The script is asked for again and again by browsers that have it, so it is served
//! even where there is no app: then it is one that takes itself away.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Response, header};
use prompts::Locale;
use serde_json::json;

use super::POLICY;
use crate::assets::{app_script, style};
use crate::pages::Pages;
use crate::request::Request;

pub(super) const WORKER: &str = "app/worker.js";
pub(super) const MANIFEST: &str = "app/manifest.json";

/// An icon of the app.
#[derive(Clone, Copy, Debug)]
pub struct Icon {
    /// Where it is, below the prefix.
    pub path: &'static str,
    /// How wide and high it is, in pixels.
    pub side: u16,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an icon is for, as the manifest says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be shown as it is.
    Any,
    /// To be cut to a shape: all that matters is within the middle four fifths.
    Maskable,
    /// An outline on nothing, which systems give a colour, as in the dark.
    Monochrome,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Maskable => "maskable",
            Self::Monochrome => "monochrome",
        }
    }
}

const fn icon(path: &'static str, side: u16, purpose: Purpose) -> Icon {
    Icon {
        path,
        side,
        purpose,
    }
}

/// The icons that the app has.
pub const ICONS: [Icon; 4] = [
    icon("app/icon-192.png", 192, Purpose::Any),
    icon("app/icon-512.png", 512, Purpose::Any),
    icon("app/icon-maskable.png", 512, Purpose::Maskable),
    icon("app/icon-monochrome.png", 512, Purpose::Monochrome),
];

const WORKS: &str = include_str!("../../../../assets/app/worker.js");
const LEAVES: &str = include_str!("../../../../assets/app/leave.js");

/// For how long browsers keep the manifest and the icons: they ask for them again with
/// each page, and a theme's new colours may be a while on their way.
const AN_HOUR: HeaderValue = HeaderValue::from_static("private, max-age=3600");

const SCRIPT: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
const MANIFEST_KIND: HeaderValue = HeaderValue::from_static("application/manifest+json");
const PNG: HeaderValue = HeaderValue::from_static("image/png");
/// The script answers for all of the site, and not only for what is beside it.
const ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// Whether that is the manifest or an icon at `path`, below the prefix: files that are
/// nobody's. The script isn't one of them, as it is asked for anew each time.
pub fn is_app_file(path: &str) -> bool {
    path == MANIFEST || ICONS.iter().any(|icon| icon.path == path)
}

impl Pages {
    /// Answers a `GET` of a file of the app's; `None` for what else is asked. Nobody
    /// is given a cookie with it.
    pub(crate) fn app_file(&self, request: &Request) -> Option<Response<Bytes>> {
        if request.method != Method::GET {
            return None;
        }
        let path = &*request.path;
        if path == WORKER {
            let mut response = file(SCRIPT, Bytes::from(self.worker()));
            let headers = response.headers_mut();
            headers.insert(ALLOWED, HeaderValue::from_static("/"));
            headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
            return Some(response);
        }
        // Without an app there are no other files of it.
        let app = self.settings.app.as_ref()?;
        if path == MANIFEST {
            let locale = self.locale(request);
            let manifest = self.manifest(&locale, &app.paper);
            let mut response = kept(MANIFEST_KIND, Bytes::from(manifest));
            let by = HeaderValue::from_static("accept-language");
            response.headers_mut().insert(header::VARY, by);
            return Some(response);
        }
        let number = ICONS.iter().position(|icon| icon.path == path)?;
        Some(kept(PNG, app.icons.get(number)?.clone()))
    }

    /// The script, which begins with what it is told: where the app is, and what it
    /// needs. It is another one whenever any of that changes.
    fn worker(&self) -> String {
        if self.settings.app.is_none() {
            return LEAVES.to_owned();
        }
        let prefix = &self.settings.prefix;
        let below = |path: &str| format!("{prefix}{path}");
        let mut files = vec![below(style().path), below(app_script().path)];
        files.extend(self.settings.looks.clone());
        files.push(below(ICONS[0].path));
        let told = json!({
            "offline": below("app/offline"),
            "list": below("app"),
            "prefix": prefix,
            "files": files,
        });
        let body = format!("const TOLD = {told};\n{WORKS}");
        let hash = blake3::hash(body.as_bytes()).to_hex();
        format!("const VERSION = \"{}\";\n{body}", &hash[..16])
    }

    fn manifest(&self, locale: &Locale, paper: &str) -> String {
        let prefix = &self.settings.prefix;
        let words = self.templates.messages();
        let name = &self.settings.name;
        let shown = |icon: &Icon| {
            json!({
                "src": format!("{prefix}{}", icon.path),
                "sizes": format!("{0}x{0}", icon.side),
                "type": "image/png",
                "purpose": icon.purpose.as_str(),
            })
        };
        let own = json!([shown(&ICONS[0])]);
        let shortcut = |key: &str, url: String| json!({ "name": words.text(locale, key, &[]), "url": url, "icons": own });
        json!({
            "id": format!("{prefix}app"),
            "name": name,
            "short_name": short(name),
            "lang": locale.to_string(),
            "dir": locale.direction().as_str(),
            "start_url": format!("{prefix}app"),
            "scope": "/",
            "display": "standalone",
            "background_color": paper,
            "theme_color": paper,
            "icons": ICONS.iter().map(shown).collect::<Vec<_>>(),
            "shortcuts": [
                shortcut("app-front", "/".to_owned()),
                shortcut("app-title", format!("{prefix}app")),
                shortcut("app-search", "/search".to_owned()),
            ],
        })
        .to_string()
    }
}

/// What stands under an icon, where there is room for a dozen letters: the name
/// without an English article, and without the words that it has too many of.
fn short(name: &str) -> String {
    const ROOM: usize = 14;
    let name = name.strip_prefix("The ").unwrap_or(name);
    let mut short = String::new();
    for word in name.split_whitespace() {
        let length = short.chars().count() + word.chars().count() + 1;
        if !short.is_empty() && length > ROOM {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

fn file(kind: HeaderValue, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// A file that browsers keep for a while.
fn kept(kind: HeaderValue, body: Bytes) -> Response<Bytes> {
    let mut response = file(kind, body);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, AN_HOUR);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_has_whole_words_and_always_one() {
        for (name, expected) in [
            ("The Ludgate Review", "Ludgate Review"),
            ("The Harbour and Riverside Gazette", "Harbour and"),
            ("Donaudampfschifffahrtsblatt", "Donaudampfschifffahrtsblatt"),
            ("河口新聞", "河口新聞"),
        ] {
            assert_eq!(short(name), expected, "{name}");
        }
    }
}
