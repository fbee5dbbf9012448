//! Where a program may have answers sent: addresses to the letter, but for the port of
//! one on the reader's own machine (RFC 8252).

use std::fmt;
use std::str::FromStr;

/// The longest address, in bytes.
const LONGEST: usize = 500;

/// Loopback, as addresses name it. `localhost` may be somebody else's (RFC 8252, 8.3).
const LOOPBACK: [&str; 2] = ["http://127.0.0.1", "http://[::1]"];

/// An address that answers may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect(String);

/// Why text is no such address, in words for whoever configures it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadRedirect(&'static str);

impl fmt::Display for BadRedirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Redirect {
    type Err = BadRedirect;

    /// Takes `https://app.example/path`, `http://127.0.0.1/path`, `http://[::1]/path`
    /// and `example.app:/path`, whose scheme is a domain turned round.
    fn from_str(text: &str) -> Result<Self, BadRedirect> {
        let bad = |why| Err(BadRedirect(why));
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_plain || text.len() > LONGEST || text.contains(['"', '\'', '\\', '<', '>', ';', ','])
        {
            return bad("an address has plain characters only, and at most 500");
        }
        if text.contains('#') {
            return bad("an address that answers are sent to has no fragment");
        }
        if text.contains('*') {
            return bad("every address is written out; there are no stars");
        }
        let Some((scheme, rest)) = text.split_once(':') else {
            return bad("write the whole address: \"https://app.example/signed-in\"");
        };
        match scheme {
            "https" => {
                let host = rest
                    .strip_prefix("//")
                    .and_then(|rest| rest.split('/').next());
                if host.is_none_or(|host| host.is_empty() || host.contains('@')) {
                    return bad("write the whole address: \"https://app.example/signed-in\"");
                }
            }
            "http" => {
                let after = LOOPBACK.iter().find_map(|home| text.strip_prefix(home));
                if !after.is_some_and(|after| after.starts_with('/')) {
                    return bad(
                        "over http answers are sent to the reader's own machine only: \
                         \"http://127.0.0.1/signed-in\", without a port, which may be any",
                    );
                }
            }
            scheme => {
                let fits =
                    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
                let is_own = scheme.contains('.') && scheme.chars().all(fits);
                if !is_own || !scheme.starts_with(|c: char| c.is_ascii_lowercase()) {
                    return bad("a scheme of the app's own is its domain turned round: \
                         \"example.app.reader:/signed-in\"");
                }
                if !rest.starts_with('/') || rest.starts_with("//") {
                    return bad("after a scheme of the app's own comes one slash");
                }
            }
        }
        Ok(Self(text.to_owned()))
    }
}

impl Redirect {
    /// Whether an answer may be sent to `place`: to the letter, but for the port on the
    /// reader's own machine.
    pub(crate) fn allows(&self, place: &str) -> bool {
        if self.0 == place {
            return true;
        }
        let home = LOOPBACK.iter().find(|home| self.0.starts_with(**home));
        let Some((home, own)) = home.and_then(|home| Some((home, self.0.strip_prefix(*home)?)))
        else {
            return false;
        };
        let port = place
            .strip_prefix(*home)
            .and_then(|rest| rest.strip_prefix(':'));
        let port = port.and_then(|rest| rest.strip_suffix(own));
        port.is_some_and(|port| {
            let is_number = !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit());
            is_number && port.parse::<u16>().is_ok()
        })
    }
}

/// What a page's policy has to allow, so that its form may lead to that place.
pub(crate) fn source(place: &str) -> Option<&str> {
    let (scheme, rest) = place.split_once(':')?;
    let end = match scheme {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?.split(['/', '?']).next()?;
            scheme.len() + "://".len() + host.len()
        }
        _ => scheme.len() + 1,
    };
    place.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_the_readers_own_machine_or_a_scheme_of_the_apps_own() {
        for good in [
            "https://app.example/cb",
            "https://app.example",
            "http://127.0.0.1/cb",
            "http://[::1]/cb",
            "example.app:/cb",
            "org.example.reader-2:/",
        ] {
            assert!(good.parse::<Redirect>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "app",
            "http://app.example/cb",
            "http://localhost/cb",
            "http://127.0.0.1:8080/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://127.0.0.1@evil.example/cb",
            "https:///cb",
            "https://a@b/cb",
            "https://app.example/cb#x",
            "https://*.example/cb",
            "myapp:/cb",
            "javascript:alert(1)",
            "data:text/html,x",
            "example.app://host/cb",
            "Example.app:/cb",
            "https://app.example/c b",
            "https://app.example/; script-src *",
        ] {
            assert!(bad.parse::<Redirect>().is_err(), "{bad}");
        }
    }

    #[test]
    fn answers_go_to_the_letter_but_for_the_port_on_the_readers_own_machine() {
        let check = |own: &str, place: &str, allowed: bool| {
            let own: Redirect = own.parse().expect("an address");
            assert_eq!(own.allows(place), allowed, "{own:?} {place}");
        };
        check("https://app.example/cb", "https://app.example/cb", true);
        for place in [
            "https://app.example/cb/",
            "https://app.example/cb?x=1",
            "https://app.example:444/cb",
            "https://APP.example/cb",
            "http://app.example/cb",
            "https://app.example/cbx",
        ] {
            check("https://app.example/cb", place, false);
        }
        let home = "http://127.0.0.1/cb";
        for (place, allowed) in [
            ("http://127.0.0.1/cb", true),
            ("http://127.0.0.1:49152/cb", true),
            ("http://127.0.0.1:1/cb", true),
            ("http://127.0.0.1:0/cb", false),
            ("http://127.0.0.1:/cb", false),
            ("http://127.0.0.1:99999/cb", false),
            ("http://127.0.0.1:80@evil.example/cb", false),
            ("http://127.0.0.1:80/x/cb", false),
            ("http://127.0.0.1:80/other", false),
            ("http://[::1]:80/cb", false),
            ("https://127.0.0.1:80/cb", false),
        ] {
            check(home, place, allowed);
        }
        check("example.app:/cb", "example.app:/cb", true);
        check("example.app:/cb", "example.app:/cb2", false);
    }

    #[test]
    fn a_policy_names_no_more_than_where_the_form_leads() {
        for (place, expected) in [
            ("https://app.example/cb?x", "https://app.example"),
            ("http://127.0.0.1:49152/cb", "http://127.0.0.1:49152"),
            ("example.app:/cb", "example.app:"),
        ] {
            assert_eq!(source(place), Some(expected));
        }
    }
}
