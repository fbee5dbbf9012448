//! The account's page: all that somebody has, in as few statements as there are
//! kinds of things.

use std::collections::BTreeSet;

use commerce::delivery::{WishKind, is_printed};
use commerce::ids::{AccountId, AddressId, PaymentMethodId, SubscriptionId};
use commerce::subscription::{Context, Subscription};
use http::StatusCode;
use store::accounts::AccountStatus;
use store::consents::NEWSLETTER;
use store::payment_methods::PaymentMethod;
use store::{Reading, StoreError};

use super::done;
use super::standing::{self, Has};
use super::view::{Account, Card, Link};
use crate::accounts;
use crate::pages::{Answer, Pages, Visit};
use crate::shop::Shop;
use crate::words::Speaker;

/// The most subscriptions that are shown: the latest. Customer care sees all.
const MOST: usize = 20;

impl Pages {
    pub(super) async fn account_page(&self, visit: &Visit<'_>) -> Answer {
        let (id, session) = accounts::signed_in(visit)?;
        let mut reading = self.store.read().await?;
        let account = reading.account(id).await?;
        let Some(account) = account.filter(|found| found.status == AccountStatus::Open) else {
            // It was closed or erased a moment ago.
            return Ok(self.gone(visit));
        };
        let sessions = reading.sessions(id, visit.now).await?;
        let all = Everything::read(&mut reading, id).await?;
        let has_spoken = reading.spoke_of(NEWSLETTER, &[id]).await?.contains(&id);
        let has_history = reading.history_since(id).await?.is_some();
        let shop = Shop::of(self);
        let open = match &shop {
            Some(_) => billing::open_to(&mut reading, &account).await?,
            None => Vec::new(),
        };
        drop(reading);

        let sales = shop.map(|shop| shop.billing.sales());
        let context = sales.as_deref().map(|sales| Context {
            now: visit.request.now,
            tax: &sales.tax,
        });
        let speaker = self.speaker(visit);
        let may_give = commerce::entitlement::snapshot(id, all.own.iter().chain(&all.seats));
        let reads = may_give.entitlements.standing("read", visit.request.now);
        let page = Account {
            mail: account
                .mail
                .map_or_else(String::new, |mail| mail.as_str().to_owned()),
            name: account.name,
            done: all.done(visit, &speaker),
            own: all.cards(&speaker, context.as_ref(), self.settings.print.is_some()),
            seats: all.seat_cards(&speaker, context.is_some()),
            open: open
                .iter()
                .take(MOST)
                .filter_map(|(domain, one)| standing::open_card(&speaker, id, domain, one))
                .collect(),
            sells: context.is_some(),
            gives: all.gives,
            gift_links: self.settings.gift_links && reads.is_some_and(access::Standing::is_active),
            newsletter: self.settings.newsletter || has_spoken,
            app: self.settings.app.is_some(),
            feeds: !self.gate.feeds().is_empty(),
            history: has_history || self.settings.app.is_some() || !self.settings.apps.is_empty(),
            devices: self.devices(&sessions, session),
        };
        self.show(visit, StatusCode::OK, &page)
    }
}

/// All that an account has.
struct Everything {
    own: Vec<Subscription>,
    seats: Vec<Subscription>,
    methods: Vec<PaymentMethod>,
    addresses: Vec<(AddressId, commerce::address::PostalAddress)>,
    /// Those whose print goes nowhere, for want of an address.
    adrift: BTreeSet<SubscriptionId>,
    gives: bool,
}

impl Everything {
    async fn read(reading: &mut Reading, account: AccountId) -> Result<Self, StoreError> {
        let mut own = reading.subscriptions(account).await?;
        // What goes on first; what was never paid and is over was never had.
        own.retain(|one| one.cycle.is_some() || !one.is_ended());
        own.sort_by_key(Subscription::is_ended);
        own.truncate(MOST);
        let mut seats = reading.seats(account).await?;
        seats.retain(|one| one.account != account);
        seats.truncate(MOST);
        let methods = reading.payment_methods(account).await?;
        let mut addresses = Vec::new();
        for id in own.iter().filter_map(|one| one.address) {
            addresses.extend(reading.address(id).await?.map(|found| (id, found)));
        }
        let mut adrift = BTreeSet::new();
        for one in own
            .iter()
            .filter(|one| one.address.is_none() && is_printed(one))
        {
            let wishes = reading.delivery_wishes(one.id).await?;
            let goes_on = wishes.iter().map(|wished| &wished.wish).any(|wish| {
                let is_elsewhere = matches!(wish.kind, WishKind::Redirected(_));
                is_elsewhere && wish.last.is_none() && wish.beside.back.is_none()
            });
            adrift.extend((!goes_on).then_some(one.id));
        }
        let gives = !reading.gifts(account).await?.is_empty();
        Ok(Self {
            own,
            seats,
            methods,
            addresses,
            adrift,
            gives,
        })
    }

    fn method(&self, id: PaymentMethodId) -> Option<&PaymentMethod> {
        self.methods.iter().find(|method| method.id == id)
    }

    fn cards(
        &self,
        speaker: &Speaker<'_>,
        context: Option<&Context<'_>>,
        prints: bool,
    ) -> Vec<Card> {
        let runs = self.own.iter().any(|one| !one.is_ended());
        let card = |subscription: &Subscription| {
            let address = subscription.address;
            let has = Has {
                subscription,
                method: subscription.method.and_then(|id| self.method(id)),
                address: self
                    .addresses
                    .iter()
                    .find(|(id, _)| Some(*id) == address)
                    .map(|(_, found)| found),
            };
            let mut card = standing::card(speaker, &has, context);
            // Who has another needs no second one before all else.
            if runs && subscription.is_ended() {
                for act in &mut card.acts {
                    act.is_first = false;
                }
            }
            if prints && is_printed(subscription) {
                let lacks_address = self.adrift.contains(&subscription.id);
                let text = if lacks_address {
                    card.says.push(speaker.text("delivery-no-address", &[]));
                    "delivery-link-address"
                } else {
                    "delivery-link"
                };
                card.acts.push(Link {
                    to: format!("delivery/{}", subscription.id),
                    text: speaker.text(text, &[]),
                    is_first: lacks_address,
                });
            }
            card
        };
        self.own.iter().map(card).collect()
    }

    fn seat_cards(&self, speaker: &Speaker<'_>, sells: bool) -> Vec<Card> {
        let card = |one| {
            let card = standing::seat_card(speaker, one);
            Card {
                can_leave: card.can_leave && sells,
                ..card
            }
        };
        self.seats.iter().map(card).collect()
    }

    /// What the address says was done, if it was.
    fn done(&self, visit: &Visit<'_>, speaker: &Speaker<'_>) -> Option<String> {
        let asked = visit.request.asked();
        let id = asked.get("of").parse().ok()?;
        let subscription = self.own.iter().find(|one| one.id == id)?;
        done::said(speaker, subscription, asked.get("done"))
    }
}
