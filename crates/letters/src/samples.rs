//! One of every letter, in every way that it can be.
//!
//! A theme is rehearsed with these when it is loaded; tests and the gallery show
//! them too.

use access::{Offer, OfferFor, OfferPhase, Price, Span, StoryId};
use commerce::ids::{GiftId, InvoiceId, SubscriptionId};
use commerce::money::{Currency, Money};
use commerce::payment::{DeclineReason, RefundReason};
use commerce::subscription::{CancelReason, EndReason};
use commerce::tax::TaxRate;
use commerce::terms::Silence;
use jiff::civil::{Date, date};

use crate::account::{Change, Delivery, Invitation, Letter as AccountLetter, LetterKind};
use crate::letter::{
    AfterFailure, Agreed, Authentication, Ended, Failed, Gift, GiftBought, GiftFor, Letter, Line,
    LineFor, NextCharge, PlanChanged, PriceRise, Printed, Purchase, Receipt, Refund, TrialEnds,
    TrialThen, Welcome, WelcomeTo, Withdrawing,
};

const BEGUN: Date = date(2026, 11, 28);
const NEXT: Date = date(2027, 2, 28);
const SOON: Date = date(2026, 12, 5);

/// Every letter; of those that look in several ways the usual one first.
pub fn all() -> Vec<Letter> {
    let Ok(dollars) = Currency::parse("USD") else {
        return Vec::new();
    };
    let shop = Shop(dollars);
    let mut letters: Vec<Letter> = LetterKind::ALL.map(account).into();
    letters.extend(shop.welcomes());
    letters.extend(shop.money());
    letters.extend(shop.announcements());
    letters.extend(endings());
    letters.extend(shop.changes());
    letters.extend(deliveries());
    letters.extend(shop.gifts());
    letters
}

fn account(kind: LetterKind) -> Letter {
    let path = match kind {
        LetterKind::Confirm => Some("register/link"),
        LetterKind::Reset => Some("reset"),
        LetterKind::NoAccount => Some("register"),
        LetterKind::Closed
        | LetterKind::PasswordChanged
        | LetterKind::AddressChanged
        | LetterKind::Delivery => None,
        LetterKind::NewAddress => Some("account/mail/link"),
        LetterKind::Invitation => Some("seat"),
        LetterKind::SignIn | LetterKind::SignUp | LetterKind::AlreadyThere => Some("login/link"),
    };
    let key = "YWxsIHRoaXMgaXMgYSBzYW1wbGUsIG5vdCBhIGtleQ";
    Letter::Account(AccountLetter {
        kind,
        to: "anna@example.com".to_owned(),
        locale: "en".to_owned(),
        name: None,
        link: path.map(|path| match kind {
            LetterKind::NoAccount => format!("https://review.example/-/{path}"),
            _ => format!("https://review.example/-/{path}?key={key}"),
        }),
        minutes: if path == Some("login/link") { 10 } else { 60 },
        about: (kind == LetterKind::NewAddress).then(|| "a…@example.com".to_owned()),
        invitation: None,
        delivery: None,
    })
}

/// What becomes of a delivery, in every way.
fn deliveries() -> Vec<Letter> {
    let letter = |change, last, is_late| match account(LetterKind::Delivery) {
        Letter::Account(letter) => Letter::Account(AccountLetter {
            delivery: Some(Delivery {
                of: SubscriptionId::new(7),
                change,
                first: SOON,
                last,
                is_late,
            }),
            ..letter
        }),
        letter => letter,
    };
    let elsewhere = || Change::Elsewhere {
        town: "Bergen".to_owned(),
    };
    vec![
        letter(Change::Suspended, Some(NEXT), false),
        letter(Change::Suspended, Some(NEXT), true),
        letter(Change::Suspended, Some(SOON), false),
        letter(elsewhere(), Some(NEXT), false),
        letter(elsewhere(), Some(SOON), false),
        letter(elsewhere(), None, false),
        letter(Change::Back, None, false),
        Letter::AddressSet,
    ]
}

/// An invitation to a seat, of somebody who is called so.
fn invited_by(giver: Option<&str>) -> Letter {
    let letter = account(LetterKind::Invitation);
    let Letter::Account(letter) = letter else {
        return letter;
    };
    let grants = agreed().grants;
    Letter::Account(AccountLetter {
        invitation: Some(Invitation {
            giver: giver.map(str::to_owned),
            grants: grants.iter().map(|name| name.as_str().to_owned()).collect(),
        }),
        ..letter
    })
}

/// What things cost.
struct Shop(Currency);

