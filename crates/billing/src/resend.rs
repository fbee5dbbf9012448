//! Sending a mail once more, at once and for somebody who waits for what comes
//! of it.

use commerce::ids::AccountId;

use crate::billing::Billing;
use crate::care::act_of;
use crate::command::Who;
use crate::error::BillingError;
use crate::mail::Packed;
use crate::notice::notice;

/// Which mail is sent once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// The latest receipt.
    Receipt,
    /// The latest of all that told of something that happened.
    Latest,
}

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resent {
    /// The fact it told of: `paid`.
    pub about: String,
    /// Where it went: a gift's code goes to whom the gift is for.
    pub to: String,
}

/// How many facts are tried of which there turns out to be no mail.
const TRIED: usize = 20;

/// What a receipt tells of.
const PAID: &str = "paid";

impl Billing {
    /// Sends somebody the latest mail of a sort once more, as it is written
    /// today. Nothing is tried again: whoever asked for it sees that it failed.
    pub async fn resend(
        &self,
        who: &Who,
        account: AccountId,
        which: Resend,
    ) -> Result<Resent, BillingError> {
        let mut act = act_of(who, "resend", Some(account))?;
        let mut reading = self.inner.store.read().await?;
        let found = reading.account(account).await?;
        if found.and_then(|found| found.mail).is_none() {
            return Err(BillingError::NoAccount(account));
        }
        let mut told = reading.told(account).await?;
        drop(reading);
        told.retain(|one| which == Resend::Latest || one.name == PAID);
        for one in told.into_iter().take(TRIED) {
            // Another mail than the first: mail programs show one id once.
            let id = format!(
                "{}/{}/again/{:032x}",
                one.owner,
                one.seq,
                self.inner.world.draw()?
            );
            let packed = self
                .packed(id, (one.owner, one.seq, one.at), self.now())
                .await?;
            let Packed::Parcel(parcel, about) = packed else {
                continue;
            };
            if self
                .hand_over(&parcel)
                .await
                .map_err(BillingError::NotSent)?
            {
                let notices: Vec<_> = notice(&parcel).into_iter().collect();
                self.noticed(&notices).await;
                act.owner = Some(one.owner);
                let mut writing = self.inner.store.write().await?;
                writing.act(&act, self.now()).await?;
                writing.commit().await?;
                let to = parcel.what.to().unwrap_or_default().to_owned();
                return Ok(Resent { about, to });
            }
        }
        Err(BillingError::NothingToSend)
    }
}
