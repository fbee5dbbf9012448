//! The eleven prompts: a template each, filled from a typed context.
//!
//! A prompt is a *notice* on an open story or a *wall* after the beginning of
//! one. Which one a reader gets is decided elsewhere.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use access::{EntitlementName, GiftOver, Prompt};
use jiff::civil::Date;
use serde::Serialize;

use crate::gifts::{self, GiftPage};
use crate::load_error::{LoadError, LoadErrors, note};
use crate::locale::Locale;
use crate::messages::{DateStyle, Messages};
use crate::samples;
use crate::theme::{RenderError, Theme};
use crate::view::{Links, OfferText, PeriodWord, PromptView, Words};

/// The built-in templates: one for each prompt, one for each shape, and the page
/// of gift links.
const TEMPLATES: [(&str, &str); 15] = [
    (
        "prompts/notice.html",
        include_str!("../../../templates/prompts/notice.html"),
    ),
    (
        "prompts/wall.html",
        include_str!("../../../templates/prompts/wall.html"),
    ),
    (
        "prompts/countdown.html",
        include_str!("../../../templates/prompts/countdown.html"),
    ),
    (
        "prompts/last-story.html",
        include_str!("../../../templates/prompts/last-story.html"),
    ),
    (
        "prompts/gift.html",
        include_str!("../../../templates/prompts/gift.html"),
    ),
    (
        "prompts/gift-over.html",
        include_str!("../../../templates/prompts/gift-over.html"),
    ),
    (
        "prompts/gift-words.html",
        include_str!("../../../templates/prompts/gift-words.html"),
    ),
    (
        gifts::TEMPLATE,
        include_str!("../../../templates/gifts/page.html"),
    ),
    (
        "prompts/registration-wall.html",
        include_str!("../../../templates/prompts/registration-wall.html"),
    ),
    (
        "prompts/paywall.html",
        include_str!("../../../templates/prompts/paywall.html"),
    ),
    (
        "prompts/trial-ended.html",
        include_str!("../../../templates/prompts/trial-ended.html"),
    ),
    (
        "prompts/subscription-ended.html",
        include_str!("../../../templates/prompts/subscription-ended.html"),
    ),
    (
        "prompts/subscription-paused.html",
        include_str!("../../../templates/prompts/subscription-paused.html"),
    ),
    (
        "prompts/payment-trouble.html",
        include_str!("../../../templates/prompts/payment-trouble.html"),
    ),
    (
        "prompts/unavailable.html",
        include_str!("../../../templates/prompts/unavailable.html"),
    ),
];

/// The prompts of one publication, ready to be rendered.
#[derive(Debug)]
pub struct Prompts {
    theme: Theme,
    messages: Arc<Messages>,
    words: Words,
}

/// What a template sees.
#[derive(Serialize)]
struct Context<'a> {
    prompt: &'static str,
    publication: &'a str,
    links: Cow<'a, Links>,
    benefits: Vec<&'a str>,
    offer: Option<&'a OfferText>,
    signed_in: bool,
    crowded: bool,
    resumes: Option<String>,
    /// `expired`, `used-up` or `withdrawn`; nothing where no gift link is over.
    over: Option<&'static str>,
    /// Whether a meter with an allowance had a say: only then do the numbers
    /// mean anything.
    metered: bool,
    #[serde(flatten)]
    meter: MeterWords,
}

/// The meter in the words that messages choose their forms by.
#[derive(Default, Serialize)]
struct MeterWords {
    left: u16,
    used: u16,
    limit: u16,
    period: &'static str,
    days: u16,
    renews: Option<String>,
}

impl Prompts {
    /// The built-in prompts with the templates of the theme `folder` in front
    /// of them.
    ///
    /// Each prompt is rendered with samples in every locale first, so that a
    /// theme that could fail in front of a reader is refused here.
    pub fn load(
        folder: Option<&Path>,
        messages: Arc<Messages>,
        words: Words,
    ) -> Result<Self, LoadErrors> {
        let theme = Theme::load(TEMPLATES, folder, Arc::clone(&messages))?;
        let prompts = Self {
            theme,
            messages,
            words,
        };
        LoadErrors::check(prompts.rehearse())?;
        Ok(prompts)
    }

