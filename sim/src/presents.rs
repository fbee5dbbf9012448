//! What readers have of each other: gifts, bought by one and redeemed by another,
//! twice if they can; seats of somebody's subscription.

use anyhow::{Context, Result, ensure};
use billing::{GiftCard, GiftPurchase, Invitation, Redemption, Who, Wish};
use commerce::ids::{AccountId, RefundId};
use commerce::subscription::{Fact, SeatFact, Subscription};
use store::{MailAddress, Owner};

use crate::play::Play;
use crate::readers::{Touched, agreement, care, chosen, consumer};
use crate::shop::GIFT;

impl Play {
    /// Buys a gift for whoever finds its code.
    pub(crate) async fn gives(&mut self, account: AccountId) -> Result<Touched> {
        self.acting.insert(account);
        let Some(method) = self.card(account).await? else {
            return Ok(Touched::new());
        };
        let purchase = GiftPurchase {
            account,
            chosen: chosen(GIFT)?,
            shown: None,
            tax: consumer()?,
            party: None,
            agreement: agreement(),
            method,
            card: GiftCard::default(),
            form: self.house.billing.draw_form()?,
        };
        let times = 1 + u64::from(self.dice.falls(200));
        let mut begun = None;
        for _ in 0..times {
            let bought = self.house.billing.buy_gift(&purchase).await;
            let id = bought.as_ref().ok().map(|bought| bought.gift.id);
            ensure!(begun.is_none() || begun == id, "one form is one gift");
            begun = id;
            self.note(bought.map(drop))?;
        }
        Ok(begun.into_iter().map(Owner::Gift).collect())
    }

    /// Redeems a gift, and somebody else tries the same code; or care gives the
    /// money back.
    pub(crate) async fn redeems(&mut self, account: AccountId) -> Result<Touched> {
        let gifts = self.known.gifts().values();
        let ready = gifts.filter(|one| one.is_ready()).map(|one| &one.state);
        let ready: Vec<_> = ready.map(|gift| (gift.id, gift.bought.buyer)).collect();
        let Some((id, buyer)) = self.dice.pick(&ready).copied() else {
            return self.gives(account).await;
        };
        let mut touched = Touched::from([Owner::Gift(id)]);
        let billing = self.house.billing.clone();
        if self.dice.falls(150) {
            let refund = RefundId::new(self.house.draw());
            let came = billing.refund_gift(&care(), id, refund, None).await;
            self.note(came.map(drop))?;
            return Ok(touched);
        }
        let code = billing.gift_code(buyer, id).await?.context("it is ready")?;
        let other = self.dice.pick(&self.readers).copied().context("a reader")?;
        for account in [account, other] {
            self.acting.insert(account);
            let redemption = Redemption {
                account,
                code: code.clone(),
                tax: consumer()?,
                agreement: agreement(),
                address: None,
                form: billing.draw_form()?,
            };
            let came = billing.redeem(&redemption).await;
            touched.extend(came.as_ref().ok().map(|one| Owner::Subscription(one.id)));
            self.note(came.map(drop))?;
        }
        Ok(touched)
    }

    /// Takes a seat by an invitation, or leaves the one they have.
    pub(crate) async fn sits_down(&mut self, account: AccountId) -> Result<Touched> {
        let firms = self.known.subscriptions().values().map(|one| &one.state);
        let firms = firms.filter(|one| one.terms.seated && !one.is_ended());
        let firms: Vec<Subscription> = firms.cloned().collect();
        let Some(firm) = self.dice.pick(&firms) else {
            return self.buys(account, &["team"]).await;
        };
        let (touched, billing) = (
            Touched::from([Owner::Subscription(firm.id)]),
            self.house.billing.clone(),
        );
        if firm.seats.has_member(account) {
            let came = billing.leave_seat(account, firm.id).await;
            self.note(came.map(drop))?;
            return Ok(touched);
        }
        let owner = Who::Reader(firm.account);
        let invitation = Invitation {
            seat: billing
                .draw_form()?
                .seat(firm.account, &MailAddress::new("member@example.com")?),
            kind: "invitation".to_owned(),
            letter: serde_json::Value::Null,
        };
        let wish = Wish::Invite(Box::new(invitation));
        let came = billing.command(&owner, firm.id, wish).await;
        let facts = came
            .as_ref()
            .map(|came| came.facts.clone())
            .unwrap_or_default();
        self.note(came.map(drop))?;
        for fact in facts {
            if let Fact::Seat(SeatFact::Invited { seat }) = fact {
                let came = billing.take_seat(account, firm.id, seat).await;
                self.note(came.map(drop))?;
            }
        }
        Ok(touched)
    }
}
