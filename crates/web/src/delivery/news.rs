//! What a reader is written of their deliveries: whoever changes them, the owner of
//! the account hears of it, once for each thing that is arranged or taken back.

use commerce::delivery::{Back, Undone, Wish, WishKind};
use commerce::ids::DeliveryWishId;
use jiff::Timestamp;
use letters::account::{Change, Delivery, Letter, LetterKind};
use store::Writing;
use store::accounts::AccountStatus;
use store::jobs::NewJob;
use store::outbox::Task;

use crate::accounts::NotSent;

/// What there is to tell of a delivery.
#[derive(Clone, Debug)]
pub struct DeliveryNews {
    job: String,
    delivery: Delivery,
}

impl DeliveryNews {
    /// Something was arranged. `town` is where it goes meanwhile; `is_late` whether it
    /// came too late for some of its days.
    pub fn arranged(wish: &Wish, town: Option<&str>, is_late: bool) -> Self {
        let change = match wish.kind {
            WishKind::Suspended => Change::Suspended,
            WishKind::Redirected(_) => Change::Elsewhere {
                town: town.unwrap_or_default().to_owned(),
            },
        };
        Self {
            job: job(wish.id, "made"),
            delivery: Delivery {
                of: wish.subscription,
                change,
                first: wish.first,
                last: wish.last,
                is_late,
            },
        }
    }

    /// It was taken back, as far as that was possible.
    pub fn taken_back(wish: &Wish, undone: Undone) -> Self {
        let first = match undone {
            Undone::Dropped => wish.first,
            Undone::Ends(last) => last.tomorrow().unwrap_or(last),
            Undone::Except(Back { from, .. }) => from,
        };
        Self {
            job: job(wish.id, "back"),
            delivery: Delivery {
                of: wish.subscription,
                change: Change::Back,
                first,
                last: None,
                is_late: matches!(undone, Undone::Except(_)),
            },
        }
    }

    /// Has it written to whose subscription it is, in the transaction that changes it.
    /// `locale` is the language of who has said none; `due` is by the business clock, and
    /// `now` by the system's. Told twice it is one mail.
    pub async fn tell(
        self,
        writing: &mut Writing,
        locale: &str,
        (due, now): (Timestamp, Timestamp),
    ) -> Result<(), NotSent> {
        let found = writing.subscription(self.delivery.of).await?;
        let Some(subscription) = found else {
            return Ok(());
        };
        let account = writing.account(subscription.account).await?;
        let open = account.filter(|account| account.status == AccountStatus::Open);
        let Some((account, mail)) = open.and_then(|one| one.mail.clone().map(|mail| (one, mail)))
        else {
            return Ok(());
        };
        let letter = Letter {
            kind: LetterKind::Delivery,
            to: mail.as_str().to_owned(),
            locale: account.locale.unwrap_or_else(|| locale.to_owned()),
            name: account.name,
            link: None,
            minutes: 0,
            about: None,
            invitation: None,
            delivery: Some(self.delivery),
        };
        let body = serde_json::to_value(&letter);
        let job = NewJob {
            id: self.job,
            account: Some(account.id),
            task: Task::Mail {
                kind: letter.kind.as_str().to_owned(),
                body: body.map_err(|error| NotSent::Broken(error.to_string()))?,
            },
            due,
        };
        writing.add_job(&job, now).await?;
        Ok(())
    }
}

fn job(wish: DeliveryWishId, what: &str) -> String {
    format!("mail/delivery/{wish}/{what}")
}
