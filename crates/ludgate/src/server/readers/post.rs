//! Mail: from what has happened to a letter, and from a letter to the server or
//! the folder that takes it.

use std::borrow::Cow;
use std::sync::Arc;

use access::{Audience, Offer, Offers};
use anyhow::{Result, anyhow};
use arc_swap::ArcSwap;
use billing::{Again, Clock, Contents, News, NotSent, Parcel, Post, Sending, Told};
use letters::{Letter, Letters, Places, Reader, Sender, Sent};
use prompts::{Locale, Messages};
use providers::mail::{Address, BadAddress, Folder, Keep, Mailer, Smtp};

use crate::config::{Config, Mail, Way};

/// Who writes letters and sends them.
pub(super) struct Postman {
    clock: Clock,
    office: ArcSwap<Office>,
}

/// Who leaves all mail to the next server.
pub(super) struct Later;

impl Post for Later {
    fn send<'a>(&'a self, _: &'a Parcel) -> Sending<'a> {
        Box::pin(std::future::ready(Err(NotSent {
            again: Again::Later,
            why: "no server runs".to_owned(),
        })))
    }
}

/// What another configuration changes.
pub(super) struct Office {
    sender: Sender,
    /// Where mails are kept, where they are put into a folder.
    folder: Option<Folder>,
    /// What those are written in of whom no language is known.
    locale: Locale,
    /// What is offered to who has come to the end of something.
    offers: Offers,
}

/// The letters of a publication. Each is written with samples first.
pub(super) fn letters(config: &Config, mail: &Mail, messages: &Arc<Messages>) -> Result<Letters> {
    let settings = letters::Settings {
        publication: config.name.clone(),
        places: Places::new(&config.url.text, &config.gate.prefix),
        from: mail.from.clone(),
        reply_to: mail.reply_to.clone(),
        imprint: mail.imprint.clone(),
    };
    let theme = config.templates.as_deref();
    Letters::load(theme, Arc::clone(messages), settings)
        .map_err(|errors| anyhow!("the theme's mails can't be used:\n{errors}"))
}

impl Office {
    /// As the configuration says.
    pub(super) fn new(config: &Config, mail: &Mail, messages: &Arc<Messages>) -> Result<Self> {
        let letters = letters(config, mail, messages)?;
        let (mailer, folder) = match &mail.way {
            Way::Folder(path) => {
                let folder = Folder::open(path, Keep::default())?;
                (Mailer::Folder(folder.clone()), Some(folder))
            }
            Way::Server(settings) => (Mailer::Smtp(Smtp::new((**settings).clone())?), None),
        };
        let locale = config.locales.first().cloned();
        Ok(Self {
            sender: Sender::new(letters, mailer),
            folder,
            locale: locale.unwrap_or_else(Locale::english),
            offers: config.held_out(),
        })
    }

    fn locale(&self, tag: Option<&str>) -> Locale {
        let known = tag.and_then(|tag| tag.parse().ok());
        known.unwrap_or_else(|| self.locale.clone())
    }
}

impl Postman {
    pub(super) fn new(clock: Clock, office: Office) -> Self {
        Self {
            clock,
            office: ArcSwap::from_pointee(office),
        }
    }

    /// Writes as another configuration says from the next letter on.
    pub(super) fn move_to(&self, office: Office) {
        self.office.store(Arc::new(office));
    }

    /// Where mails are kept, where they are put into a folder.
    pub(super) fn folder(&self) -> Option<Folder> {
        self.office.load().folder.clone()
    }

    async fn carry(&self, parcel: &Parcel) -> Result<bool, NotSent> {
        let office = self.office.load_full();
        let written = match &parcel.what {
            Contents::Asked { body, .. } => Some(asked(&office, body)?),
            Contents::Told(told) => self.told(&office, told)?,
        };
        let Some((letter, reader)) = written else {
            return Ok(false);
        };
        let sender = &office.sender;
        match sender
            .send(&parcel.id, &letter, &reader, parcel.asked)
            .await
        {
            Sent::Yes => Ok(true),
            Sent::Later(why) => Err(later(why)),
            Sent::Repair(why) => {
                tracing::error!(why, "mail waits until somebody puts this right");
                Err(NotSent {
                    again: Again::Repaired,
                    why,
                })
            }
            Sent::Never(why) => Err(never(why)),
        }
    }

    /// The letter of what has happened, and who gets it; `None` where it is
    /// nobody's news.
    fn told(&self, office: &Office, told: &Told) -> Result<Option<(Letter, Reader)>, NotSent> {
        let about = match &told.news {
            News::Subscription { fact, subscription } => {
                letters::News::Subscription(fact, subscription)
            }
            News::Gift { fact, gift, .. } => letters::News::Gift(fact, gift),
        };
        let receiver = told.receiver();
        let offer = self.offer(office, told);
        let letter = letters::of(&letters::Told {
            document: told.document.as_ref(),
            is_late: told.is_late,
            offer: offer.as_ref(),
            card: card(told, receiver.is_none()),
            ..letters::Told::new(about)
        });
        let Some(letter) = letter else {
            return Ok(None);
        };
        let (to, name) = receiver.unwrap_or((told.to.mail.as_str(), told.to.name.as_deref()));
        let reader = Reader {
            to: address(to)?,
            name: name.map(str::to_owned),
            locale: office.locale(told.to.locale.as_deref()),
        };
        Ok(Some((letter, reader)))
    }

    /// The offer of the day for who has come to the end of something, of those that
    /// they may have.
    fn offer(&self, office: &Office, told: &Told) -> Option<Offer> {
        let refused = |id: &str| told.not_offered.iter().any(|one| one.as_str() == id);
        // Most mails are of no end, and nothing is copied for them.
        let offers = if told.not_offered.is_empty() {
            Cow::Borrowed(&office.offers)
        } else {
            Cow::Owned(office.offers.without(refused))
        };
        let found = offers.of_the_day(Audience::Lapsed, self.clock.now());
        found.map(|(_, offer)| offer.clone())
    }
}

impl Post for Postman {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(self.carry(parcel))
    }
}

fn later(why: String) -> NotSent {
    NotSent {
        again: Again::Later,
        why,
    }
}

fn never(why: impl Into<String>) -> NotSent {
    NotSent {
        again: Again::Never,
        why: why.into(),
    }
}

fn address(text: &str) -> Result<Address, NotSent> {
    text.parse()
        .map_err(|error: BadAddress| never(format!("the address takes no mail: {error}")))
}

/// What an account has asked for.
fn asked(office: &Office, body: &serde_json::Value) -> Result<(Letter, Reader), NotSent> {
    // What is written there may be a secret.
    let letter: letters::account::Letter = serde_json::from_value(body.clone())
        .map_err(|_| never("no letter of that form is known; it was written by another version"))?;
    let reader = Reader {
        to: address(&letter.to)?,
        name: letter.name.clone(),
        locale: office.locale(Some(&letter.locale)),
    };
    Ok((Letter::Account(letter), reader))
}

fn card(told: &Told, to_buyer: bool) -> Option<letters::Card<'_>> {
    let News::Gift {
        card,
        code: Some(code),
        ..
    } = &told.news
    else {
        return None;
    };
    let card = card.as_ref();
    Some(letters::Card {
        code,
        to_buyer,
        giver: card.and_then(|card| card.from.as_deref()),
        words: card.and_then(|card| card.message.as_deref()),
    })
}
