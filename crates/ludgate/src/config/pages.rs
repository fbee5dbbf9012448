//! The sections `[articles]` and `[gate]`: how stories are recognised, and how
//! the gate deals with who asks for them.

use std::time::Duration;

use access::{PathPattern, Tier};
use gateway::{Asker, Mode};
use toml::Spanned;

use super::check::Check;
use super::errors::ConfigError;
use super::{Articles, BODY, FRESH_READERS, Gate, raw, values};

/// The least that pages may take on the disk: thirty-two files of two megabytes,
/// in each of which a long page fits.
const LEAST_DISK: u64 = 64 << 20;

impl Check<'_> {
    /// What is left out is the preset's to say; of a foreign site nobody else
    /// knows how its stories are marked.
    pub(super) fn articles(
        &mut self,
        raw: &raw::Articles,
        preset: Option<&raw::Preset>,
        is_foreign: bool,
    ) -> Option<Articles> {
        let preset = preset.map(|preset| &preset.articles);
        let body = match raw
            .body
            .as_ref()
            .or(preset.and_then(|one| one.body.as_ref()))
        {
            Some(body) => {
                let list = body.get_ref().0.clone();
                if list.is_empty() {
                    self.wrong_with_help(
                        body,
                        "without a selector no story would be recognised, and none withheld"
                            .to_owned(),
                        "write at least one, for example \".story-body\", or leave the key out",
                    );
                } else if let Err(error) = page::check_selectors(&list) {
                    self.wrong(body, error.to_string());
                }
                list
            }
            None if is_foreign => {
                self.errors.push(
                    ConfigError::whole("nothing says which elements hold a story's text").help(
                        "name them: [articles] body = [\".entry-content\"]; or choose a preset: \
                         [origin] preset = \"wordpress\"",
                    ),
                );
                return None;
            }
            None => vec![BODY.to_owned()],
        };
        let own = [raw.lists.as_ref(), raw.continued.as_ref()];
        let presets = preset.map_or([None; 2], |one| {
            [one.lists.as_ref(), one.continued.as_ref()]
        });
        let [lists, continued] = [0, 1].map(|at: usize| {
            let around = own[at].or(presets[at])?;
            let list = around.get_ref().0.clone();
            if let Err(error) = page::check_selectors(&list) {
                self.wrong(around, error.to_string());
            }
            Some(list)
        });
        let mut paths = Vec::new();
        for one in raw.paths.iter().flatten() {
            match PathPattern::new(one.get_ref()) {
                Some(pattern) => paths.push(pattern),
                None => self.wrong(one, "is no path; write for example \"/stories/**\""),
            }
        }
        if !is_foreign {
            // Where the built-in publication's stories are, whatever else is said.
            paths.extend(PathPattern::new("/stories/**"));
        }
        let tier = self.value(raw.tier.as_ref(), Tier::Metered, |word| {
            Tier::parse(word).ok_or_else(|| "tiers are free, metered and locked".to_owned())
        });
        let max_age = self.value(
            raw.max_age.as_ref(),
            Duration::from_mins(1),
            values::duration,
        );
        let memory = self.value(raw.memory.as_ref(), 256 << 20, values::bytes);
        let disk = self.value(raw.disk.as_ref(), None, |text| match values::bytes(text)? {
            0 => Ok(None),
            few if few < LEAST_DISK => Err("at least \"64 MB\" are needed".to_owned()),
            enough => Ok(Some(enough)),
        });
        let preview = self.preview(raw.preview.as_ref());
        let mut query = raw
            .query
            .clone()
            .or_else(|| preset.and_then(|preset| preset.query.clone()))
            .unwrap_or_else(|| vec!["page".to_owned(), "q".to_owned()]);
        // Without them the publication's own search would lose its filters.
        let own = (!is_foreign).then_some(publication::PARAMETERS);
        for name in own.into_iter().flatten() {
            if !query.iter().any(|known| known == name) {
                query.push(name.to_owned());
            }
        }
        Some(Articles {
            body,
            lists: lists.unwrap_or_default(),
            continued: continued.unwrap_or_default(),
            paths,
            preview: preview?,
            tier: tier?,
            max_age: max_age?,
            memory: memory?,
            disk: disk?,
            query: query.into_iter().map(String::into_boxed_str).collect(),
        })
    }

    fn preview(&mut self, raw: Option<&Spanned<raw::Preview>>) -> Option<page::Preview> {
        let Some(raw) = raw else {
            return Some(page::Preview::Words(100));
        };
        match (raw.get_ref().words, raw.get_ref().paragraphs) {
            (Some(words), None) => Some(page::Preview::Words(words)),
            (None, Some(paragraphs)) => Some(page::Preview::Paragraphs(paragraphs)),
            _ => {
                let help = "write { words = 100 } or { paragraphs = 2 }";
                self.wrong_with_help(raw, "a preview is words or paragraphs".to_owned(), help);
                None
            }
        }
    }

    pub(super) fn gate(&mut self, raw: &raw::Gate, proxies: &[Spanned<String>]) -> Option<Gate> {
        let mode = self.value(raw.mode.as_ref(), Mode::Enforce, |word| match word {
            "enforce" => Ok(Mode::Enforce),
            "observe" => Ok(Mode::Observe),
            _ => Err(format!(
                "\"{word}\" is no mode; there are \"enforce\" and \"observe\""
            )),
        });
        let prefix = self.value(raw.prefix.as_ref(), "/-/".to_owned(), |prefix| {
            let whole = prefix.len() > 2 && prefix.starts_with('/') && prefix.ends_with('/');
            let plain = prefix
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"/-_~".contains(&b));
            if whole && plain && !prefix.contains("//") {
                Ok(prefix.to_owned())
            } else {
                Err("a prefix begins and ends with a slash, for example \"/-/\"".to_owned())
            }
        });
        let country_header = self.value(raw.country_header.as_ref(), None, |name| {
            name.parse()
                .map(Some)
                .map_err(|_| format!("\"{name}\" is no header's name"))
        });
        if let Some(name) = &raw.country_header
            && proxies.is_empty()
        {
            self.wrong_with_help(
                name,
                "no proxy is trusted, so nobody's word on the country would be taken".to_owned(),
                "name the proxy that sets the header: [server] trusted_proxies = [\"…\"]",
            );
        }
        let asker = self.value(raw.forward_auth.as_ref(), None, |name| {
            let asker = Asker::ALL.into_iter().find(|asker| asker.as_str() == name);
            asker.map(Some).ok_or_else(|| {
                format!(
                    "\"{name}\" is no proxy that asks; there are \"nginx\", \"traefik\", \"caddy\" \
                     and \"envoy\""
                )
            })
        });
        if let Some(name) = &raw.forward_auth
            && proxies.is_empty()
        {
            self.wrong_with_help(
                name,
                "no proxy is trusted, so nobody could ask".to_owned(),
                "name the proxy that asks: [server] trusted_proxies = [\"…\"]",
            );
        }
        let countries = self.countries_file(raw.countries.as_ref());
        Some(Gate {
            mode: mode?,
            asker: asker?,
            fresh_readers: raw.fresh_readers.unwrap_or(FRESH_READERS),
            most_read: raw.most_read.unwrap_or(true),
            prefix: prefix?,
            country_header: country_header?,
            countries,
        })
    }

    /// What lies under the prefix is the gate's own: no story there is ever
    /// asked for.
    pub(super) fn hidden_paths(&mut self, raw: &raw::File, articles: &Articles, gate: &Gate) {
        let hides = |pattern: &str| fixed_beginning(pattern).starts_with(&gate.prefix);
        let mut patterns = articles.paths.iter().map(PathPattern::as_str);
        let Some(pattern) = patterns.find(|pattern| hides(pattern)) else {
            return;
        };
        let mut written = raw.articles.paths.iter().flatten();
        let written = written.find(|one| hides(one.get_ref()));
        // Without the one, it is the other that was written.
        if let Some(place) = raw.gate.prefix.as_ref().or(written) {
            let message = format!(
                "everything under \"{}\" is the gate's own, but [articles] paths has \"{pattern}\" \
                 hold stories",
                gate.prefix
            );
            let help = "give [gate] prefix a path that no page lies under, such as \"/-/\"";
            self.wrong_with_help(place, message, help);
        }
    }
}

/// What every path begins with that fits `pattern`.
fn fixed_beginning(pattern: &str) -> &str {
    pattern.split('*').next().unwrap_or_default()
}