impl Shop {
    fn money(&self) -> Vec<Letter> {
        let receipt = self.receipt(1490);
        let unprinted = Receipt {
            invoice: None,
            next: None,
            ..receipt.clone()
        };
        let refund = |why, credit_note| {
            let amount = self.amount(900);
            Letter::Refund(Box::new(Refund {
                amount,
                why,
                credit_note,
            }))
        };
        let note = Printed {
            number: "LR-C000007".to_owned(),
            corrects: Some("LR-000123".to_owned()),
            ..printed()
        };
        let failed = |why, then| {
            let amount = self.amount(1490);
            Letter::Failed(Failed { amount, why, then })
        };
        let renewal = |retry| AfterFailure::GoesOn {
            until: date(2026, 12, 12),
            retry,
        };
        let gift = AfterFailure::NothingBegun(Purchase::Gift(GiftId::new(7)));
        let begins = Some(Purchase::Subscription(SubscriptionId::new(7)));
        let asked = |begins| {
            Letter::Authentication(Authentication {
                amount: self.amount(1490),
                until: SOON,
                begins,
            })
        };
        let mut letters = vec![
            Letter::Receipt(Box::new(receipt)),
            Letter::Receipt(Box::new(self.change_receipt())),
            Letter::Receipt(Box::new(unprinted)),
            refund(RefundReason::Withdrawal, Some(note.clone())),
            refund(RefundReason::Care, Some(note.clone())),
            refund(RefundReason::PlanChange, Some(note)),
            refund(RefundReason::Surplus, None),
            Letter::RefundDelayed(self.amount(900)),
            failed(DeclineReason::CardExpired, renewal(None)),
            failed(DeclineReason::InsufficientFunds, gift),
            failed(DeclineReason::NeverAnswered, gift),
            failed(DeclineReason::Refused, AfterFailure::PlanStays),
            asked(None),
            asked(begins),
        ];
        letters.extend(
            [
                DeclineReason::InsufficientFunds,
                DeclineReason::CardBlocked,
                DeclineReason::AuthenticationFailed,
                DeclineReason::Refused,
                DeclineReason::ProviderError,
            ]
            .map(|why| failed(why, renewal(Some(date(2026, 12, 1))))),
        );
        letters
    }

    fn welcomes(&self) -> Vec<Letter> {
        let begun = Welcome {
            to: WelcomeTo::Subscription,
            agreed: agreed(),
            next: Some(self.next()),
            ends: None,
            withdrawing: Some(Withdrawing::Part(date(2026, 12, 12))),
            receipt: Some(Receipt {
                next: None,
                ..self.receipt(900)
            }),
        };
        let unpaid = Welcome {
            receipt: None,
            next: None,
            withdrawing: None,
            ..begun.clone()
        };
        let trial = Welcome {
            to: WelcomeTo::Trial(NEXT),
            next: Some(self.next()),
            ..unpaid.clone()
        };
        let day_pass = Welcome {
            to: WelcomeTo::Bought,
            agreed: Agreed {
                grants: vec!["read".into()],
                story: None,
                phases: Vec::new(),
                lasting: None,
                seats: None,
                plus_tax: false,
            },
            ends: Some(date(2026, 11, 29)),
            withdrawing: Some(Withdrawing::Waived),
            next: None,
            ..begun.clone()
        };
        let story = Welcome {
            agreed: Agreed {
                story: Some(StoryId::new("/stories/the-tide-gauge")),
                ..day_pass.agreed.clone()
            },
            ends: None,
            ..day_pass.clone()
        };
        let firm = Welcome {
            agreed: Agreed {
                seats: Some(25),
                plus_tax: true,
                ..agreed()
            },
            withdrawing: Some(Withdrawing::Full(date(2026, 12, 12))),
            ..begun.clone()
        };
        let gift = Welcome {
            to: WelcomeTo::Gift(NEXT),
            agreed: Agreed {
                lasting: None,
                ..agreed()
            },
            ..unpaid.clone()
        };
        let given = |until| Welcome {
            to: WelcomeTo::Given(until),
            ..gift.clone()
        };
        let given = [given(Some(NEXT)), given(None), story];
        let all = [begun, trial, day_pass, firm, gift.clone()];
        all.into_iter()
            .chain(given)
            .map(|welcome| Letter::Welcome(Box::new(welcome)))
            .collect()
    }

    fn announcements(&self) -> Vec<Letter> {
        let trial = |days, date, then| Letter::TrialEnds(Box::new(TrialEnds { days, date, then }));
        let next = NextCharge {
            date: SOON,
            ..self.next()
        };
        let rise = |silence, plus_tax| {
            Letter::PriceRise(Box::new(PriceRise {
                subscription: SubscriptionId::new(7),
                old: price(1490),
                new: price(1690),
                every: Span::Months(1),
                from: NEXT,
                silence,
                plus_tax,
            }))
        };
        vec![
            trial(7, SOON, TrialThen::Charged(next)),
            trial(1, SOON, TrialThen::Charged(next)),
            trial(1, SOON, TrialThen::Over(Some(offer()))),
            trial(0, SOON, TrialThen::Over(None)),
            Letter::Renewal(NextCharge {
                plus_tax: true,
                ..next
            }),
            rise(Silence::Accepts, false),
            rise(Silence::Refuses, true),
        ]
    }

    fn changes(&self) -> Vec<Letter> {
        vec![
            Letter::Paused { resumes: NEXT },
            Letter::Resumed {
                until: Some(NEXT),
                next: Some(self.next()),
            },
            Letter::Resumed {
                until: None,
                next: None,
            },
            Letter::PlanChanged(Box::new(PlanChanged {
                agreed: Agreed {
                    phases: Vec::new(),
                    ..agreed()
                },
                next: Some(self.next()),
            })),
        ]
    }

