//! The publication's own address.

use http::Uri;

/// The publication's own address: where links, cookies and canonical ids come
/// from, never the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicationUrl {
    pub(crate) text: String,
    pub(crate) host: String,
    pub(crate) https: bool,
}

impl PublicationUrl {
    /// Scheme and host, perhaps with a port, and nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let https = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?;
        let bare = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
        let host = authority.host().to_ascii_lowercase();
        (bare && !host.is_empty()).then(|| Self {
            text: text.trim_end_matches('/').to_owned(),
            host,
            https,
        })
    }

    /// The host, with its port where that isn't the scheme's own.
    pub(crate) fn authority(&self) -> &str {
        self.text
            .split_once("://")
            .map_or(&*self.host, |(_, rest)| rest)
    }

    /// What follows the host of an address at this publication; `None` for
    /// one that is elsewhere. Whether it is written with `http` or `https`
    /// makes no difference.
    fn below<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (_, rest) = address.split_once("://")?;
        let (site, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let same = place(address.strip_suffix(path)?) == place(&self.text);
        let path = path.split('#').next().unwrap_or_default();
        (same && !site.contains('@')).then_some(if path.is_empty() { "/" } else { path })
    }
}

/// The path of a story that is named by its path or by its whole address at
/// the publication, whose own address may not be known.
pub(crate) fn path_of<'a>(
    story: &'a str,
    home: Option<&PublicationUrl>,
) -> Result<&'a str, String> {
    if !story.contains("://") || story.starts_with('/') {
        return Ok(story);
    }
    let write = "write the story's path, for example /stories/the-flood";
    let Some(home) = home else {
        return Err(format!(
            "no configuration says whether {story} is of this publication; {write}"
        ));
    };
    home.below(story)
        .ok_or_else(|| format!("{story} is not of this publication, {}; {write}", home.text))
}

/// Host and port. Those that a scheme stands for go without saying.
fn place(site: &str) -> Option<(String, Option<u16>)> {
    let uri: Uri = site.parse().ok()?;
    let port = uri.port_u16().filter(|port| ![80, 443].contains(port));
    Some((uri.host()?.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(story: &str, expected: Option<&str>) {
        let home = PublicationUrl::parse("https://review.example").expect("an address");
        assert_eq!(path_of(story, Some(&home)).ok(), expected, "{story}");
    }

    #[test]
    fn a_story_is_named_by_its_path_or_its_address_here() {
        check("/stories/flood", Some("/stories/flood"));
        check(
            "https://review.example/stories/flood",
            Some("/stories/flood"),
        );
        check(
            "http://Review.Example:443/stories/flood#end",
            Some("/stories/flood"),
        );
        check("https://review.example/a?q=1", Some("/a?q=1"));
        check("https://review.example", Some("/"));
        check("/archive/http://x", Some("/archive/http://x"));
    }

    #[test]
    fn an_address_elsewhere_is_none_of_ours() {
        for story in [
            "https://other.example/stories/flood",
            "https://review.example:8443/stories/flood",
            "https://review.example.other/stories/flood",
            "https://review.example@other.example/stories/flood",
            "https://x@review.example/stories/flood",
            "https:///stories/flood",
        ] {
            check(story, None);
        }
    }

    #[test]
    fn a_port_of_its_own_belongs_to_a_publication() {
        let home = PublicationUrl::parse("http://127.0.0.1:8080").expect("an address");
        let path = |story| path_of(story, Some(&home));
        assert_eq!(
            path("http://127.0.0.1:8080/stories/hello"),
            Ok("/stories/hello")
        );
        assert!(path("http://127.0.0.1/stories/hello").is_err());
    }
}
