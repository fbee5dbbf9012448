//! `[app]`, `[[apps]]` and `[api]`: the publication's own app, which programs readers
//! may let in, and whose scripts may ask.

use std::time::Duration;

use toml::Spanned;
use web::{App, Redirect};

use super::check::Check;
use super::{Config, raw, values};

/// The longest time for which stories are kept on a device without asking: whoever has
/// left is read by nobody for longer.
const LONGEST_LEASE: Duration = Duration::from_hours(30 * 24);

/// The shortest: shorter ones would end on a day out.
const SHORTEST_LEASE: Duration = Duration::from_hours(1);

/// A week: a fortnight's holiday has a network somewhere.
const USUAL_LEASE: Duration = Duration::from_hours(7 * 24);

/// The most programs that readers may let in: each is written down by hand.
const MOST: usize = 50;

/// The most addresses of one, and the most origins.
const MOST_ADDRESSES: usize = 20;

/// The longest id and name of a program, in characters: both stand on a page.
const LONGEST: usize = 60;

impl Config {
    /// What is said of apps that nobody can have, each in a sentence.
    pub(super) fn doubts_of_apps(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if self.is_app_named && self.app.is_some() && !self.has_own_app() {
            doubts.push(
                "[app] is about an app that there isn't: it needs accounts ([mail]), and stories \
                 in the built-in publication ([origin] content)"
                    .to_owned(),
            );
        }
        if !self.apps.is_empty() && self.mail.is_none() {
            doubts.push(
                "readers can let none of [[apps]] in: they have no accounts. Say how mail is sent \
                 in [mail]"
                    .to_owned(),
            );
        }
        doubts
    }
}

impl Check<'_> {
    /// For how long the publication's own app keeps stories; `None` in it where there is
    /// no app.
    #[expect(
        clippy::option_option,
        reason = "what is wrong isn't what is switched off"
    )]
    pub(super) fn own_app(&mut self, raw: &raw::OwnApp) -> Option<Option<Duration>> {
        let range = SHORTEST_LEASE..=LONGEST_LEASE;
        let lease = self.value(
            raw.lease.as_ref(),
            USUAL_LEASE,
            |text| match values::duration(text)? {
                length if range.contains(&length) => Ok(length),
                _ => Err(
                    "a lease lasts \"1 h\" to \"30 days\": whoever has left reads on for as \
                          long"
                        .to_owned(),
                ),
            },
        )?;
        Some(raw.enabled.unwrap_or(true).then_some(lease))
    }

    /// The programs that readers may let in.
    pub(super) fn apps(&mut self, raw: &[raw::App]) -> Option<Vec<App>> {
        let mut apps: Vec<App> = Vec::new();
        let mut is_well = true;
        for (number, one) in raw.iter().enumerate() {
            if number == MOST {
                self.wrong(&one.id, format!("there can be at most {MOST} apps"));
                is_well = false;
                break;
            }
            let Some(app) = self.app(one) else {
                is_well = false;
                continue;
            };
            if apps.iter().any(|other| other.id == app.id) {
                let message = format!("there is another app called \"{}\"", app.id);
                self.wrong(&one.id, message);
                is_well = false;
                continue;
            }
            apps.push(app);
        }
        is_well.then_some(apps)
    }

    fn app(&mut self, raw: &raw::App) -> Option<App> {
        let id = raw.id.get_ref();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
        let is_id = !id.is_empty() && id.len() <= LONGEST && id.chars().all(fits);
        if !is_id {
            let message = "an app's id has small letters, digits, hyphens and dots, at most 60";
            self.wrong(&raw.id, message);
        }
        let name = raw.name.get_ref().trim();
        let is_name =
            (1..=LONGEST).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !is_name {
            self.wrong(
                &raw.name,
                "an app has a name that readers are shown, at most 60 long",
            );
        }
        let list = raw.redirects.get_ref();
        let is_list = (1..=MOST_ADDRESSES).contains(&list.len());
        if !is_list {
            let message = format!("an app has 1 to {MOST_ADDRESSES} addresses for answers");
            self.wrong(&raw.redirects, message);
        }
        let redirects: Vec<Redirect> = list.iter().filter_map(|one| self.redirect(one)).collect();
        let all_well = redirects.len() == list.len();
        (is_id && is_name && is_list && all_well).then(|| App {
            id: id.clone(),
            name: name.to_owned(),
            redirects,
        })
    }

    fn redirect(&mut self, raw: &Spanned<String>) -> Option<Redirect> {
        let read = raw.get_ref().parse();
        read.map_err(|why: web::BadRedirect| self.wrong(raw, why.to_string()))
            .ok()
    }

    /// The origins whose scripts may ask.
    pub(super) fn api(&mut self, raw: &raw::Api) -> Option<Vec<String>> {
        let origins: Vec<String> = raw
            .origins
            .iter()
            .take(MOST_ADDRESSES)
            .filter_map(|one| self.origin_of_scripts(one))
            .collect();
        if let Some(beyond) = raw.origins.get(MOST_ADDRESSES) {
            self.wrong(
                beyond,
                format!("there can be at most {MOST_ADDRESSES} origins"),
            );
        }
        (origins.len() == raw.origins.len()).then_some(origins)
    }

    fn origin_of_scripts(&mut self, raw: &Spanned<String>) -> Option<String> {
        let text = raw.get_ref();
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
        let is_origin = host.is_some_and(|host| !host.is_empty() && host.chars().all(fits));
        if is_origin {
            return Some(text.clone());
        }
        self.wrong_with_help(
            raw,
            format!("\"{text}\" is no origin"),
            "write scheme and host in small letters, as browsers do: \"https://app.example\"",
        );
        None
    }
}
