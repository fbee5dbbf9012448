//! The section `[[offers]]`.

use std::str::FromStr;

use commerce::calendar::{Interval, read_day};
use commerce::catalog::{Caps, Offer, OfferAudience, OfferPhase, Window};
use commerce::ids::{OfferId, PlanId, PromotionCode};
use commerce::terms::PhaseKind;
use jiff::civil::Date;
use toml::Spanned;

use super::raw;
use crate::config::check::Check;
use crate::config::values::When;

const AUDIENCES: [OfferAudience; 5] = [
    OfferAudience::Everyone,
    OfferAudience::New,
    OfferAudience::Registered,
    OfferAudience::Lapsed,
    OfferAudience::Subscribers,
];

impl Check<'_> {
    pub(super) fn offers(&mut self, raw: &[raw::Offer], zone: &str) -> Vec<Offer> {
        raw.iter().filter_map(|raw| self.offer(raw, zone)).collect()
    }

    fn offer(&mut self, raw: &raw::Offer, zone: &str) -> Option<Offer> {
        let id = self.name(&raw.id, OfferId::new);
        let plan = self.name(&raw.plan, PlanId::new);
        let phases: Vec<OfferPhase> = raw
            .phases
            .iter()
            .filter_map(|phase| self.phase(phase))
            .collect();
        let audiences = AUDIENCES.map(|audience| (audience.as_str(), audience));
        let audience = match &raw.audience {
            None => Some(OfferAudience::Everyone),
            Some(word) => self.word(word, &audiences),
        };
        let code = match &raw.code {
            None => Some(None),
            Some(code) => self.name(code, PromotionCode::typed).map(Some),
        };
        let starts = self.day(raw.starts.as_ref(), zone);
        let ends = self.day(raw.ends.as_ref(), zone);
        Some(Offer {
            id: id?,
            plan: plan?,
            phases,
            window: Window { starts, ends },
            audience: audience?,
            code: code?,
            caps: Caps {
                total: raw.uses.total,
                per_account: raw.uses.per_account,
            },
            method_needed: raw.payment_method,
            gift: raw.gift,
        })
    }

    fn phase(&mut self, raw: &Spanned<raw::Phase>) -> Option<OfferPhase> {
        let phase = raw.get_ref();
        match (&phase.trial, &phase.price, &phase.lasts) {
            (Some(trial), None, None) => Some(OfferPhase {
                kind: PhaseKind::Trial,
                prices: Vec::new(),
                every: self.name(trial, Interval::from_str)?,
                times: phase.times,
            }),
            (None, Some(price), Some(lasts)) => {
                let prices = self.prices(price);
                let every = self.name(lasts, Interval::from_str);
                Some(OfferPhase {
                    kind: PhaseKind::Intro,
                    prices: prices?,
                    every: every?,
                    times: phase.times,
                })
            }
            _ => {
                let message = "a phase is a trial, or a price for a time";
                let help = "write { trial = \"14 days\" } or { price = \"9.00 USD\", lasts = \"3 \
                            months\" }";
                self.wrong_with_help(raw, message.to_owned(), help);
                None
            }
        }
    }

    /// A whole day, in the publication's zone; `None` also where it is no day, which
    /// is noted.
    pub(super) fn day(&mut self, raw: Option<&Spanned<When>>, zone: &str) -> Option<Date> {
        let raw = raw?;
        let text = &raw.get_ref().0;
        let Some(day) = read_day(text) else {
            let message = format!("\"{text}\" is no day");
            let help = format!("write for example 2027-01-31; days are those of {zone}");
            self.wrong_with_help(raw, message, &help);
            return None;
        };
        Some(day)
    }
}

impl raw::Offer {
    /// Where its name is written.
    pub(super) fn id(&self) -> &Spanned<String> {
        &self.id
    }
}