    fn gifts(&self) -> Vec<Letter> {
        let agreed = Agreed {
            lasting: None,
            ..agreed()
        };
        let gift = |to, giver: Option<&str>, words: Option<&str>| {
            Letter::Gift(Box::new(Gift {
                to,
                giver: giver.map(str::to_owned),
                words: words.map(str::to_owned),
                code: "K7QM-2R9D-XW4T".to_owned(),
                agreed: agreed.clone(),
                lasts: Some(Span::Months(6)),
                until: date(2027, 11, 28),
            }))
        };
        let mut receipt = self.receipt(5400);
        for line in &mut receipt.lines {
            *line = Line {
                of: LineFor::Gift,
                period: None,
                ..*line
            };
        }
        receipt.next = None;
        let bought = |receipt| {
            Letter::GiftBought(Box::new(GiftBought {
                agreed: agreed.clone(),
                lasts: Some(Span::Months(6)),
                receipt,
            }))
        };
        vec![
            bought(receipt.clone()),
            bought(Receipt {
                invoice: None,
                ..receipt
            }),
            gift(
                GiftFor::Receiver,
                Some("Ben"),
                Some("For the long train rides.\nYours, Ben"),
            ),
            gift(GiftFor::Receiver, None, None),
            gift(GiftFor::Buyer, None, None),
            Letter::GiftRedeemed,
            invited_by(Some("Ben")),
            invited_by(None),
        ]
    }

    fn amount(&self, minor: i64) -> Money {
        Money::new(minor, self.0)
    }

    fn next(&self) -> NextCharge {
        NextCharge {
            date: NEXT,
            amount: self.amount(1490),
            plus_tax: false,
        }
    }

    /// A receipt over so much, a twelfth of which is tax.
    fn receipt(&self, total: i64) -> Receipt {
        let tax = total / 12;
        let net = self.amount(total - tax);
        let rate = TaxRate::from_millionths(90_000).unwrap_or(TaxRate::ZERO);
        Receipt {
            lines: vec![Line {
                of: LineFor::Plan,
                quantity: 1,
                period: Some((BEGUN, Some(NEXT))),
                net,
            }],
            net,
            taxes: vec![(rate, self.amount(tax))],
            reverse_charge: false,
            total: self.amount(total),
            invoice: Some(printed()),
            next: Some(self.next()),
        }
    }

    /// A receipt with several lines and no tax.
    fn change_receipt(&self) -> Receipt {
        let line = |of, net, to| Line {
            of,
            quantity: 3,
            period: Some((BEGUN, to)),
            net: self.amount(net),
        };
        Receipt {
            lines: vec![
                line(LineFor::Unused, -450, Some(SOON)),
                line(LineFor::Plan, 4470, Some(NEXT)),
                line(LineFor::Difference, 100, Some(NEXT)),
                line(LineFor::Once, 0, None),
            ],
            net: self.amount(4120),
            taxes: Vec::new(),
            reverse_charge: true,
            total: self.amount(4120),
            ..self.receipt(4120)
        }
    }
}

fn agreed() -> Agreed {
    Agreed {
        grants: ["read", "apps", "print", "archive"].map(Into::into).into(),
        story: None,
        phases: vec![OfferPhase {
            price: price(900),
            every: Span::Months(3),
            times: 1,
        }],
        lasting: Some((price(1490), Span::Months(1))),
        seats: None,
        plus_tax: false,
    }
}

fn offer() -> Offer {
    let agreed = agreed();
    Offer {
        id: "back".into(),
        audience: OfferFor::Lapsed,
        grants: agreed.grants,
        phases: agreed.phases,
        price: price(1490),
        every: Span::Months(1),
        goes_on: true,
        opens: None,
        ends: Some(date(2027, 1, 31)),
        closes: None,
        link: None,
    }
}

fn endings() -> Vec<Letter> {
    let ended = |why, renews, offer| {
        Letter::Ended(Box::new(Ended {
            date: BEGUN,
            why,
            renews,
            offer,
        }))
    };
    let mut letters = vec![
        ended(EndReason::Expired, false, None),
        ended(EndReason::Cancelled(CancelReason::Price), true, None),
    ];
    letters.extend(
        [
            EndReason::TrialOver,
            EndReason::PaymentFailed,
            EndReason::PriceRiseRefused,
            EndReason::Withdrawn,
            EndReason::Refunded,
            EndReason::ChargedBack,
            EndReason::Revoked,
        ]
        .map(|why| ended(why, true, Some(offer()))),
    );
    letters.extend([
        Letter::Cancelled { until: Some(NEXT) },
        Letter::Cancelled { until: None },
    ]);
    letters
}

fn price(minor: u64) -> Price {
    Price {
        minor,
        decimals: 2,
        currency: *b"USD",
    }
}

fn printed() -> Printed {
    Printed {
        id: InvoiceId::new(123),
        number: "LR-000123".to_owned(),
        date: BEGUN,
        seller: "The Ludgate Review Ltd".to_owned(),
        customer: "Anna Muster".to_owned(),
        corrects: None,
    }
}
