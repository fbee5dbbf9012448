//! The templates of these pages, a publisher's in front of the built-in ones.

use std::path::Path;
use std::sync::Arc;

use prompts::{LoadError, LoadErrors, Locale, Messages, RenderError, Theme, note};

use crate::accounts;
use crate::app;
use crate::delivery;
use crate::feeds;
use crate::history;
use crate::oauth;
use crate::samples::{self, Render};
use crate::shop;
use crate::subscriptions;
use crate::texts;
use crate::view::{Frame, Page};

/// Templates by their name, as they are built in.
macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../templates/", $name)))),*]
    };
}
pub(crate) use templates;

/// Those of all rooms.
fn builtin() -> Vec<(&'static str, &'static str)> {
    [
        accounts::TEMPLATES,
        feeds::TEMPLATES,
        shop::TEMPLATES,
        subscriptions::TEMPLATES,
        oauth::TEMPLATES,
        delivery::TEMPLATES,
        app::TEMPLATES,
        texts::TEMPLATES,
        history::TEMPLATES,
    ]
    .concat()
}

/// The templates, tried out.
pub(crate) struct Templates {
    theme: Theme,
    messages: Arc<Messages>,
}

impl Templates {
    /// Loads them and renders each sample in every locale, so that a theme that
    /// could fail in front of a reader is refused here.
    pub(crate) fn load(folder: Option<&Path>, messages: Arc<Messages>) -> Result<Self, LoadErrors> {
        let theme = Theme::load(builtin(), folder, Arc::clone(&messages))?;
        let templates = Self { theme, messages };
        let mut rehearsal = Rehearsal {
            templates: &templates,
            errors: Vec::new(),
        };
        samples::all(&mut rehearsal);
        LoadErrors::check(rehearsal.errors)?;
        Ok(templates)
    }

    pub(crate) fn render<P: Page>(
        &self,
        frame: &Frame<'_, P>,
        locale: &Locale,
    ) -> Result<String, RenderError> {
        let html = self.theme.render(P::TEMPLATE, locale, frame)?;
        Ok(focused(html))
    }

    pub(crate) fn messages(&self) -> &Messages {
        &self.messages
    }
}

/// Says of a field that what was typed into it is wrong. No name can hold it: its
/// quotes would be escaped.
const WRONG: &str = " aria-invalid=\"true\"";

/// The page, with the focus on the first field that is wrong.
fn focused(html: String) -> String {
    if !html.contains(WRONG) {
        return html;
    }
    html.replacen(WRONG, &format!(" autofocus{WRONG}"), 1)
}

struct Rehearsal<'a> {
    templates: &'a Templates,
    errors: Vec<LoadError>,
}

