//! The section `[origin]`: where pages come from, and what there is to know of a
//! site that nobody here wrote.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use access::PathPattern;
use gateway::CookieName;
use http::{HeaderName, HeaderValue};
use toml::Spanned;
use upstream::{CertificateName, Patience, Route, ServerUrl, Settings};

use super::check::Check;
use super::errors::{ConfigError, nearest};
use super::values::{self, Many};
use super::{Foreign, Origin, PublicationUrl, Server, raw};

/// Query parameters by which the places that a link was seen in are told apart.
/// They make no difference to any page.
const NOISE: [&str; 12] = [
    "_ga", "_gl", "dclid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "ref_src",
    "twclid", "utm_*",
];

/// Cookies of those who measure visitors: nobody is known to a site by them.
const MEASURING: [&str; 8] = [
    "_ga*", "_gid", "_gcl_*", "_fbp", "_hj*", "_pk_*", "_clck", "_clsk",
];

/// Headers that mean something in a request, and can't be a word's.
const SAID_ALREADY: [&str; 11] = [
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "range",
    "te",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// The presets, by name.
const PRESETS: [(&str, &str); 3] = [
    ("generic", include_str!("../../presets/generic.toml")),
    ("ghost", include_str!("../../presets/ghost.toml")),
    ("wordpress", include_str!("../../presets/wordpress.toml")),
];

impl Check<'_> {
    /// What the preset sets that is named, if one is.
    pub(super) fn preset(&mut self, raw: &raw::Origin) -> Option<raw::Preset> {
        let name = raw.preset.as_ref()?;
        let known = PRESETS.iter().find(|(own, _)| own == name.get_ref());
        let Some((_, text)) = known else {
            let names = PRESETS.map(|(name, _)| name);
            let help = match nearest(name.get_ref(), names) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("there are {}", names.join(", ")),
            };
            let message = format!("there is no preset \"{}\"", name.get_ref());
            self.wrong_with_help(name, message, &help);
            return None;
        };
        toml::from_str(text)
            .map_err(|error| self.wrong(name, format!("the preset can't be read: {error}")))
            .ok()
    }

    pub(super) fn origin(
        &mut self,
        raw: &raw::File,
        preset: Option<&raw::Preset>,
        url: Option<&PublicationUrl>,
    ) -> Option<Origin> {
        let origin = &raw.origin;
        match (&origin.content, &origin.url) {
            (Some(content), None) => {
                if let Some(place) = for_a_site(raw) {
                    self.errors.push(
                        ConfigError::at(place, "this is about a site that is there already").help(
                            "name its address instead of a folder: [origin] url = \
                             \"http://127.0.0.1:3000\"; or leave this out",
                        ),
                    );
                }
                Some(Origin::Content(self.folder.join(content.get_ref())))
            }
            (None, Some(servers)) => {
                let servers = self.servers(origin, servers);
                let site = self.site(raw, preset, url?);
                Some(Origin::Site(Box::new(Foreign {
                    servers: servers?,
                    site: site?,
                })))
            }
            (Some(_), Some(url)) => {
                let message = "pages come from a folder or from a site, not from both";
                let help = "leave out either [origin] content or [origin] url";
                self.wrong_with_help(url, message.to_owned(), help);
                None
            }
            (None, None) => {
                self.errors.push(
                    ConfigError::whole("nothing says where pages come from").help(
                        "name a folder of stories: [origin] content = \"content\"; or a site that \
                         is there already: [origin] url = \"http://127.0.0.1:3000\"",
                    ),
                );
                None
            }
        }
    }

    fn servers(&mut self, raw: &raw::Origin, url: &Spanned<Many>) -> Option<Settings> {
        let defaults = Patience::default();
        let wait = |check: &mut Self, raw: &Option<Spanned<String>>, default| {
            check.value(raw.as_ref(), default, values::positive)
        };
        let connect = wait(self, &raw.connect_timeout, defaults.connect);
        let first_byte = wait(self, &raw.first_byte_timeout, defaults.first_byte);
        let stall = wait(self, &raw.stall_timeout, defaults.stall);
        if let Some(n) = raw
            .connections
            .as_ref()
            .filter(|n| !(1..=10_000).contains(n.get_ref()))
        {
            self.wrong(n, "a site is asked for 1 to 10,000 things at a time");
        }
        let mut routes = Vec::new();
        for route in &raw.routes {
            let paths = self.paths(&route.paths);
            if paths.is_empty() {
                let message = "a route without paths would take all";
                self.wrong(&route.url, message);
            }
            routes.push(self.route(paths, &route.url, route.host.as_ref()));
        }
        routes.push(self.route(Vec::new(), url, raw.host.as_ref()));
        let certificate_name = match &raw.certificate_name {
            None => None,
            Some(name) => Some(self.certificate_name(name)?),
        };
        Some(Settings {
            routes: routes.into_iter().collect::<Option<_>>()?,
            patience: Patience {
                connect: connect?,
                first_byte: first_byte?,
                stall: stall?,
                queue: defaults.queue,
            },
            connections: raw.connections.as_ref().map_or(256, |n| *n.get_ref()),
            secret: match &raw.secret {
                None => None,
                Some(secret) => Some(self.secret(secret)?),
            },
            authorities: raw.authorities.as_ref().map(|file| self.folder.join(file)),
            certificate_name,
        })
    }

    fn certificate_name(&mut self, name: &Spanned<String>) -> Option<CertificateName> {
        let parsed = name.get_ref().parse();
        let wrong = |error: upstream::BadName| self.wrong(name, error.to_string());
        parsed.map_err(wrong).ok()
    }

    /// A gate that asks itself gets no answer.
    pub(super) fn circle(&mut self, raw: &raw::File, server: &Server, origin: &Origin) {
        let Origin::Site(foreign) = origin else {
            return;
        };
        let own = [Some(server.listen), Some(server.admin), server.plain];
        let routes = raw.origin.routes.iter().map(|route| &route.url);
        // The servers stand in the order in which routes are asked.
        let written = routes.chain(&raw.origin.url);
        for (route, place) in foreign.servers.routes.iter().zip(written) {
            let ours = own.into_iter().flatten();
            let leads_here = |asked: &&ServerUrl| ours.clone().any(|own| leads_to(asked, own));
            if let Some(asked) = route.servers.iter().find(leads_here) {
                let message = format!("{asked} is where this server itself listens");
                let help = "name the address of the site behind it; let the site listen on another \
                            port";
                self.wrong_with_help(place, message, help);
            }
        }
    }

    fn route(
        &mut self,
        paths: Vec<PathPattern>,
        url: &Spanned<Many>,
        host: Option<&Spanned<String>>,
    ) -> Option<Route> {
        let mut servers = Vec::new();
        for one in &url.get_ref().0 {
            match one.parse::<ServerUrl>() {
                Ok(server) => servers.push(server),
                Err(error) => self.wrong_with_help(
                    url,
                    format!("\"{one}\" is no address of a server"),
                    &error.to_string(),
                ),
            }
        }
        let host = match host {
            None => None,
            Some(host) => Some(self.header_value(host)?),
        };
        (!servers.is_empty()).then_some(Route {
            paths,
            servers,
            host,
        })
    }

    /// The secret itself never stands in the configuration.
    fn secret(&mut self, raw: &Spanned<raw::Secret>) -> Option<(HeaderName, HeaderValue)> {
        let secret = raw.get_ref();
        let Ok(name) = secret.header.parse::<HeaderName>() else {
            self.wrong(raw, format!("\"{}\" is no header's name", secret.header));
            return None;
        };
        if SAID_ALREADY.contains(&name.as_str()) {
            let message = format!("{name} says something else in every request");
            self.wrong_with_help(
                raw,
                message,
                "name a header of your own, such as \"X-Gate\"",
            );
            return None;
        }
        let file = self.folder.join(&secret.file);
        let read = read_secret(&file);
        match read {
            Ok(value) => Some((name, value)),
            Err(why) => {
                let help = "write a long random word into it that the site knows too, and let \
                            nobody else read it";
                self.wrong_with_help(raw, format!("{}: {why}", file.display()), help);
                None
            }
        }
    }

    fn header_value(&mut self, raw: &Spanned<String>) -> Option<HeaderValue> {
        let value = HeaderValue::from_str(raw.get_ref());
        if value.is_err() {
            self.wrong(raw, format!("\"{}\" is no host", raw.get_ref()));
        }
        value.ok()
    }

    fn site(
        &mut self,
        raw: &raw::File,
        preset: Option<&raw::Preset>,
        url: &PublicationUrl,
    ) -> Option<gateway::Site> {
        let own = &raw.origin;
        let preset = preset.map(|preset| &preset.origin);
        // What a publisher writes comes on top of what the preset has.
        let mut both = |which: fn(&raw::Origin) -> &Vec<Spanned<String>>| {
            let mut paths = self.paths(which(own));
            paths.extend(
                preset
                    .into_iter()
                    .flat_map(|preset| self.paths(which(preset))),
            );
            paths
        };
        let personal = both(|origin| &origin.personal);
        let open = both(|origin| &origin.open);
        let closed = both(|origin| &origin.closed);
        let terse = both(|origin| &origin.terse);
        let upgrades = both(|origin| &origin.upgrades);
        let sessions = std::iter::once(own).chain(preset);
        let mut names = Vec::new();
        for one in sessions.flat_map(|origin| &origin.sessions) {
            match CookieName::parse(one.get_ref()) {
                Some(name) => names.push(name),
                None => self.wrong_with_help(
                    one,
                    format!("no cookie is called \"{}\"", one.get_ref()),
                    "write a name, or a beginning and a star: \"wordpress_logged_in_*\"",
                ),
            }
        }
        let mut headers = Vec::new();
        for one in &own.headers {
            match one.get_ref().parse::<HeaderName>() {
                Ok(name) => headers.push(name),
                Err(_) => self.wrong(one, format!("\"{}\" is no header's name", one.get_ref())),
            }
        }
        let brief = self.value(
            own.default_max_age.as_ref(),
            Duration::from_secs(5),
            values::duration,
        );
        let stale = self.value(
            raw.articles.stale_while_revalidate.as_ref(),
            Duration::from_secs(30),
            values::duration,
        );
        let largest = self.value(own.largest_kept.as_ref(), 1 << 20, values::bytes);
        let queries = std::iter::once(own).chain(preset);
        Some(gateway::Site {
            host: HeaderValue::from_str(url.authority()).ok()?,
            https: url.https,
            sessions: names,
            measuring: MEASURING
                .into_iter()
                .filter_map(CookieName::parse)
                .collect(),
            personal,
            open,
            closed,
            terse,
            closed_query: queries
                .flat_map(|origin| &origin.closed_query)
                .map(|name| name.as_str().into())
                .collect(),
            upgrades,
            noise: NOISE
                .into_iter()
                .chain(own.ignored_query.iter().map(String::as_str))
                .map(Into::into)
                .collect(),
            headers,
            brief: brief?,
            stale: stale?,
            largest: usize::try_from(largest?).unwrap_or(usize::MAX),
        })
    }

    fn paths(&mut self, raw: &[Spanned<String>]) -> Vec<PathPattern> {
        let mut paths = Vec::new();
        for one in raw {
            match PathPattern::new(one.get_ref()) {
                Some(pattern) => paths.push(pattern),
                None => self.wrong(one, "is no path; write for example \"/shop/**\""),
            }
        }
        paths
    }
}

