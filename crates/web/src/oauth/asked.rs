//! What a program asks for, as its reader's browser brings it.

use store::apps::Scopes;

use super::App;
use crate::form::Form;
use crate::link;

/// The longest that a program may have handed back to it, in bytes; docs/guides/apps.md
/// says so.
const LONGEST_STATE: usize = 1_000;

/// How long a challenge is: 32 bytes in base64 (RFC 7636, 4.2).
const CHALLENGE: usize = 43;

/// What is asked for, which may be granted.
pub(super) struct Asked<'a> {
    pub(super) app: &'a App,
    pub(super) redirect: String,
    pub(super) state: Option<String>,
    pub(super) challenge: String,
    pub(super) scopes: Scopes,
}

/// Why the reader isn't asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotAsked {
    /// Nobody is known who could be told.
    Unknown,
    /// What was sent could be read in more ways than one, or couldn't be handed back.
    Unfit,
    /// The program is told so, by its browser's way back: where, and what.
    Told {
        redirect: String,
        state: Option<String>,
        error: &'static str,
    },
}

impl<'a> Asked<'a> {
    pub(super) fn read(form: &Form, apps: &'a [App]) -> Result<Self, NotAsked> {
        // RFC 6749, 3.1. Whose way back would it be that is told?
        if form.repeats() {
            return Err(NotAsked::Unfit);
        }
        let app = apps.iter().find(|app| app.id == form.get("client_id"));
        let app = app.ok_or(NotAsked::Unknown)?;
        let place = form.get("redirect_uri");
        if !app.redirects.iter().any(|redirect| redirect.allows(place)) {
            return Err(NotAsked::Unknown);
        }
        let state = Some(form.get("state")).filter(|state| !state.is_empty());
        if state.is_some_and(|state| state.len() > LONGEST_STATE) {
            return Err(NotAsked::Unfit);
        }
        let told = |error| NotAsked::Told {
            redirect: place.to_owned(),
            state: state.map(str::to_owned),
            error,
        };
        if form.get("response_type") != "code" {
            return Err(told("unsupported_response_type"));
        }
        let challenge = form.get("code_challenge");
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let is_one = challenge.len() == CHALLENGE && challenge.bytes().all(fits);
        if form.get("code_challenge_method") != "S256" || !is_one {
            return Err(told("invalid_request"));
        }
        let scopes = Scopes::parse(form.get("scope")).ok_or_else(|| told("invalid_scope"))?;
        Ok(Self {
            app,
            redirect: place.to_owned(),
            state: state.map(str::to_owned),
            challenge: challenge.to_owned(),
            scopes,
        })
    }

    /// The same, for the form that says yes or no.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.app.id.clone()),
            ("redirect_uri", self.redirect.clone()),
            ("code_challenge", self.challenge.clone()),
            ("code_challenge_method", "S256".to_owned()),
            ("scope", self.scopes.to_string()),
        ];
        fields.extend(self.state.clone().map(|state| ("state", state)));
        fields
    }
}

/// The address that an answer is sent to: with what is said, the program's own state,
/// and who says it (RFC 9207).
pub(super) fn answered(
    redirect: &str,
    said: (&str, &str),
    state: Option<&str>,
    issuer: &str,
) -> String {
    let state = state.map(|state| ("state", state));
    let pairs = [said].into_iter().chain(state).chain([("iss", issuer)]);
    match redirect.split_once('?') {
        None => link::with(redirect, pairs),
        Some((path, query)) => {
            let added = link::with("", pairs);
            let added = added.trim_start_matches('?');
            let and = if query.is_empty() { "" } else { "&" };
            format!("{path}?{query}{and}{added}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> App {
        App {
            id: "reader".to_owned(),
            name: "Reader".to_owned(),
            redirects: vec!["example.app:/cb".parse().expect("an address")],
        }
    }

    const GOOD: &str = "response_type=code&client_id=reader&redirect_uri=example.app:/cb\
        &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
        &code_challenge_method=S256&scope=read+saved&state=xyz";

    #[test]
    fn what_is_asked_for_is_read_and_written_the_same() {
        let apps = [app()];
        let Ok(asked) = Asked::read(&Form::read(GOOD.as_bytes()), &apps) else {
            panic!("it isn't asked for");
        };
        assert_eq!(asked.scopes.to_string(), "read saved");
        let written = link::with("", asked.fields().iter().map(|(n, v)| (*n, v.as_str())));
        let written = written.trim_start_matches('?').to_owned();
        let again = Asked::read(&Form::read(written.as_bytes()), &apps);
        assert_eq!(again.ok().map(|again| again.fields()), Some(asked.fields()));
    }

    #[test]
    fn who_isnt_known_or_writes_things_twice_is_told_nothing_and_others_what_is_wrong() {
        let apps = [app()];
        let check = |from: &str, to: &str, expected: &str| {
            let query = GOOD.replace(from, to);
            assert_ne!(query, GOOD, "{from}");
            let why = Asked::read(&Form::read(query.as_bytes()), &apps).err();
            let told = why.map(|why| match why {
                NotAsked::Unknown => "unknown",
                NotAsked::Unfit => "unfit",
                NotAsked::Told { error, .. } => error,
            });
            assert_eq!(told, Some(expected), "{query}");
        };
        check("client_id=reader", "client_id=other", "unknown");
        check("client_id=reader", "x=reader", "unknown");
        check("example.app:/cb", "https://evil.example/", "unknown");
        check("redirect_uri=", "x=", "unknown");
        check("xyz", &"x".repeat(1_001), "unfit");
        for twice in [
            "client_id=reader",
            "redirect_uri=https://evil.example/",
            "state=",
            "x=1&x=1",
        ] {
            check("&state", &format!("&{twice}&state"), "unfit");
        }
        check("type=code", "type=token", "unsupported_response_type");
        check("S256", "plain", "invalid_request");
        check("-cM", "-c", "invalid_request");
        check("-cM", "-c.", "invalid_request");
        check("scope=read", "scope=root", "invalid_scope");
    }

    #[test]
    fn an_answer_keeps_the_query_that_its_address_has() {
        let to = |place: &str| answered(place, ("code", "a b"), Some("x&y"), "https://r.example");
        let said = "code=a+b&state=x%26y&iss=https%3A%2F%2Fr.example";
        assert_eq!(to("example.app:/cb"), format!("example.app:/cb?{said}"));
        assert_eq!(to("https://a/b?c=d"), format!("https://a/b?c=d&{said}"));
    }
}
