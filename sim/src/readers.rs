//! Readers: who they are, what they take out and what they pay with.

use std::collections::BTreeSet;

use access::Country;
use anyhow::{Context, Result, bail, ensure};
use billing::{Agreement, BillingError, CardEntered, Chosen, Fault, PaymentState, Purchase, Who};
use commerce::ids::{AccountId, OfferId, PaymentMethodId};
use commerce::tax::TaxStatus;
use commerce::terms::Channel;
use providers::payment::Expiry;
use providers::sandbox::{NUMBERS, TestCard};
use store::accounts::NewAccount;
use store::{MailAddress, Owner};

use crate::play::Play;
use crate::shop::{self, BACK, NEW};

/// What somebody touched.
pub(crate) type Touched = BTreeSet<Owner>;

impl Play {
    /// Somebody signs up and takes something out.
    pub(crate) async fn comes(&mut self) -> Result<Touched> {
        let account = AccountId::new(self.house.draw());
        let now = self.house.now();
        self.counts.readers += 1;
        let new = NewAccount {
            id: account,
            mail: MailAddress::new(&format!("reader{}@example.com", self.counts.readers))?,
            name: Some("A. Reader".into()),
            locale: Some("en".into()),
            password: None,
            verified: Some(now),
        };
        let mut writing = self.house.store().write().await?;
        let added = writing.add_account(&new, now).await?;
        ensure!(added, "nobody had that address before");
        writing.commit().await?;
        self.readers.push(account);
        self.buys(account, &NEW).await
    }

    /// Somebody who is there wants something.
    pub(crate) async fn wants(&mut self) -> Result<Touched> {
        let Some(account) = self.dice.pick(&self.readers).copied() else {
            return Ok(Touched::new());
        };
        match self.dice.below(12) {
            0 => return self.gives(account).await,
            1 => return self.redeems(account).await,
            2 => return self.sits_down(account).await,
            _ => {}
        }
        let own = self.known.own(account);
        let one = own.map(|one| &one.state).filter(|one| !one.is_ended());
        let Some(one) = one.last().cloned() else {
            return self.buys(account, &BACK).await;
        };
        self.acting.insert(account);
        if let PaymentState::NeedsAuthentication { charge } = PaymentState::of(&one) {
            let agrees = self.dice.falls(800);
            let billing = self.house.billing.clone();
            let came = billing.confirm_test_charge(account, charge, agrees).await;
            self.note(came.map(drop))?;
            return Ok([Owner::Subscription(one.id)].into());
        }
        let Some((who, wish)) = self.wish(account, &one).await? else {
            return self.buys(account, &NEW).await;
        };
        // Now and then the form is sent twice.
        let times = 1 + u64::from(self.dice.falls(100));
        for _ in 0..times {
            let came = self.house.billing.command(&who, one.id, wish.clone());
            let came = came.await;
            if let Ok(came) = &came {
                self.is_over_if_so_wished(&wish, came)?;
            }
            self.note(came.map(drop))?;
        }
        Ok([Owner::Subscription(one.id)].into())
    }

    /// Takes an offer out; now and then the form is sent twice.
    pub(crate) async fn buys(&mut self, account: AccountId, among: &[&str]) -> Result<Touched> {
        self.acting.insert(account);
        let offer = self.dice.pick(among).copied().context("an offer")?;
        let method = match offer {
            "taster" => None,
            _ => match self.card(account).await? {
                Some(method) => Some(method),
                None => return Ok(Touched::new()),
            },
        };
        let purchase = Purchase {
            account,
            chosen: chosen(offer)?,
            shown: None,
            tax: consumer()?,
            party: None,
            agreement: agreement(),
            method,
            address: None,
            form: self.house.billing.draw_form()?,
        };
        let own = self.known.own(account);
        let mut touched: Touched = own.map(|one| Owner::Subscription(one.state.id)).collect();
        let times = 1 + u64::from(self.dice.falls(200));
        let mut begun = None;
        for _ in 0..times {
            let bought = self.house.billing.begin(&purchase).await;
            let id = bought.as_ref().ok().map(|bought| bought.subscription.id);
            ensure!(begun.is_none() || begun == id, "one form is one purchase");
            begun = id;
            self.note(bought.map(drop))?;
        }
        touched.extend(begun.map(Owner::Subscription));
        Ok(touched)
    }

    /// Enters a card of any fate; mostly one that pays.
    pub(crate) async fn card(&mut self, account: AccountId) -> Result<Option<PaymentMethodId>> {
        let good = self.dice.falls(600);
        let number = if good {
            NUMBERS.first().copied()
        } else {
            self.dice.pick(&NUMBERS).copied()
        };
        let (number, _) = number.context("a card")?;
        let year = i16::try_from(2027 + self.dice.below(5))?;
        let month = i8::try_from(1 + self.dice.below(12))?;
        let card = TestCard::numbered(number, Expiry::new(year, month)?)?;
        let billing = self.house.billing.clone();
        let (setup, _) = billing.enter_card(account, None).await?;
        let entered = billing.enter_test_card(account, &setup, card).await?;
        Ok(match entered {
            CardEntered::Kept { method, .. } => Some(method.id),
            _ => None,
        })
    }

    /// A refusal changes nothing, and that is all it has to do; trouble of our
    /// own ends the simulation.
    pub(crate) fn note(&mut self, came: Result<(), BillingError>) -> Result<()> {
        match came {
            Ok(()) => self.counts.accepted += 1,
            Err(error) if error.fault() == Fault::Theirs => {
                self.counts.digest.take(&error.to_string());
                self.counts.refused += 1;
            }
            Err(error) => bail!(error),
        }
        Ok(())
    }
}

/// Customer care.
pub(crate) fn care() -> Who {
    Who::Care {
        actor: "sim".into(),
        why: "the dice fell so".into(),
    }
}

pub(crate) fn chosen(offer: &str) -> Result<Chosen> {
    let mut chosen = Chosen::one(OfferId::new(offer)?, shop::dollars()?);
    if offer == "team" {
        chosen.quantity = 3;
    }
    Ok(chosen)
}

pub(crate) fn consumer() -> Result<TaxStatus> {
    let country = Country::parse("DE").context("a country")?;
    Ok(TaxStatus::consumer(country))
}

pub(crate) fn agreement() -> Agreement {
    Agreement {
        locale: "en".into(),
        words: "What was agreed to.".into(),
        channel: Channel::Web,
        withdrawal_waived: false,
    }
}
