//! What kind of thing an answer is, by its media type: a page to be taken
//! apart, a feed, something that no story hides in, or something unknown.

use http::{HeaderMap, header};

use crate::look::Claim;

/// A kind of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// HTML, which is taken apart.
    Html,
    /// XML: a feed, a map of the site, or anything else.
    Xml,
    /// A feed in JSON.
    JsonFeed,
    /// Nothing that a story's text is sent as, if it is what it claims to be:
    /// styles, scripts, pictures, sound, fonts, archives.
    Harmless(Claim),
    /// Anything else: data, documents, what has no type.
    Other,
}

/// Types that no story's text is sent as, beyond whole families of them.
const HARMLESS: [(&str, Claim); 19] = [
    ("application/font-woff", Claim::Bytes),
    ("application/gzip", Claim::Bytes),
    ("application/javascript", Claim::Program),
    ("application/manifest+json", Claim::Document),
    ("application/octet-stream", Claim::Bytes),
    ("application/ogg", Claim::Bytes),
    ("application/opensearchdescription+xml", Claim::Document),
    ("application/vnd.apple.mpegurl", Claim::Program),
    ("application/vnd.ms-fontobject", Claim::Bytes),
    ("application/wasm", Claim::Bytes),
    ("application/x-font-ttf", Claim::Bytes),
    ("application/x-gzip", Claim::Bytes),
    ("application/x-javascript", Claim::Program),
    ("application/x-shockwave-flash", Claim::Bytes),
    ("application/x-tar", Claim::Bytes),
    ("application/zip", Claim::Bytes),
    ("text/css", Claim::Program),
    ("text/javascript", Claim::Program),
    ("text/vtt", Claim::Program),
];

impl Media {
    /// Whether an answer of this kind is cut, or judged by what is in it.
    pub(crate) fn is_taken_apart(self) -> bool {
        matches!(self, Self::Html | Self::Xml | Self::JsonFeed)
    }

    /// The kind of an answer with these headers. One without a type, or with
    /// two that differ, is anything.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut lines = headers.get_all(header::CONTENT_TYPE).iter();
        let first = lines.next().and_then(|line| line.to_str().ok());
        if lines.any(|line| line.to_str().ok() != first) {
            return Self::Other;
        }
        first.map_or(Self::Other, Self::named)
    }

    fn named(line: &str) -> Self {
        let essence = essence(line).to_ascii_lowercase();
        match essence.as_str() {
            "text/html" | "application/xhtml+xml" => return Self::Html,
            "application/feed+json" => return Self::JsonFeed,
            // A page in itself: a drawing may hold text, never a story's.
            "image/svg+xml" => return Self::Harmless(Claim::Drawing),
            _ => {}
        }
        let family = essence.split('/').next().unwrap_or_default();
        if matches!(family, "image" | "audio" | "video" | "font") {
            Self::Harmless(if is_list(&essence) {
                Claim::Program
            } else {
                Claim::Bytes
            })
        } else if let Ok(place) = HARMLESS.binary_search_by(|(name, _)| (*name).cmp(&essence)) {
            HARMLESS
                .get(place)
                .map_or(Self::Other, |(_, claim)| Self::Harmless(*claim))
        } else if matches!(
            essence.as_str(),
            "text/xml" | "application/xml" | "text/xsl"
        ) || essence.ends_with("+xml")
        {
            Self::Xml
        } else {
            Self::Other
        }
    }
}

/// Whether it is a list of what to play, which is text.
fn is_list(essence: &str) -> bool {
    essence.ends_with("mpegurl") || essence.ends_with("scpls")
}

/// The type without its parameters.
fn essence(line: &str) -> &str {
    line.split(';').next().unwrap_or_default().trim()
}

/// The charset that the type names.
pub(crate) fn charset(line: &str) -> Option<&str> {
    line.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_go_by_type_and_what_has_none_is_anything() {
        for (line, media) in [
            ("text/html", Media::Html),
            ("Text/HTML; charset=utf-8", Media::Html),
            ("application/xhtml+xml", Media::Html),
            ("application/rss+xml; charset=UTF-8", Media::Xml),
            ("application/atom+xml", Media::Xml),
            ("text/xml", Media::Xml),
            ("application/feed+json", Media::JsonFeed),
            ("image/svg+xml", Media::Harmless(Claim::Drawing)),
            ("image/webp", Media::Harmless(Claim::Bytes)),
            ("audio/x-mpegurl", Media::Harmless(Claim::Program)),
            ("text/css;charset=utf-8", Media::Harmless(Claim::Program)),
            ("application/wasm", Media::Harmless(Claim::Bytes)),
            ("application/octet-stream", Media::Harmless(Claim::Bytes)),
            ("application/json", Media::Other),
            ("application/ld+json", Media::Other),
            ("application/activity+json", Media::Other),
            ("text/x-component", Media::Other),
            ("text/plain", Media::Other),
            ("text/markdown", Media::Other),
            ("application/pdf", Media::Other),
            ("text/event-stream", Media::Other),
            ("multipart/byteranges; boundary=a", Media::Other),
            ("", Media::Other),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, line.parse().expect("a value"));
            assert_eq!(Media::of(&headers), media, "{line}");
        }
        assert_eq!(Media::of(&HeaderMap::new()), Media::Other);
        let mut two = HeaderMap::new();
        two.append(header::CONTENT_TYPE, "text/css".parse().expect("a value"));
        two.append(header::CONTENT_TYPE, "text/html".parse().expect("a value"));
        assert_eq!(Media::of(&two), Media::Other);
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(HARMLESS.is_sorted_by_key(|(name, _)| *name));
    }
}