impl Render for Rehearsal<'_> {
    fn render<P: Page>(&mut self, page: &P) {
        let frame = Frame {
            publication: samples::HOSTILE,
            language: Some("en"),
            prefix: "/-/",
            style: "/-/assets/account.css",
            looks: Some("/-/assets/looks.css"),
            token: "token",
            page,
        };
        for locale in self.templates.messages.locales() {
            if let Err(error) = self.templates.render(&frame, locale) {
                note(&mut self.errors, error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the names of the rooms' messages begin with.
    const ROOMS: [&str; 10] = [
        "app-",
        "account-",
        "feeds-",
        "history-",
        "shop-",
        "country-",
        "subscription-",
        "invoice-",
        "delivery-",
        "search-",
    ];

    struct Look {
        templates: Templates,
        pages: usize,
        /// How many of them have scripts.
        scripted: usize,
    }

    /// Whether a page has the two scripts of one where Stripe is paid; it has
    /// both or none, and no other but that of the app.
    fn has_both_scripts(html: &str, at: &str) -> bool {
        let html = html.replace("&#x2f;", "/");
        let tag = |script| format!("<script src=\"{script}\" defer></script>");
        let html = html.replacen(&tag(app::samples::SCRIPT), "", 1);
        let ours = [shop::samples::SCRIPT, shop::samples::STRIPE]
            .map(|script| html.matches(&tag(script)).count());
        let all = html.matches("<script").count();
        assert!(
            (ours, all) == ([0, 0], 0) || (ours, all) == ([1, 1], 2),
            "{at}: {html}"
        );
        all > 0
    }

    /// The first field that is wrong has the focus, what leads to one leads
    /// somewhere, and what describes it is there.
    fn check_what_is_wrong(html: &str, at: &str) {
        let is_wrong = html.contains(WRONG);
        let focus = html.find(" autofocus");
        assert!(!is_wrong || focus <= html.find(WRONG), "{at}: {html}");
        assert_eq!(
            html.matches(" autofocus aria-invalid").count(),
            usize::from(is_wrong),
            "{at}"
        );
        let ids = |name: &str| -> Vec<String> {
            let values = html.split(name).skip(1);
            let values = values.filter_map(|rest| rest.split('"').next());
            values
                .flat_map(str::split_whitespace)
                .map(str::to_owned)
                .collect()
        };
        let leads = ids("href=\"#");
        for id in leads
            .iter()
            .chain(&ids("aria-describedby=\""))
            .chain(&ids("aria-labelledby=\""))
        {
            assert!(
                html.contains(&format!(" id=\"{id}\"")),
                "{at}: {id}: {html}"
            );
        }
        assert!(
            !is_wrong || !leads.is_empty() || has_one_field(html),
            "{at}: {html}"
        );
    }

    /// Where there is but one field to write in, the focus says which is wrong.
    fn has_one_field(html: &str) -> bool {
        let kind = |input: &str, kind: &str| {
            let input = input.split('>').next().unwrap_or_default();
            input.contains(&format!("type=\"{kind}\""))
        };
        let shown = html.split("<input").skip(1);
        let shown = shown.filter(|input| !kind(input, "hidden") && !kind(input, "radio"));
        shown.count() == 1
    }

    impl Render for Look {
        fn render<P: Page>(&mut self, page: &P) {
            let frame = Frame {
                publication: samples::HOSTILE,
                language: Some("en"),
                prefix: "/-/",
                style: "/-/assets/account.css",
                looks: Some("/-/assets/looks.css"),
                token: "token-of-this-form",
                page,
            };
            for locale in self.templates.messages.locales() {
                let html = self.templates.render(&frame, locale).expect("a page");
                let at = format!("{} in {locale}", P::TEMPLATE);
                assert!(html.starts_with("<!doctype html>"), "{at}");
                assert!(html.contains(&format!("<html lang=\"{locale}\"")), "{at}");
                self.scripted += usize::from(has_both_scripts(&html, &at));
                assert_eq!(html.matches("<h1").count(), 1, "{at}");
                let mut after = html.split("。 ").skip(1);
                assert!(after.all(|rest| rest.starts_with("<a ")), "{at}: {html}");
                let forms = html.matches("method=\"post\"").count();
                let tokens = html.matches("value=\"token-of-this-form\"").count();
                assert_eq!(forms, tokens, "{at}: every form is ours");
                check_what_is_wrong(&html, &at);
                for input in html.split("<input").skip(1) {
                    let input = input.split('>').next().unwrap_or_default();
                    if input.contains("type=\"hidden\"") {
                        continue;
                    }
                    let id = input.split("id=\"").nth(1).expect("an id");
                    let id = id.split('"').next().unwrap_or_default();
                    assert!(html.contains(&format!("for=\"{id}\"")), "{at}: {id}");
                    assert!(input.contains("autocomplete="), "{at}: {id}");
                }
                self.pages += 1;
            }
        }
    }

    #[test]
    fn every_page_is_whole_in_every_locale_and_no_name_becomes_markup() {
        let messages = Arc::new(Messages::load(None).expect("messages"));
        let locales = messages.locales().len();
        let templates = Templates::load(None, messages).expect("templates");
        let mut look = Look {
            templates,
            pages: 0,
            scripted: 0,
        };
        samples::all(&mut look);
        assert!(look.pages >= 30 * locales, "{}", look.pages);
        assert!(look.scripted >= 3 * locales, "{}", look.scripted);
    }

    /// What a theme has made of a template, to be known again by.
    fn mark(name: &str) -> String {
        format!("own-{}", name.replace(['/', '.'], "-"))
    }

    /// Looks for the marks of all templates on all pages.
    struct Marked {
        templates: Templates,
        missing: Vec<&'static str>,
    }

    impl Render for Marked {
        fn render<P: Page>(&mut self, page: &P) {
            let frame = Frame {
                publication: samples::HOSTILE,
                language: Some("en"),
                prefix: "/-/",
                style: "/-/assets/account.css",
                looks: None,
                token: "token",
                page,
            };
            let html = self.templates.render(&frame, &Locale::english());
            let html = html.expect("a page");
            let is_there = |name: &str| html.contains(&format!("class=\"{} ", mark(name)));
            self.missing.retain(|name| !is_there(name));
        }
    }

    #[test]
    fn every_template_can_be_overridden_in_a_theme_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in builtin() {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            let own = text.replacen("class=\"", &format!("class=\"{} ", mark(name)), 1);
            std::fs::write(file, own).expect("a file");
        }
        let messages = Arc::new(Messages::load(None).expect("messages"));
        let mut marked = Marked {
            templates: Templates::load(Some(folder.path()), messages).expect("a theme"),
            missing: builtin().into_iter().map(|(name, _)| name).collect(),
        };
        samples::all(&mut marked);
        assert_eq!(
            marked.missing, [""; 0],
            "no page shows what a theme made of it"
        );
    }

    #[test]
    fn every_locale_has_every_word() {
        let messages = Messages::load(None).expect("messages");
        for locale in messages.locales() {
            let missing = messages.missing(locale);
            let ours: Vec<_> = missing
                .iter()
                .filter(|key| ROOMS.iter().any(|room| key.starts_with(room)))
                .collect();
            assert!(ours.is_empty(), "{locale}: {ours:?}");
        }
    }
}
