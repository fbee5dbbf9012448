//! What somebody agrees to, in words: the same that are shown, that are kept,
//! and that a form is held to.

use billing::Quote;
use commerce::calendar::Interval;
use commerce::money::Money;
use commerce::tax::Taxation;
use commerce::terms::{PhaseKind, Silence, Terms, WithdrawalRefund};
use jiff::Timestamp;
use prompts::Arg;

use super::view::{Said, Summary};
use crate::words::{Sort, Speaker, mark};

impl Speaker<'_> {
    /// What a purchase comes to. `said` is what the offer says, and `gift` how
    /// long a gift can be redeemed, where it is one.
    pub(super) fn summary(&self, quote: &Quote, said: Said, gift: Option<String>) -> Summary {
        let terms = &quote.terms;
        let sort = match gift {
            Some(_) => Sort::of_gift(terms),
            None => Sort::of_terms(terms),
        };
        let today = quote.today.as_ref();
        let mut summary = Summary {
            name: self.name(&sort),
            said,
            benefits: self.benefits(&sort),
            today: today.map(|bill| self.money(bill.total)),
            tax: today.and_then(|bill| self.tax(bill.split.tax, bill.lines.first()?.taxation)),
            later: self.later(quote),
            terms: match gift {
                Some(length) => self.gift_terms(&length),
                None => self.terms(quote),
            },
            mark: String::new(),
        };
        summary.mark = mark(&self.words(&summary));
        summary
    }

    /// The very words that are agreed to.
    pub(super) fn words(&self, summary: &Summary) -> String {
        let nothing = self.text("shop-nothing", &[]);
        let today = self.text("shop-today", &[]);
        let amount = summary.today.as_deref().unwrap_or(&nothing);
        let mut words = vec![summary.name.clone()];
        words.extend(summary.benefits.iter().cloned());
        words.push(format!("{today}: {amount}"));
        words.extend(summary.later.iter().cloned());
        words.extend(summary.terms.iter().cloned());
        words.push(self.text("shop-consent", &[]));
        words.join("\n")
    }

    fn tax(&self, tax: Money, taxation: Taxation) -> Option<String> {
        match taxation {
            Taxation::Charged { rate, .. } if !tax.is_zero() => {
                let (amount, rate) = (self.money(tax), self.percent(rate));
                let args = [("amount", Arg::Text(&amount)), ("rate", Arg::Text(&rate))];
                Some(self.text("shop-tax", &args))
            }
            Taxation::ReverseCharge { .. } => Some(self.text("shop-tax-reversed", &[])),
            Taxation::Charged { .. } | Taxation::NotCharged => None,
        }
    }

    /// What is charged after today, stretch by stretch.
    fn later(&self, quote: &Quote) -> Vec<String> {
        let mut said = Vec::new();
        let mut before = 0;
        for (place, stretch) in quote.schedule.iter().enumerate() {
            let every = interval(&quote.terms, before);
            before += u32::from(stretch.times.unwrap_or(0));
            // The first period of all is paid today, or free.
            let (from, times) = if place == 0 {
                let left = stretch.times.map(|times| times.saturating_sub(1));
                (stretch.first.end, left)
            } else {
                (Some(stretch.first.start), stretch.times)
            };
            let is_charged = !stretch.each.is_zero() && times != Some(0);
            if let (Some(from), true) = (from, is_charged) {
                said.push(self.charged(stretch.each, every, times, from));
            }
        }
        said
    }

    fn charged(
        &self,
        each: Money,
        every: Option<Interval>,
        times: Option<u16>,
        from: Timestamp,
    ) -> String {
        let rate = match every {
            Some(every) => self.rate(each, every),
            None => self.money(each),
        };
        let what = match times {
            Some(1) => self.money(each),
            Some(times) => {
                let count = Arg::Number(times.into());
                let args = [("rate", Arg::Text(&rate)), ("count", count)];
                self.text("shop-times", &args)
            }
            None => rate,
        };
        let day = self.day(from);
        let args = [("day", Arg::Text(&day)), ("what", Arg::Text(&what))];
        self.text("shop-from", &args)
    }

    fn terms(&self, quote: &Quote) -> Vec<String> {
        let terms = &quote.terms;
        let policy = &terms.policy;
        let mut said = Vec::new();
        let renews = terms.renews() && quote.ends.is_none();
        if renews {
            said.push(self.text("shop-term-renews", &[]));
        } else {
            said.push(match quote.ends {
                Some(ends) => {
                    let day = self.day(ends);
                    self.text("shop-term-ends", &[("day", Arg::Text(&day))])
                }
                None => self.text("shop-term-good", &[]),
            });
        }
        if terms.phases.iter().any(|one| one.kind == PhaseKind::Trial) {
            let days = policy.reminders.trial_days.iter().max();
            said.extend(days.map(|days| self.days("shop-term-remind", *days)));
        }
        if renews {
            let rise = policy.price_rise;
            said.push(self.days(
                match rise.silence {
                    Silence::Accepts => "shop-term-rise",
                    Silence::Refuses => "shop-term-rise-asked",
                },
                rise.notice_days,
            ));
        }
        said.extend(self.withdrawal(terms));
        said
    }

    fn withdrawal(&self, terms: &Terms) -> Option<String> {
        let withdrawal = terms.policy.withdrawal?;
        if is_waived(terms) {
            return Some(self.text("shop-term-waived", &[]));
        }
        let key = match withdrawal.refund {
            WithdrawalRefund::Full => "shop-term-withdraw-full",
            WithdrawalRefund::Prorated => "shop-term-withdraw-part",
        };
        Some(self.days(key, withdrawal.days))
    }

    fn gift_terms(&self, length: &str) -> Vec<String> {
        vec![
            self.text("shop-term-gift-once", &[]),
            self.text("shop-term-gift", &[("length", Arg::Text(length))]),
        ]
    }

    fn days(&self, key: &str, days: u16) -> String {
        self.text(key, &[("days", Arg::Number(days.into()))])
    }
}

/// Whether the right to withdraw is given up: what is bought once and read at
/// once is used up, as a newspaper at a kiosk. Not what comes by post, again and
/// again: nobody has it at once, however it is paid.
pub(super) fn is_waived(terms: &Terms) -> bool {
    !terms.renews() && !terms.delivered && terms.policy.withdrawal.is_some()
}

/// The length of the period that comes after so many others.
fn interval(terms: &Terms, before: u32) -> Option<Interval> {
    let mut seen = 0;
    for phase in &terms.phases {
        seen += u32::from(phase.times);
        if before < seen {
            return phase.every;
        }
    }
    terms.evergreen().map(|(_, every)| every)
}
