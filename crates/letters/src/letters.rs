//! Letters of one publication: from facts to a message.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use prompts::{LoadError, LoadErrors, Locale, Messages, RenderError, note};
use providers::mail::{Address, BadLine, Line, Mailbox, Message, MessageId};
use thiserror::Error;

use crate::compose::{Pen, compose};
use crate::letter::Letter;
use crate::places::Places;
use crate::sheet::Sheet;
use crate::theme::{Context, Templates};
use crate::{plain, samples, wrap};

/// The longest subject, in characters: mail programs show some sixty.
const LONGEST_SUBJECT: usize = 200;

/// What a publication says of itself in its mail.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name.
    pub publication: String,
    /// Where its pages are.
    pub places: Places,
    /// Who sends.
    pub from: Address,
    /// Where answers go, where they are read at all.
    pub reply_to: Option<Address>,
    /// Who publishes it and where, line by line, at the end of every mail: the
    /// law of many countries wants it.
    pub imprint: Vec<String>,
}

/// Who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Where it goes.
    pub to: Address,
    /// What they are called.
    pub name: Option<String>,
    /// In which language they read.
    pub locale: Locale,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it is about.
    pub subject: String,
    /// What it says, complete by itself.
    pub text: String,
    /// The same with its looks.
    pub html: String,
}

/// Why a letter couldn't be written. None of it is the reader's doing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unwritable {
    /// A template failed on it.
    #[error("a mail can't be written: {0}")]
    Template(#[from] RenderError),
    /// The publication's name or a subject can't be a header.
    #[error("a mail can't have that subject or sender: {0}")]
    Line(#[from] BadLine),
}

/// The letters of one publication, ready to be written.
pub struct Letters {
    templates: Templates,
    messages: Arc<Messages>,
    settings: Settings,
    home: String,
    from: Mailbox,
}

impl Letters {
    /// The built-in templates with those of the theme `folder` in front.
    ///
    /// Each letter is written with samples in every locale first, so that a
    /// theme that could fail when there is something to tell is refused here.
    pub fn load(
        folder: Option<&Path>,
        messages: Arc<Messages>,
        settings: Settings,
    ) -> Result<Self, LoadErrors> {
        let publication = plain::line(&settings.publication);
        let short: String = publication.chars().take(LONGEST_SUBJECT).collect();
        let letters = Self {
            templates: Templates::load(folder, Arc::clone(&messages))?,
            home: settings.places.home(),
            from: Mailbox {
                name: Line::new(&short).ok(),
                address: settings.from.clone(),
            },
            settings: Settings {
                publication,
                ..settings
            },
            messages,
        };
        LoadErrors::check(letters.rehearse())?;
        Ok(letters)
    }

    /// Every locale that letters are written in.
    pub fn locales(&self) -> &[Locale] {
        self.messages.locales()
    }

    /// The letter in words.
    pub fn write(
        &self,
        letter: &Letter,
        name: Option<&str>,
        locale: &Locale,
    ) -> Result<Written, RenderError> {
        let pen = Pen {
            messages: &self.messages,
            locale,
            publication: &self.settings.publication,
            places: &self.settings.places,
        };
        let sheet = compose(&pen, letter);
        let name = name.and_then(plain::name);
        let context = self.context(letter, &sheet, name.as_deref());
        Ok(Written {
            text: wrap::wrap(&self.templates.render("txt", locale, &context)?),
            html: self.templates.render("html", locale, &context)?,
            subject: plain::line(&sheet.title)
                .chars()
                .take(LONGEST_SUBJECT)
                .collect(),
        })
    }

    /// The letter as a message. `job` is what it is sent for: the same job
    /// gives the same id, so who gets it twice sees it once. `date` is when it
    /// was asked for, by the publication's clock.
    pub fn message(
        &self,
        job: &str,
        letter: &Letter,
        reader: &Reader,
        date: Timestamp,
    ) -> Result<Message, Unwritable> {
        let written = self.write(letter, reader.name.as_deref(), &reader.locale)?;
        Ok(Message {
            id: MessageId::new(bits(job), &self.settings.from),
            date,
            from: self.from.clone(),
            to: reader.to.clone(),
            reply_to: self.settings.reply_to.clone(),
            subject: Line::new(&written.subject)?,
            text: written.text,
            html: Some(written.html),
            // All of it is about what the reader has, has bought or asked for.
            unsubscribe: None,
        })
    }

    fn context<'a>(
        &'a self,
        letter: &Letter,
        sheet: &'a Sheet,
        name: Option<&'a str>,
    ) -> Context<'a> {
        Context {
            letter: letter.name(),
            publication: &self.settings.publication,
            home: &self.home,
            imprint: &self.settings.imprint,
            answers: self.settings.reply_to.is_some(),
            name: name.filter(|_| sheet.greets),
            first_words: sheet.first_words(),
            sheet,
        }
    }

    /// Writes every sample in every locale; each failure once.
    fn rehearse(&self) -> Vec<LoadError> {
        let mut errors: Vec<LoadError> = Vec::new();
        for letter in samples::all() {
            for locale in self.messages.locales() {
                for name in [None, Some("Anna")] {
                    if let Err(error) = self.write(&letter, name, locale) {
                        note(&mut errors, error);
                    }
                }
            }
        }
        errors
    }
}

/// The bits of a message's id.
fn bits(job: &str) -> u128 {
    let hash = blake3::hash(job.as_bytes());
    let (bits, _) = hash
        .as_bytes()
        .split_first_chunk::<16>()
        .unwrap_or((&[0; 16], &[]));
    u128::from_be_bytes(*bits)
}

impl std::fmt::Debug for Letters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letters")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
