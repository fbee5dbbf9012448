//! Seats: who sits in a subscription for several, inviting and freeing; and for
//! who was invited, taking the seat.

use billing::{BillingError, Wish};
use commerce::ids::{SeatId, SubscriptionId};
use commerce::subscription::{Fact, SeatFact, SeatHolder, Stage, Subscription};
use http::StatusCode;
use prompts::Arg;

use super::act::Refused;
use super::view::{Ask, Seat, Seats};
use super::words::seats_said;
use crate::accounts::address;
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::Sort;
use letters::account::{Letter, LetterKind};

/// The most seats that are listed. Larger firms come by their networks.
const MOST: usize = 100;

impl Shop<'_> {
    pub(super) async fn seats_page(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let asked = visit.request.asked();
        let done = match asked.get("done") {
            "invited" => Some("subscription-seat-invited"),
            "freed" => Some("subscription-seat-freed"),
            _ => None,
        };
        let page = Seats {
            done,
            ..Seats::default()
        };
        self.show_seats(visit, StatusCode::OK, &found.subscription, page)
            .await
    }

    async fn show_seats(
        &self,
        visit: &Visit<'_>,
        status: StatusCode,
        subscription: &Subscription,
        page: Seats,
    ) -> Answer {
        let speaker = self.speaker(visit);
        let seats = &subscription.seats;
        let mut list = Vec::new();
        let mut reading = self.store.read().await?;
        for seat in seats.seats.iter().take(MOST) {
            let who = match seat.holder {
                SeatHolder::Invited => None,
                SeatHolder::Member(account) => {
                    let found = reading.account(account).await?;
                    let mail = found.and_then(|found| found.mail);
                    mail.map(|mail| mail.as_str().to_owned())
                }
            };
            list.push(Seat {
                id: seat.id.to_string(),
                who,
                is_invited: seat.holder == SeatHolder::Invited,
            });
        }
        drop(reading);
        let is_open = subscription.stage == Stage::Active;
        let page = Seats {
            id: subscription.id.to_string(),
            taken: seats_said(&speaker, subscription),
            more: seats.seats.len().saturating_sub(MOST),
            is_open: is_open && seats.taken() < subscription.terms.quantity,
            domains: seats
                .domains
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            networks: seats.networks.iter().map(ToString::to_string).collect(),
            list,
            ..page
        };
        self.show(visit, status, &page)
    }

    /// Invites or frees, as the form says.
    pub(super) async fn change_seats(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        if let Ok(seat) = form.get("seat").parse::<SeatId>() {
            let done = self.command(visit, id, Wish::Free(seat)).await?;
            return match done {
                Ok(_) => Ok(respond::go(
                    self.below(&format!("account/{id}/seats?done=freed")),
                )),
                Err(refused) => self.refuse_seat(visit, &found.subscription, &refused).await,
            };
        }
        let typed = form.trimmed("mail");
        let mail = match address(typed) {
            Ok(mail) => mail,
            Err(error) => {
                let page = Seats {
                    mail: typed.to_owned(),
                    error: Some(error),
                    ..Seats::default()
                };
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self
                    .show_seats(visit, status, &found.subscription, page)
                    .await;
            }
        };
        self.may_send(visit, &mail).await?;
        let came = match self.command(visit, id, Wish::Invite).await? {
            Ok(came) => came,
            Err(refused) => return self.refuse_seat(visit, &found.subscription, &refused).await,
        };
        let invited = came.facts.iter().find_map(|fact| match fact {
            Fact::Seat(SeatFact::Invited { seat }) => Some(*seat),
            _ => None,
        });
        if let Some(seat) = invited {
            let (site, prefix) = (&self.settings.site, &self.settings.prefix);
            let letter = Letter {
                kind: LetterKind::Invitation,
                to: mail.as_str().to_owned(),
                locale: visit.locale.to_string(),
                name: None,
                link: Some(format!("{site}{prefix}seat?of={id}&seat={seat}")),
                minutes: 0,
                about: None,
            };
            let mut writing = self.store.write().await?;
            self.post(visit, &mut writing, &letter, visit.account())
                .await?;
            writing.commit().await?;
        }
        Ok(respond::go(
            self.below(&format!("account/{id}/seats?done=invited")),
        ))
    }

    async fn refuse_seat(
        &self,
        visit: &Visit<'_>,
        subscription: &Subscription,
        refused: &Refused,
    ) -> Answer {
        let page = Seats {
            refused: Some(refused.said(&self.speaker(visit))),
            ..Seats::default()
        };
        self.show_seats(visit, StatusCode::CONFLICT, subscription, page)
            .await
    }

    /// What an invitation leads to: what the seat is in, and the button. Looking
    /// at it takes nothing.
    pub(super) async fn seat_page(&self, visit: &Visit<'_>) -> Answer {
        let asked = visit.request.asked();
        if visit.account().is_none() {
            return Ok(self.to_sign_in(visit));
        }
        let ask = self.invited(visit, &asked).await?;
        let status = match ask.to {
            Some(_) => StatusCode::OK,
            None => StatusCode::GONE,
        };
        self.show(visit, status, &ask)
    }

    /// The seat's id is the secret that the invitation holds. Whoever has none
    /// learns nothing, not even whether there is such a subscription.
    async fn invited(&self, visit: &Visit<'_>, asked: &Form) -> Result<Ask, Fault> {
        let speaker = self.speaker(visit);
        let mut ask = Ask {
            title: speaker.text("subscription-seat-title", &[]),
            button: speaker.text("subscription-seat-button", &[]),
            back: "account".to_owned(),
            ..Ask::default()
        };
        let found = match (
            asked.get("of").parse::<SubscriptionId>(),
            asked.get("seat").parse::<SeatId>(),
        ) {
            (Ok(of), Ok(seat)) => {
                let found = self.store.read().await?.subscription(of).await?;
                found.filter(|found| found.seats.seats.iter().any(|one| one.id == seat))
            }
            _ => None,
        };
        match found.filter(|found| !found.is_ended()) {
            Some(found) => {
                let name = speaker.name(&Sort::of_terms(&found.terms));
                let name = ("name", Arg::Text(&name));
                ask.says = vec![speaker.text("subscription-seat-says", &[name])];
                ask.says
                    .extend(speaker.benefits(&Sort::of_terms(&found.terms)));
                ask.to = Some("seat".to_owned());
                ask.hidden = vec![
                    ("of", asked.get("of").to_owned()),
                    ("seat", asked.get("seat").to_owned()),
                ];
            }
            None => {
                ask.refused = Some(speaker.text("subscription-refused-invitation", &[]));
            }
        }
        Ok(ask)
    }

    pub(super) async fn take_seat(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(account) = visit.account() else {
            return Ok(respond::go(self.below("login")));
        };
        let mut ask = self.invited(visit, form).await?;
        let (of, seat) = (form.get("of").parse(), form.get("seat").parse());
        let (Some(_), Ok(of), Ok(seat)) = (&ask.to, of, seat) else {
            return self.show(visit, StatusCode::GONE, &ask);
        };
        match self.billing.take_seat(account, of, seat).await {
            Ok(_) => {
                self.tell_gate_all().await;
                Ok(respond::go(self.below("account")))
            }
            Err(BillingError::NotTheirs(_)) => {
                let key = "subscription-refused-invitation";
                ask.refused = Some(self.speaker(visit).text(key, &[]));
                ask.to = None;
                self.show(visit, StatusCode::GONE, &ask)
            }
            Err(error) => {
                ask.refused = Some(Refused::of(error)?.said(&self.speaker(visit)));
                ask.to = None;
                self.show(visit, StatusCode::CONFLICT, &ask)
            }
        }
    }

    /// Gives one's own seat back, in what another pays for.
    pub(super) async fn leave_seat(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(account) = visit.account() else {
            return Err(Fault::Busy);
        };
        match self.billing.leave_seat(account, id).await {
            Ok(_) => {
                self.tell_gate_all().await;
                Ok(respond::go(self.below("account")))
            }
            Err(BillingError::NotTheirs(_)) => {
                self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING)
            }
            Err(error) => {
                let refused = Refused::of(error)?;
                let ask = Ask {
                    title: self.speaker(visit).text("subscription-seat-leave", &[]),
                    refused: Some(refused.said(&self.speaker(visit))),
                    back: "account".to_owned(),
                    ..Ask::default()
                };
                self.show(visit, StatusCode::CONFLICT, &ask)
            }
        }
    }
}
