//! The configuration that a probe proposes.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, anyhow};

use super::tiers::Tiers;
use crate::config::Config;

/// What is proposed.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) name: String,
    /// The address that readers know.
    pub(crate) url: String,
    /// Where the site itself listens.
    pub(crate) origin: String,
    /// What it has to be called, where that isn't the publication's host.
    pub(crate) host: Option<String>,
    /// One of the gate's own, or none.
    pub(crate) locale: Option<String>,
    pub(crate) preset: &'static str,
    /// The bodies, where the preset's don't fit.
    pub(crate) body: Vec<String>,
    /// Where subscriptions are sold, where a page says so.
    pub(crate) subscribe: Option<String>,
    pub(crate) tiers: Tiers,
}

/// Stories that an anonymous reader may read in a month, unless the publisher
/// says something else.
const ALLOWANCE: u16 = 3;

impl Proposal {
    /// The text of the configuration.
    pub(crate) fn text(&self) -> String {
        self.with_allowance(ALLOWANCE)
    }

    /// The same configuration as it is for a reader who has none left, with
    /// decisions said aloud.
    pub(crate) fn rehearsed(&self) -> Result<Config> {
        parsed(&(self.with_allowance(0) + "\n[debug]\nexpose_decisions = true\n"))
    }

    /// Checks it as `ludgate check` would.
    pub(crate) fn config(&self) -> Result<Config> {
        parsed(&self.text())
    }

    fn with_allowance(&self, anonymous: u16) -> String {
        let mut out = String::new();
        self.publication(&mut out);
        self.origin(&mut out);
        let registered = anonymous.saturating_add(2);
        let _ = write!(
            out,
            "\n[[meters]]\nid        = \"monthly\"\nperiod    = \"calendar month\"\nallowance = {{ \
             anonymous = {anonymous}, registered = {registered} }}\n\n# The first rule that matches \
             decides; nothing matching means a wall.\n"
        );
        self.rules(&mut out);
        if let Some(subscribe) = &self.subscribe {
            let _ = write!(out, "\n[links]\nsubscribe = {}\n", quoted(subscribe));
        }
        out
    }

    fn publication(&self, out: &mut String) {
        let _ = write!(
            out,
            "# Proposed by `ludgate probe`. Every key is described in \
             docs/reference/configuration.md.\n\n[publication]\nname     = {}\nurl      = {}    # as \
             readers write it\ntimezone = \"UTC\"    # in which days and months begin: put yours\n",
            quoted(&self.name),
            quoted(&self.url),
        );
        if let Some(locale) = self.locale.as_ref().filter(|locale| *locale != "en") {
            let _ = writeln!(out, "locales  = [{}]", quoted(locale));
        }
    }

    fn origin(&self, out: &mut String) {
        let _ = write!(
            out,
            "\n[origin]\nurl    = {}    # where the site itself listens, never the gate\npreset = {}\n",
            quoted(&self.origin),
            quoted(self.preset)
        );
        if let Some(host) = &self.host {
            let _ = writeln!(out, "host   = {}", quoted(host));
        }
        if !self.body.is_empty() {
            let list: Vec<String> = self.body.iter().map(|one| quoted(one)).collect();
            let _ = write!(out, "\n[articles]\nbody = [{}]\n", list.join(", "));
        }
    }

    fn rules(&self, out: &mut String) {
        let mut rule = |id: &str, when: &str, then: &str| {
            let when = match when {
                "" => String::new(),
                when => format!("when = {{ {when} }}\n"),
            };
            let _ = write!(out, "\n[[rules]]\nid   = \"{id}\"\n{when}then = {then}\n");
        };
        let wall = "{ wall = \"subscribe\" }";
        if self.tiers.free > 0 {
            rule("free", "tier = \"free\"", "\"open\"");
        }
        rule("subscribers", "entitled = \"read\"", "\"open\"");
        if self.tiers.locked > 0 {
            rule("exclusive", "tier = \"locked\"", wall);
        }
        let lists = [("section", &self.tiers.sections), ("tag", &self.tiers.tags)];
        for (kind, names) in lists {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            if !names.is_empty() {
                let when = format!("{kind} = [{}]", names.join(", "));
                rule(&format!("{kind}-for-subscribers"), &when, wall);
            }
        }
        rule(
            "metered",
            "",
            "{ meter = \"monthly\", wall = \"subscribe\" }",
        );
    }
}

fn parsed(text: &str) -> Result<Config> {
    Config::parse(text, Path::new("")).map_err(|errors| {
        let said: Vec<String> = errors.into_iter().map(|error| error.message).collect();
        anyhow!(
            "what was found makes no configuration: {}. That is a mistake of this command; please \
             report it with the site's address",
            said.join("; ")
        )
    })
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                out.push('\\');
                out.push(char);
            }
            char if char.is_control() => out.push(' '),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal() -> Proposal {
        Proposal {
            name: "The \"Post\" \\ \u{7f}\nof today".to_owned(),
            url: "https://post.example".to_owned(),
            origin: "http://127.0.0.1:3000".to_owned(),
            host: Some("post.internal".to_owned()),
            locale: Some("ja".to_owned()),
            preset: "generic",
            body: vec!["[class*=\"Article_body__\"]".to_owned(), ".text".to_owned()],
            subscribe: Some("/abo/".to_owned()),
            tiers: Tiers {
                free: 1,
                metered: 0,
                locked: 1,
                not_for_free: 0,
                sections: vec!["Premium".to_owned()],
                tags: vec!["members \"only\"".to_owned()],
            },
        }
    }

    #[test]
    fn whatever_a_site_calls_itself_the_proposal_can_be_started_with() {
        let config = proposal().config().expect("a configuration");
        assert_eq!(config.name, "The \"Post\" \\   of today");
        assert_eq!(
            config.articles.body,
            ["[class*=\"Article_body__\"]", ".text"]
        );
        assert_eq!(config.links.subscribe, "/abo/");
        let ids: Vec<&str> = config.rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "free",
                "subscribers",
                "exclusive",
                "section-for-subscribers",
                "tag-for-subscribers",
                "metered"
            ]
        );
        assert!(proposal().rehearsed().is_ok());
    }
}
