//! One of everything that a template can be given.
//!
//! A theme is rehearsed with these when it is loaded; tests and galleries show
//! them too.

use std::sync::Arc;

use access::{GiftOver, Prompt};
use jiff::civil::{Date, date};

use crate::gifts::{GiftPage, GiftSays, GiftTerms};
use crate::view::{MeterView, OfferText, PeriodWord, PromptView};

/// The day on which the samples' free stories renew.
const RENEWS: Date = date(2026, 12, 1);

/// The day on which the samples' subscriptions go on.
const RESUMES: Date = date(2027, 1, 3);

/// The samples' allowance.
const LIMIT: u16 = 3;

const PERIODS: [PeriodWord; 3] = [PeriodWord::Month, PeriodWord::Week, PeriodWord::Days(30)];

/// Every prompt: with and without a meter, an offer, an account and cookies,
/// wherever that makes a difference.
pub fn all() -> Vec<PromptView> {
    Prompt::ALL.into_iter().flat_map(of).collect()
}

/// Every way in which one prompt can look; the usual one first.
pub fn of(prompt: Prompt) -> Vec<PromptView> {
    let bare = PromptView::new(prompt);
    let metered = |period, renews| {
        let used = match prompt {
            Prompt::Countdown => 1,
            _ => LIMIT,
        };
        bare.clone().metered(MeterView {
            used,
            limit: LIMIT,
            period,
            renews,
        })
    };
    let mut views = match prompt {
        Prompt::PaymentTrouble | Prompt::Unavailable | Prompt::Gift | Prompt::GiftOver => {
            vec![bare.clone()]
        }
        _ => PERIODS.map(|period| metered(period, Some(RENEWS))).to_vec(),
    };
    if let Some(usual) = views.first().cloned() {
        views.push(usual.clone().signed_in());
        views.push(usual.clone().offering(offer()));
        for over in GiftOver::ALL {
            views.push(usual.clone().with_a_gift_over(over));
        }
    }
    if prompt == Prompt::SubscriptionPaused {
        views.push(bare.clone().signed_in().resuming(Some(RESUMES)));
    }
    views.push(metered(PeriodWord::Month, None));
    if !bare.needs_meter() {
        // A story for subscribers only, or a reader whose network has used up
        // its budget of new readers: no meter was asked.
        views.push(bare.clone().crowded(true));
        views.push(bare);
    }
    views
}

/// Everything that the page of gift links can say, to who has some left and to
/// who hasn't.
pub fn gift_pages() -> Vec<GiftPage> {
    let says = [
        GiftSays::About,
        GiftSays::Offered {
            story: "/stories/the-tide-gauge".to_owned(),
            again: false,
        },
        GiftSays::Offered {
            story: "/stories/the-tide-gauge".to_owned(),
            again: true,
        },
        GiftSays::Made {
            link: "https://review.example/-/gift/AQidP3…".to_owned(),
            until: RENEWS,
        },
        GiftSays::UsedUp { until: RENEWS },
        GiftSays::OpenToAll {
            address: "https://review.example/stories/the-tide-gauge".to_owned(),
        },
        GiftSays::NoneLeft,
        GiftSays::ForSubscribers,
        GiftSays::NoStory,
        GiftSays::NotYours,
        GiftSays::Unusable,
        GiftSays::FromElsewhere,
        GiftSays::Unavailable,
    ];
    let page = |says: &GiftSays, left| GiftPage {
        says: says.clone(),
        terms: GiftTerms {
            a_month: 10,
            days: 5,
            browsers: 50,
        },
        left,
        action: "/-/gift".to_owned(),
        style: "/-/assets/prompts.css".to_owned(),
        looks: Some("/-/assets/looks.css".to_owned()),
    };
    let lefts = [None, Some((3, RENEWS)), Some((0, RENEWS))];
    let all = says
        .iter()
        .flat_map(|says| lefts.map(|left| page(says, left)));
    all.collect()
}

/// An offer with everything that one can have.
pub fn offer() -> Arc<OfferText> {
    Arc::new(OfferText {
        headline: "Three months for $9.00".to_owned(),
        small_print: Some("Then $14.90 a month. Cancel at any time.".to_owned()),
        ends: Some("Ends 31 January".to_owned()),
        grants: Vec::new(),
        link: None,
    })
}