/// Whether who asks this server asks the listener at `own`. Names aren't looked up.
fn leads_to(asked: &ServerUrl, own: SocketAddr) -> bool {
    let host = asked.host().trim_matches(['[', ']']);
    let is_here = match host.parse::<IpAddr>() {
        Ok(address) => address == own.ip() || address.is_loopback() && own.ip().is_unspecified(),
        Err(_) => host == "localhost" && (own.ip().is_loopback() || own.ip().is_unspecified()),
    };
    is_here && asked.port() == own.port()
}

/// The first key that means nothing where pages come from a folder.
fn for_a_site(raw: &raw::File) -> Option<std::ops::Range<usize>> {
    let origin = &raw.origin;
    let texts = [
        &origin.preset,
        &origin.host,
        &origin.default_max_age,
        &origin.largest_kept,
        &origin.connect_timeout,
        &origin.first_byte_timeout,
        &origin.stall_timeout,
        &raw.articles.stale_while_revalidate,
    ];
    let lists = [
        &origin.sessions,
        &origin.personal,
        &origin.open,
        &origin.closed,
        &origin.terse,
        &origin.upgrades,
        &origin.headers,
    ];
    let texts = texts.into_iter().flatten();
    texts
        .chain(lists.into_iter().flatten())
        .map(Spanned::span)
        .chain(origin.connections.as_ref().map(Spanned::span))
        .chain(origin.secret.as_ref().map(Spanned::span))
        .chain(origin.routes.iter().map(|route| route.url.span()))
        .next()
}

