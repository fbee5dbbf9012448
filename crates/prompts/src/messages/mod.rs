//! The words of every locale: Fluent messages, built in and overridden.
//!
//! Everything that can be wrong with a message is found when it is loaded;
//! asking for one can't fail. This module must not know what the messages are
//! for, nor anything of HTML.
//!
//! Two decisions hold for all messages:
//!
//! - **Digits.** Numbers in Arabic are written ٠ to ٩. All other locales write
//!   0 to 9, and so do the regions of Arabic where that is usual once they are
//!   locales of their own: an `ar-MA.ftl` among the overrides makes one, even
//!   if it is empty. Texts that come formatted already, such as prices, are
//!   left as they are.
//! - **Directions.** A text argument is wrapped in Unicode isolates (U+2068 …
//!   U+2069) where it holds letters that run against the sentence, and nowhere
//!   else, so that ordinary text is free of invisible characters.

mod check;
mod date;
mod old_style;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use rust_embed::RustEmbed;

pub use self::date::DateStyle;

use self::check::{File, Vocabulary};
use crate::folder;
use crate::load_error::{LoadError, LoadErrors, Problem};
use crate::locale::{Direction, Locale};

#[derive(RustEmbed)]
#[folder = "../../messages"]
#[include = "*.ftl"]
struct BuiltIn;

/// What a placeholder in a message stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg<'a> {
    /// A number, which also chooses the plural form.
    Number(i64),
    /// A text, put in as it is.
    Text(&'a str),
    /// A word of ours that a message chooses its form by.
    Word(&'a str),
    /// A date, written as its locale does: "1 December", "12月1日".
    Date(jiff::civil::Date, DateStyle),
}

/// The messages of every locale. Shared by all threads.
pub struct Messages {
    /// English first, then by tag; each at the place of its bundle.
    locales: Vec<Locale>,
    bundles: Vec<Bundle>,
    vocabulary: Vocabulary,
}

struct Bundle {
    direction: Direction,
    fluent: FluentBundle<Arc<FluentResource>>,
}

/// The files of each locale.
type Layers = BTreeMap<Locale, Vec<File>>;

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages")
            .field("locales", &self.locales)
            .finish_non_exhaustive()
    }
}

impl Messages {
    /// The built-in messages.
    pub fn builtin() -> Result<Self, LoadErrors> {
        Self::load(None)
    }

    /// The built-in messages with those of the folder `overrides` before them.
    ///
    /// The folder holds `<locale>.ftl` or `<locale>/….ftl`; each message in it
    /// takes the place of the built-in one of that name. A locale with a
    /// region (`en-GB`) falls back to its language; a message that a new
    /// locale lacks is said in English. Texts pasted from an older meter, with
    /// `{{numberArticlesLeft}}` and `{{numberArticlesLeft-plural}}`, are
    /// understood.
    pub fn load(overrides: Option<&Path>) -> Result<Self, LoadErrors> {
        let mut errors = Vec::new();
        let builtin = builtin_layers(&mut errors);
        let vocabulary = Vocabulary::of(&builtin);
        let custom = match overrides {
            Some(folder) => override_layers(folder, &mut errors)?,
            None => Layers::new(),
        };
        for file in custom.values().flatten() {
            vocabulary.check(file, &mut errors);
        }
        LoadErrors::check(errors)?;

        let mut locales: Vec<Locale> = builtin.keys().chain(custom.keys()).cloned().collect();
        locales.sort_by_key(|locale| (*locale != Locale::english(), locale.clone()));
        locales.dedup();
        let bundles: Vec<Bundle> = locales
            .iter()
            .map(|locale| Bundle::new(locale, &[&builtin, &custom]))
            .collect();
        let messages = Self {
            locales,
            bundles,
            vocabulary,
        };
        LoadErrors::check(messages.unresolvable(&custom))?;
        Ok(messages)
    }

    /// Every locale that there are messages for, English first.
    pub fn locales(&self) -> &[Locale] {
        &self.locales
    }

    /// The message `key` in the words of `locale`, or of the closest locale
    /// that there is.
    ///
    /// Total: a message that the locale lacks is said in English, and one that
    /// doesn't exist is its own key.
    pub fn text(&self, locale: &Locale, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let english = || self.bundles.first()?.text(key, args).ok();
        self.bundle(locale)
            .and_then(|bundle| bundle.text(key, args).ok())
            .or_else(english)
            .unwrap_or_else(|| key.to_owned())
    }

    /// The date as `locale` writes it.
    pub fn date(&self, locale: &Locale, date: jiff::civil::Date, style: DateStyle) -> String {
        self.text(locale, style.key(), &date::args(date))
    }

    /// The locale of [`Messages::locales`] whose words a reader in `locale`
    /// gets.
    pub fn closest(&self, locale: &Locale) -> &Locale {
        locale
            .closest(&self.locales)
            .unwrap_or(&self.locales[ENGLISH])
    }

    /// Whether there is a message `key` at all.
    pub fn has(&self, key: &str) -> bool {
        self.vocabulary.has(key)
    }

    /// The name of the message that `key` was probably meant to be.
    pub fn nearest(&self, key: &str) -> Option<String> {
        self.vocabulary.nearest(key)
    }

    /// The names of the placeholders that the message `key` may use.
    pub fn variables(&self, key: &str) -> impl Iterator<Item = &str> {
        self.vocabulary.variables(key)
    }

