//! Seats: who sits in a subscription for several, inviting and freeing; and for
//! who has one, giving it back.

use billing::{BillingError, FormToken, Invitation, Wish};
use commerce::ids::{AccountId, SeatId, SubscriptionId};
use commerce::subscription::{SeatHolder, Stage, Subscription};
use http::StatusCode;

use super::act::Refused;
use super::view::{Ask, Seat, Seats, SeatsNumber};
use super::words::seats_said;
use crate::accounts::address;
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use letters::account::{Letter, LetterKind};
use store::MailAddress;

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
        let number = self.seats_number(subscription).await?;
        let has_room = seats.taken() < subscription.terms.quantity;
        let is_open = subscription.stage == Stage::Active && has_room;
        let page = Seats {
            id: subscription.id.to_string(),
            taken: seats_said(&speaker, subscription, subscription.terms.quantity),
            more: seats.seats.len().saturating_sub(MOST),
            is_open,
            pays_only: is_open && !seats.has_member(subscription.account),
            domains: seats
                .domains
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            networks: seats.networks.iter().map(ToString::to_string).collect(),
            number,
            form: self.billing.draw_form()?.to_string(),
            list,
            ..page
        };
        self.show(visit, status, &page)
    }

    /// How many seats it could be for: as many as the plan that it has is sold for
    /// today, and no fewer than are taken.
    async fn seats_number(
        &self,
        subscription: &Subscription,
    ) -> Result<Option<SeatsNumber>, Fault> {
        let terms = &subscription.terms;
        let runs = subscription.stage == Stage::Active && subscription.ending.is_none();
        if !runs || subscription.payments.open.is_some() {
            return Ok(None);
        }
        let account = Some(subscription.account);
        let held = self.billing.offers_for(account, None, terms.currency);
        let held = held.await?.into_iter();
        let mut same = held.filter(|one| one.pitch.plan == terms.plan && one.may.is_ok());
        Ok(same.find_map(|one| {
            let seats = one.seats?;
            Some(SeatsNumber {
                offer: one.pitch.offer.as_str().to_owned(),
                now: terms.quantity,
                least: seats.least.max(subscription.seats.taken()),
                most: seats.most,
            })
        }))
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
        // One that came without it is a form of its own.
        let token = match form.get("form").parse::<FormToken>() {
            Ok(token) => token,
            Err(_) => self.billing.draw_form()?,
        };
        let seat = token.seat(found.subscription.account, &mail);
        let invitation = self
            .invitation(visit, (&found.subscription, seat), &mail)
            .await?;
        match self.command(visit, id, Wish::Invite(invitation)).await? {
            Ok(_) => Ok(respond::go(
                self.below(&format!("account/{id}/seats?done=invited")),
            )),
            Err(refused) => self.refuse_seat(visit, &found.subscription, &refused).await,
        }
    }

    /// The letter that goes with a seat. Its link is the seat's id, which nobody
    /// else is told.
    async fn invitation(
        &self,
        visit: &Visit<'_>,
        (subscription, seat): (&Subscription, SeatId),
        to: &MailAddress,
    ) -> Result<Box<Invitation>, Fault> {
        let (site, prefix) = (&self.settings.site, &self.settings.prefix);
        let id = subscription.id;
        let grants = subscription.terms.grants.iter();
        let letter = Letter {
            kind: LetterKind::Invitation,
            to: to.as_str().to_owned(),
            locale: visit.locale.to_string(),
            name: None,
            link: Some(format!("{site}{prefix}seat?of={id}&seat={seat}")),
            minutes: 0,
            about: None,
            delivery: None,
            invitation: Some(letters::account::Invitation {
                giver: self.name_of(subscription.account).await?,
                grants: grants.map(|name| name.as_str().to_owned()).collect(),
            }),
        };
        let body = serde_json::to_value(&letter);
        Ok(Box::new(Invitation {
            seat,
            kind: letter.kind.as_str().to_owned(),
            letter: body.map_err(|error| Fault::Broken(error.to_string()))?,
        }))
    }

    /// What whoever invites is called: as they have said, or as on invoices.
    async fn name_of(&self, account: AccountId) -> Result<Option<String>, Fault> {
        let mut reading = self.store.read().await?;
        let found = reading.account(account).await?;
        if let Some(name) = found.and_then(|found| found.name) {
            return Ok(Some(name));
        }
        Ok(reading.billing(account).await?.map(|party| party.name))
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

    /// Takes a free seat in what another pays for, by the domain of one's address.
    pub(super) async fn join(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(account) = visit.account() else {
            return Err(Fault::Busy);
        };
        let joined = self.billing.join(account, id).await;
        self.seated(visit, joined, "subscription-seat-button").await
    }

    /// Gives one's own seat back, in what another pays for.
    pub(super) async fn leave_seat(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(account) = visit.account() else {
            return Err(Fault::Busy);
        };
        let left = self.billing.leave_seat(account, id).await;
        self.seated(visit, left, "subscription-seat-leave").await
    }

    /// To the account, where the seat is there or gone; or why it isn't.
    async fn seated(
        &self,
        visit: &Visit<'_>,
        done: Result<Subscription, BillingError>,
        title: &'static str,
    ) -> Answer {
        match done {
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
                    title: self.speaker(visit).text(title, &[]),
                    refused: Some(refused.said(&self.speaker(visit))),
                    back: "account".to_owned(),
                    ..Ask::default()
                };
                self.show(visit, StatusCode::CONFLICT, &ask)
            }
        }
    }
}