fn read_secret(file: &Path) -> Result<HeaderValue, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("can't be read: {error}"))?;
    let word = text.trim();
    if word.len() < 16 {
        return Err("holds fewer than 16 characters, which can be guessed".to_owned());
    }
    let mut value = HeaderValue::from_str(word)
        .map_err(|_| "holds what no header can: one word is enough".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_read() {
        for (name, text) in PRESETS {
            let preset: raw::Preset = toml::from_str(text).expect(name);
            assert!(preset.articles.body.is_some(), "{name}");
            let paths = [
                &preset.origin.personal,
                &preset.origin.open,
                &preset.origin.closed,
                &preset.origin.terse,
            ];
            for path in paths.into_iter().flatten() {
                let pattern = PathPattern::new(path.get_ref());
                assert!(pattern.is_some(), "{name}: {}", path.get_ref());
            }
            for cookie in &preset.origin.sessions {
                assert!(CookieName::parse(cookie.get_ref()).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn what_a_preset_closes_it_does_not_open_again() {
        for (name, text) in PRESETS {
            let preset: raw::Preset = toml::from_str(text).expect(name);
            for closed in &preset.origin.closed {
                let path = closed.get_ref().replace("**", "a/b").replace('*', "a");
                let opens = |open: &&Spanned<String>| {
                    PathPattern::new(open.get_ref()).is_some_and(|open| open.matches(&path))
                };
                let open = preset.origin.open.iter().find(opens);
                assert!(open.is_none(), "{name}: {path} is open by {open:?}");
            }
        }
    }
}