    /// The messages that `locale` itself lacks, and so says in English.
    pub fn missing(&self, locale: &Locale) -> Vec<&str> {
        let Some(bundle) = self.bundle(locale) else {
            return Vec::new();
        };
        self.vocabulary
            .keys()
            .filter(|key| !bundle.fluent.has_message(key))
            .collect()
    }

    fn bundle(&self, locale: &Locale) -> Option<&Bundle> {
        let closest = locale.closest(&self.locales)?;
        let index = self.locales.iter().position(|locale| locale == closest)?;
        self.bundles.get(index)
    }

    /// Puts every overridden message together once with all it may use: finds
    /// circles, references to what doesn't exist, and references to messages
    /// that need a placeholder which this one isn't given.
    fn unresolvable(&self, custom: &Layers) -> Vec<LoadError> {
        let mut errors = Vec::new();
        for (locale, files) in custom {
            let Some(bundle) = self.bundle(locale) else {
                continue;
            };
            for file in files {
                for key in file.keys() {
                    let args: Vec<_> = self
                        .variables(key)
                        .map(|name| (name, Arg::Number(2)))
                        .collect();
                    if let Err(reason) = bundle.text(key, &args) {
                        let key = key.to_owned();
                        errors.push(file.error(
                            &key,
                            Problem::Unresolvable {
                                key: key.clone(),
                                reason,
                            },
                        ));
                    }
                }
            }
        }
        errors
    }
}

/// Where English is in the list of locales: it is built in and sorts first.
const ENGLISH: usize = 0;

impl Bundle {
    /// The bundle of `locale`: the files of its parents first, so that its own
    /// come last and win; and of each locale the built-in ones first.
    fn new(locale: &Locale, sources: &[&Layers]) -> Self {
        let mut fluent = FluentBundle::new_concurrent(vec![locale.identifier().clone()]);
        fluent.set_use_isolating(false);
        if locale.has_arabic_digits() {
            fluent.set_formatter(Some(arabic_digits));
        }
        // It fails only where a function of the same name is there already.
        let _ = fluent.add_builtins();
        let mut line: Vec<Locale> = locale.parents();
        line.reverse();
        line.push(locale.clone());
        for ancestor in &line {
            for file in sources
                .iter()
                .filter_map(|layers| layers.get(ancestor))
                .flatten()
            {
                fluent.add_resource_overriding(Arc::clone(&file.resource));
            }
        }
        Self {
            direction: locale.direction(),
            fluent,
        }
    }

    /// The message, or why it can't be put together.
    fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, String> {
        let pattern = self
            .fluent
            .get_message(key)
            .and_then(|message| message.value())
            .ok_or_else(|| "it has no text".to_owned())?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, self.value(*arg)?);
        }
        let mut errors: Vec<FluentError> = Vec::new();
        let text = self
            .fluent
            .format_pattern(pattern, Some(&values), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(FluentError::ResolverError(error)) => Err(error.to_string()),
            Some(error) => Err(error.to_string()),
        }
    }

    fn value<'a>(&self, arg: Arg<'a>) -> Result<FluentValue<'a>, String> {
        Ok(match arg {
            Arg::Number(number) => FluentValue::Number(FluentNumber::from(number)),
            Arg::Text(text) if runs_against(text, self.direction) => {
                FluentValue::String(format!("\u{2068}{text}\u{2069}").into())
            }
            // Isolated it would be another word.
            Arg::Text(text) | Arg::Word(text) => FluentValue::String(text.into()),
            Arg::Date(date, style) => {
                FluentValue::String(self.text(style.key(), &date::args(date))?.into())
            }
        })
    }
}

fn arabic_digits<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let arabic = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_u32(u32::from('٠') + digit).unwrap_or(c),
        None => c,
    };
    Some(number.as_string().chars().map(arabic).collect())
}

/// Whether `text` holds letters that run against `direction`.
fn runs_against(text: &str, direction: Direction) -> bool {
    text.chars().any(|c| match direction {
        Direction::Ltr => is_right_to_left(c),
        Direction::Rtl => c.is_alphabetic() && !is_right_to_left(c),
    })
}

/// The blocks of the scripts that run from right to left (the ranges that the
/// Unicode bidirectional algorithm reserves for them, UAX #9 §3.2).
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn builtin_layers(errors: &mut Vec<LoadError>) -> Layers {
    let mut layers = Layers::new();
    let mut names: Vec<_> = BuiltIn::iter().collect();
    names.sort();
    for name in names {
        let Some(file) = BuiltIn::get(&name) else {
            continue;
        };
        let text = String::from_utf8_lossy(&file.data);
        add(
            &mut layers,
            &name,
            format!("messages/{name}"),
            &text,
            errors,
        );
    }
    layers
}

fn override_layers(folder: &Path, errors: &mut Vec<LoadError>) -> Result<Layers, LoadErrors> {
    let mut layers = Layers::new();
    for found in folder::read(folder, &["ftl"])? {
        add(&mut layers, &found.name, found.path, &found.text, errors);
    }
    Ok(layers)
}

fn add(layers: &mut Layers, name: &str, path: String, text: &str, errors: &mut Vec<LoadError>) {
    let tag = name
        .split('/')
        .next()
        .unwrap_or(name)
        .trim_end_matches(".ftl");
    match tag.parse::<Locale>() {
        Ok(locale) => {
            let file = File::parse(path, &locale, text, errors);
            layers.entry(locale).or_default().push(file);
        }
        Err(_) => errors.push(LoadError {
            file: path,
            line: None,
            problem: Problem::NotALocale(tag.to_owned()),
        }),
    }
}
