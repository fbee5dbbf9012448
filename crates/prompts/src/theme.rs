//! Templates: the built-in ones, a publisher's in front of them.
//!
//! A theme knows nothing of what its templates are for. In a template,
//!
//! - `t("key", n=2)` is a message; placeholders that aren't passed are taken
//!   from the template's own variables of that name;
//! - `date("2026-12-01")` and `date("2026-12-01", "full")` are dates in words;
//! - `locale` and `dir` are what HTML's `lang` and `dir` want.
//!
//! Everything printed is escaped for HTML, except in `.txt` templates.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};
use serde::Serialize;

use crate::folder;
use crate::load_error::{LoadError, LoadErrors, Problem, line_at, nearest};
use crate::locale::Locale;
use crate::messages::{Arg, DateStyle, Messages};

/// The files of a theme's folder that are templates.
const EXTENSIONS: [&str; 3] = ["html", "txt", "xml"];

/// The built-in template stays within reach of the one that overrides it, as
/// `{% extends "builtin/prompts/wall.html" %}`.
const BUILTIN: &str = "builtin/";

/// A set of templates that is known to parse.
pub struct Theme {
    messages: Arc<Messages>,
    /// One environment per locale, so that `t`, `locale` and `dir` mean the
    /// right thing in macros and includes too. They share the templates.
    environments: BTreeMap<Locale, Environment<'static>>,
    /// Where each template was found.
    files: Arc<BTreeMap<String, String>>,
}

/// A template that failed on what it was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", .line.map_or_else(String::new, |line| format!(":{line}")))]
pub struct RenderError {
    /// The template's file.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// What went wrong.
    pub reason: String,
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl Theme {
    /// The templates `builtin`, given as names and sources, with those of
    /// `folder` in front of them.
    ///
    /// A file of the folder overrides the built-in template of the same name
    /// (`prompts/paywall.html`). Of the folder's subfolders only those are
    /// read that a built-in template lies in, so several themes can share one
    /// folder. A file whose name begins with an underscore is a part of the
    /// publisher's own; any other name must be one of the built-in.
    pub fn load<'a>(
        builtin: impl IntoIterator<Item = (&'a str, &'a str)>,
        folder: Option<&Path>,
        messages: Arc<Messages>,
    ) -> Result<Self, LoadErrors> {
        let mut loader = Loader::new(&messages);
        for (name, source) in builtin {
            loader.add(name, format!("templates/{name}"), source);
            loader.add(
                &format!("{BUILTIN}{name}"),
                format!("templates/{name}"),
                source,
            );
        }
        if let Some(folder) = folder {
            loader.read(folder)?;
        }
        LoadErrors::check(loader.errors)?;
        let environments = messages
            .locales()
            .iter()
            .map(|locale| {
                (
                    locale.clone(),
                    speak(&loader.environment, &messages, locale),
                )
            })
            .collect();
        Ok(Self {
            environments,
            files: Arc::new(loader.files),
            messages,
        })
    }

    /// The template with `context`, in the words of `locale` or the closest
    /// there is.
    pub fn render<C: Serialize>(
        &self,
        template: &str,
        locale: &Locale,
        context: &C,
    ) -> Result<String, RenderError> {
        let locale = self.messages.closest(locale);
        let environment = self.environments.get(locale).ok_or_else(|| RenderError {
            file: template.to_owned(),
            line: None,
            reason: format!("there are no templates for the locale {locale}"),
        })?;
        environment
            .get_template(template)
            .and_then(|found| found.render(Serde(context)))
            .map_err(|error| self.render_error(template, &error))
    }

    /// Whether there is a template of that name, such as one that only a
    /// publisher can add.
    pub fn has(&self, template: &str) -> bool {
        self.files.contains_key(template)
    }

    /// The messages that the templates speak.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    fn render_error(&self, template: &str, error: &Error) -> RenderError {
        let error = origin(error);
        let name = error.name().unwrap_or(template);
        RenderError {
            file: self.files.get(name).map_or(name, String::as_str).to_owned(),
            line: error.line(),
            reason: reason(error),
        }
    }
}

/// A theme while it is being loaded.
struct Loader<'a> {
    messages: &'a Messages,
    environment: Environment<'static>,
    files: BTreeMap<String, String>,
    errors: Vec<LoadError>,
}

impl<'a> Loader<'a> {
    fn new(messages: &'a Messages) -> Self {
        let mut environment = Environment::new();
        // A misspelt variable is an error where it is printed; whether an
        // optional one is there may be asked.
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        // So that the error names the variable; costs nothing where there is none.
        environment.set_debug(true);
        environment.set_auto_escape_callback(|name| {
            if Path::new(name).extension() == Some("txt".as_ref()) {
                AutoEscape::None
            } else {
                AutoEscape::Html
            }
        });
        Self {
            messages,
            environment,
            files: BTreeMap::new(),
            errors: Vec::new(),
        }
    }

