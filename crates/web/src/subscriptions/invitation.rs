//! An invitation to a seat: what its link shows, and taking the seat.

use billing::BillingError;
use commerce::ids::{SeatId, SubscriptionId};
use commerce::subscription::{SeatHolder, Subscription};
use http::StatusCode;

use super::act::Refused;
use super::view::Invitation;
use crate::form::Form;
use crate::link;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::Sort;

/// No longer good, or it never was: whoever made it up learns nothing, not even
/// whether there is such a subscription.
const OVER: &str = "subscription-refused-invitation";

impl Shop<'_> {
    /// What the seat is in, and the button. Looking at it takes nothing.
    pub(super) async fn seat_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(invited) = self.invited(&visit.request.asked()).await? else {
            return self.over(visit, StatusCode::GONE, self.speaker(visit).text(OVER, &[]));
        };
        match (invited.holder, visit.account()) {
            (SeatHolder::Invited, _) => self.show_seat(visit, &invited, "open").await,
            (SeatHolder::Member(member), Some(account)) if member == account => {
                self.show_seat(visit, &invited, "yours").await
            }
            (SeatHolder::Member(_), Some(_)) => {
                let key = "subscription-refused-seat-taken";
                self.over(visit, StatusCode::GONE, self.speaker(visit).text(key, &[]))
            }
            // It may be theirs.
            (SeatHolder::Member(_), None) => Ok(self.to_sign_in(visit)),
        }
    }

    /// The seat's id is the secret that the invitation holds.
    async fn invited(&self, asked: &Form) -> Result<Option<Invited>, Fault> {
        let of = asked.get("of").parse::<SubscriptionId>();
        let (Ok(of), Ok(seat)) = (of, asked.get("seat").parse::<SeatId>()) else {
            return Ok(None);
        };
        let found = self.store.read().await?.subscription(of).await?;
        let found = found.filter(|found| !found.is_ended());
        Ok(found.and_then(|subscription| {
            let mut seats = subscription.seats.seats.iter();
            let holder = seats.find(|one| one.id == seat)?.holder;
            Some(Invited {
                subscription,
                seat,
                holder,
            })
        }))
    }

    async fn show_seat(&self, visit: &Visit<'_>, invited: &Invited, state: &'static str) -> Answer {
        let mail = match visit.account() {
            Some(account) => {
                let found = self.store.read().await?.account(account).await?;
                found.and_then(|found| found.mail)
            }
            None => None,
        };
        let speaker = self.speaker(visit);
        let sort = Sort::of_subscription(&invited.subscription);
        let back = || self.back(&invited.place());
        let page = Invitation {
            state,
            name: speaker.name(&sort),
            benefits: speaker.benefits(&sort),
            of: invited.subscription.id.to_string(),
            seat: invited.seat.to_string(),
            mail: mail.map_or_else(String::new, |mail| mail.as_str().to_owned()),
            back: visit.account().is_none().then(back),
            ..Invitation::default()
        };
        self.show(visit, StatusCode::OK, &page)
    }

    fn over(&self, visit: &Visit<'_>, status: StatusCode, why: String) -> Answer {
        let page = Invitation {
            state: "over",
            why,
            ..Invitation::default()
        };
        self.show(visit, status, &page)
    }

    pub(super) async fn take_seat(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(account) = visit.account() else {
            return Ok(respond::go(self.below("login")));
        };
        let over = || self.speaker(visit).text(OVER, &[]);
        let Some(invited) = self.invited(form).await? else {
            return self.over(visit, StatusCode::GONE, over());
        };
        let (of, seat) = (invited.subscription.id, invited.seat);
        match self.billing.take_seat(account, of, seat).await {
            Ok(_) => {
                self.tell_gate_all().await;
                Ok(respond::go(self.below(&invited.place())))
            }
            Err(BillingError::NotTheirs(_)) => self.over(visit, StatusCode::GONE, over()),
            Err(error) => {
                let why = Refused::of(error)?.said(&self.speaker(visit));
                self.over(visit, StatusCode::CONFLICT, why)
            }
        }
    }
}

/// A seat that somebody was invited to.
struct Invited {
    subscription: Subscription,
    seat: SeatId,
    holder: SeatHolder,
}

impl Invited {
    /// Its page, below the prefix.
    fn place(&self) -> String {
        let (of, seat) = (self.subscription.id.to_string(), self.seat.to_string());
        link::with("seat", [("of", &*of), ("seat", &*seat)])
    }
}
