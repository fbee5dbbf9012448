//! One of everything that a template can be given.
//!
//! A theme is rehearsed with these when it is loaded; tests and galleries show
//! them too.

use std::sync::Arc;

use access::Prompt;
use jiff::civil::{Date, date};

use crate::view::{MeterView, OfferText, PeriodWord, PromptView};

/// The day on which the samples' free stories renew.
const RENEWS: Date = date(2026, 12, 1);

/// Every prompt: with and without a meter, an offer, an account and cookies,
/// wherever that makes a difference.
pub fn all() -> Vec<PromptView> {
    let notices = [Prompt::Countdown, Prompt::LastStory, Prompt::PaymentTrouble];
    let walls = [
        Prompt::RegistrationWall,
        Prompt::Paywall,
        Prompt::TrialEnded,
        Prompt::SubscriptionEnded,
    ];
    let mut views = Vec::new();
    for prompt in notices {
        for period in [PeriodWord::Month, PeriodWord::Week, PeriodWord::Days(30)] {
            let view = PromptView::new(prompt).metered(meter(1, period, Some(RENEWS)));
            views.push(PromptView {
                cookieless: true,
                ..view.clone()
            });
            views.push(view.clone().signed_in());
            views.push(view);
        }
    }
    for prompt in walls {
        let bare = PromptView::new(prompt);
        for period in [PeriodWord::Month, PeriodWord::Week, PeriodWord::Days(30)] {
            let view = bare.clone().metered(meter(3, period, Some(RENEWS)));
            views.push(view.clone().offering(offer()));
            views.push(view.signed_in());
        }
        views.push(bare.clone().metered(meter(3, PeriodWord::Month, None)));
        views.push(PromptView {
            cookieless: true,
            ..bare.clone()
        });
        views.push(bare);
    }
    views
}

fn meter(used: u16, period: PeriodWord, renews: Option<Date>) -> MeterView {
    MeterView {
        used,
        limit: 3,
        period,
        renews,
    }
}

/// An offer with everything that one can have.
pub fn offer() -> Arc<OfferText> {
    Arc::new(OfferText {
        headline: "Three months for $9.00".to_owned(),
        small_print: Some("Then $14.90 a month. Cancel at any time.".to_owned()),
        ends: Some("Ends 31 January".to_owned()),
    })
}