    fn read(&mut self, folder: &Path) -> Result<(), LoadErrors> {
        let shelves: Vec<String> = self
            .files
            .keys()
            .filter(|name| !name.starts_with(BUILTIN))
            .filter_map(|name| name.split_once('/'))
            .map(|(shelf, _)| shelf.to_owned())
            .collect();
        for found in folder::read(folder, &EXTENSIONS)? {
            let top = found.name.split('/').next().unwrap_or_default();
            if !shelves.iter().any(|shelf| shelf == top) {
                continue;
            }
            let last = found.name.rsplit('/').next().unwrap_or_default();
            if last.starts_with('_') || self.files.contains_key(&found.name) {
                self.add(&found.name, found.path, &found.text);
            } else {
                let known = self.files.keys().map(String::as_str);
                let suggestion = nearest(&found.name, known.filter(|n| !n.starts_with(BUILTIN)));
                self.errors.push(LoadError {
                    file: found.path,
                    line: None,
                    problem: Problem::UnknownTemplate {
                        name: found.name,
                        suggestion,
                    },
                });
            }
        }
        Ok(())
    }

    fn add(&mut self, name: &str, path: String, source: &str) {
        for (offset, key) in keys(source) {
            if !self.messages.has(key) {
                self.errors.push(LoadError {
                    file: path.clone(),
                    line: Some(line_at(source, offset)),
                    problem: Problem::UnknownMessage {
                        key: key.to_owned(),
                        suggestion: self.messages.nearest(key),
                    },
                });
            }
        }
        let added = self
            .environment
            .add_template_owned(name.to_owned(), source.to_owned());
        if let Err(error) = added {
            self.errors.push(LoadError {
                file: path.clone(),
                line: error.line(),
                problem: Problem::Template(reason(&error)),
            });
        }
        self.files.insert(name.to_owned(), path);
    }
}

/// The keys of the messages that a template asks for by a literal name, each
/// with its place.
fn keys(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.match_indices("t(").filter_map(|(offset, call)| {
        let part_of_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        if source[..offset].ends_with(part_of_a_name) {
            return None;
        }
        let argument = source[offset + call.len()..].trim_start();
        let quote = argument
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))?;
        let key = argument[1..].split(quote).next()?;
        Some((offset, key))
    })
}

/// `environment` with the words of one locale.
fn speak(
    environment: &Environment<'static>,
    messages: &Arc<Messages>,
    locale: &Locale,
) -> Environment<'static> {
    let mut environment = environment.clone();
    environment.add_global("locale", locale.to_string());
    environment.add_global("dir", locale.direction().as_str());
    let (words, tongue) = (Arc::clone(messages), locale.clone());
    environment.add_function(
        "t",
        move |state: &State<'_, '_>, key: String, kwargs: Kwargs| {
            message(&words, &tongue, state, &key, &kwargs)
        },
    );
    let (words, tongue) = (Arc::clone(messages), locale.clone());
    environment.add_function("date", move |date: String, style: Option<String>| {
        date_in_words(&words, &tongue, &date, style.as_deref())
    });
    environment
}

fn message(
    messages: &Messages,
    locale: &Locale,
    state: &State<'_, '_>,
    key: &str,
    kwargs: &Kwargs,
) -> Result<String, Error> {
    if !messages.has(key) {
        let problem = Problem::UnknownMessage {
            key: key.to_owned(),
            suggestion: messages.nearest(key),
        };
        return Err(Error::new(ErrorKind::InvalidOperation, problem.to_string()));
    }
    let mut values: Vec<(&str, Value)> = Vec::new();
    for name in kwargs.args() {
        values.push((name, kwargs.peek(name)?));
    }
    for name in messages.variables(key) {
        if !kwargs.has(name)
            && let Some(value) = state.lookup(name)
        {
            values.push((name, value));
        }
    }
    let args: Vec<(&str, Arg<'_>)> = values
        .iter()
        .filter_map(|(name, value)| Some((*name, argument(name, value)?)))
        .collect();
    Ok(messages.text(locale, key, &args))
}

/// What messages choose their forms by: isolated it would be another word.
const WORDS: [&str; 2] = ["period", "grant"];

/// Numbers and texts can be put into a message; anything else can't.
fn argument<'a>(name: &str, value: &'a Value) -> Option<Arg<'a>> {
    match value.as_str() {
        Some(word) if WORDS.contains(&name) => Some(Arg::Word(word)),
        Some(text) => Some(Arg::Text(text)),
        None => value.as_i64().map(Arg::Number),
    }
}

fn date_in_words(
    messages: &Messages,
    locale: &Locale,
    date: &str,
    style: Option<&str>,
) -> Result<String, Error> {
    let style = style.unwrap_or("day-month");
    let style = DateStyle::parse(style).ok_or_else(|| {
        let detail = format!(
            "\"{style}\" is no style of dates; write day-month, full, weekday, month or year"
        );
        Error::new(ErrorKind::InvalidOperation, detail)
    })?;
    let date: jiff::civil::Date = date.parse().map_err(|_| {
        let detail = format!("\"{date}\" is no date; write one such as 2026-12-01");
        Error::new(ErrorKind::InvalidOperation, detail)
    })?;
    Ok(messages.date(locale, date, style))
}

/// Where it went wrong first: in what a template includes, and not where it does.
fn origin(error: &Error) -> &Error {
    let mut at = error;
    while let Some(cause) = std::error::Error::source(at).and_then(|cause| cause.downcast_ref()) {
        at = cause;
    }
    at
}

/// The error without the place, which is named separately.
fn reason(error: &Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}