    /// The HTML of the slot for one reader: empty where the prompt needs a
    /// meter and none is given.
    ///
    /// Takes some ten to twenty microseconds; equal arguments give equal HTML,
    /// so who serves many readers keeps it.
    pub fn render(&self, view: &PromptView, locale: &Locale) -> Result<String, RenderError> {
        if view.needs_meter() && view.meter.is_none() {
            return Ok(String::new());
        }
        self.theme
            .render(template(view.prompt), locale, &self.context(view, locale))
    }

    /// The page of gift links.
    pub fn gift_page(&self, page: &GiftPage, locale: &Locale) -> Result<String, RenderError> {
        let day = |day| self.day(locale, day);
        let context = page.context(&self.words, day);
        self.theme.render(gifts::TEMPLATE, locale, &context)
    }

    fn context<'a>(&'a self, view: &'a PromptView, locale: &Locale) -> Context<'a> {
        Context {
            prompt: view.prompt.as_str(),
            publication: &self.words.publication,
            links: self.links(view),
            benefits: self.benefits(view),
            offer: view.offer.as_deref(),
            signed_in: view.signed_in,
            crowded: view.crowded,
            resumes: view.resumes.map(|day| self.day(locale, day)),
            over: view.over.map(GiftOver::as_str),
            metered: view.meter.is_some_and(|meter| meter.limit > 0),
            meter: self.meter_words(view, locale),
        }
    }

    /// The publication's links; an offer may be taken somewhere else.
    fn links(&self, view: &PromptView) -> Cow<'_, Links> {
        let links = &self.words.links;
        match view.offer.as_ref().and_then(|offer| offer.link.clone()) {
            None => Cow::Borrowed(links),
            Some(subscribe) => Cow::Owned(Links {
                subscribe,
                ..links.clone()
            }),
        }
    }

    /// The names of what is given, which messages have words for.
    fn benefits<'a>(&'a self, view: &'a PromptView) -> Vec<&'a str> {
        match view.offer.as_deref() {
            Some(offer) if !offer.grants.is_empty() => {
                offer.grants.iter().map(EntitlementName::as_str).collect()
            }
            _ => {
                let benefits = self.words.benefits.iter();
                benefits.map(|benefit| benefit.grant()).collect()
            }
        }
    }

    fn meter_words(&self, view: &PromptView, locale: &Locale) -> MeterWords {
        let Some(meter) = view.meter else {
            return MeterWords::default();
        };
        let (period, days) = match meter.period {
            PeriodWord::Month => ("month", 0),
            PeriodWord::Week => ("week", 0),
            PeriodWord::Days(days) => ("days", days),
        };
        MeterWords {
            left: meter.left(),
            used: meter.used,
            limit: meter.limit,
            period,
            days,
            renews: meter.renews.map(|day| self.day(locale, day)),
        }
    }

    fn day(&self, locale: &Locale, day: Date) -> String {
        self.messages.date(locale, day, DateStyle::DayMonth)
    }

    /// What is said in every locale.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Renders every sample in every locale; each failure once.
    fn rehearse(&self) -> Vec<LoadError> {
        let mut errors: Vec<LoadError> = Vec::new();
        for locale in self.messages.locales() {
            for view in samples::all() {
                if let Err(error) = self.render(&view, locale) {
                    note(&mut errors, error);
                }
            }
            for page in samples::gift_pages() {
                if let Err(error) = self.gift_page(&page, locale) {
                    note(&mut errors, error);
                }
            }
        }
        errors
    }
}

fn template(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::Countdown => "prompts/countdown.html",
        Prompt::LastStory => "prompts/last-story.html",
        Prompt::Gift => "prompts/gift.html",
        Prompt::GiftOver => "prompts/gift-over.html",
        Prompt::RegistrationWall => "prompts/registration-wall.html",
        Prompt::Paywall => "prompts/paywall.html",
        Prompt::TrialEnded => "prompts/trial-ended.html",
        Prompt::SubscriptionEnded => "prompts/subscription-ended.html",
        Prompt::SubscriptionPaused => "prompts/subscription-paused.html",
        Prompt::PaymentTrouble => "prompts/payment-trouble.html",
        Prompt::Unavailable => "prompts/unavailable.html",
    }
}
