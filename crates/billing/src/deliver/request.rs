//! From a job to a request: a fact names a payment method and a charge; the
//! provider's own words for them are looked up here.

use std::collections::HashMap;

use commerce::gift::GiftFact;
use commerce::ids::{ChargeId, PaymentMethodId};
use commerce::money::Money;
use commerce::payment::{DeclineReason, Outcome, PaymentFact};
use commerce::subscription::Fact;
use providers::payment::{
    Answer, Charge, CustomerToken, Delivery, MethodToken, Notice, Reference, Refund, Request,
};
use store::jobs::Job;
use store::outbox::Task;
use store::{Owner, Reading, StoreError, payment_methods};

use super::moot::{Orders, not_made};
use crate::billing::Billing;

/// Under which kind the provider's names of charges are kept.
pub(super) const CHARGE: &str = "charge";

/// What is asked of the provider for a job; or what is to be reported without,
/// because it can't be asked.
pub(super) struct Asked {
    pub(super) job: Job,
    pub(super) request: Result<Request, Answer>,
    /// Whether the provider may know of it already.
    pub(super) delivery: Delivery,
}

/// A charge as a fact asks for it.
struct Wanted {
    charge: ChargeId,
    amount: Money,
    method: PaymentMethodId,
}

/// What is known of who pays, by what they pay with.
type Payers = HashMap<PaymentMethodId, payment_methods::Payer>;

/// Who pays with what, in the provider's words.
struct Payer {
    customer: CustomerToken,
    method: MethodToken,
}

/// Why a job isn't delivered now. It is tried again, and nothing is reported: a
/// charge that nobody was asked for hasn't failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAsked {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "the card is {theirs}'s, and payments are {ours}'s; put {theirs} back into [payments], or \
         end what is paid with its cards"
    )]
    Elsewhere { theirs: String, ours: &'static str },
    #[error(
        "the customer is {theirs}'s, and payments are {ours}'s; put {theirs} back into [payments] \
         for as long as that takes"
    )]
    CustomerElsewhere { theirs: String, ours: &'static str },
}

impl NotAsked {
    /// Whether it has nothing to do with the job, which can be done once that is
    /// over or put right.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Store(error) => error.is_passing(),
            Self::Elsewhere { .. } | Self::CustomerElsewhere { .. } => true,
        }
    }
}

impl Billing {
    /// Looks up what the provider has to be told. Jobs for which that fails come
    /// back with the reason, and hold up no others.
    pub(super) async fn asked(
        &self,
        jobs: Vec<Job>,
    ) -> Result<(Vec<Asked>, Vec<(Job, NotAsked)>), StoreError> {
        let mut reading = self.inner.store.read().await?;
        // What the database that was put back doesn't know of may have been done.
        let may_be_known = reading.was_restored(self.clock().system()).await?;
        let methods: Vec<PaymentMethodId> = jobs.iter().filter_map(method).collect();
        let payers = reading.payers(&methods).await?;
        let orders = Orders::read(&mut reading, &jobs).await?;
        let (mut all, mut unasked) = (Vec::with_capacity(jobs.len()), Vec::new());
        for mut job in jobs {
            let mut may_be_known = may_be_known || job.attempts > 1;
            let asked_again = match job.task {
                Task::AskRefund { refund, .. } => Some(reading.owner_of_refund(refund).await?),
                Task::AskVoid { charge, .. } => Some(reading.owner_of_order(charge.order).await?),
                _ => None,
            };
            if let Some(owner) = asked_again {
                (job.owner, may_be_known) = (owner, true);
            }
            let delivery = if may_be_known {
                Delivery::Again
            } else {
                Delivery::First
            };
            let known = (&payers, &orders);
            match self.request(&mut reading, known, &job, delivery).await {
                Ok(request) => all.push(Asked {
                    job,
                    request,
                    delivery,
                }),
                Err(error) => unasked.push((job, error)),
            }
        }
        Ok((all, unasked))
    }

    async fn request(
        &self,
        reading: &mut Reading,
        (payers, orders): (&Payers, &Orders),
        job: &Job,
        delivery: Delivery,
    ) -> Result<Result<Request, Answer>, NotAsked> {
        let (owner, fact) = match (job.owner, &job.task) {
            (Some(owner), Task::Provider(fact)) => (owner, fact),
            (Some(owner), Task::AskRefund { refund, .. }) => {
                return Ok(self.about_refund(reading, owner, *refund).await?);
            }
            (Some(owner), Task::AskVoid { charge, .. }) => {
                return self.about_void(reading, owner, *charge).await;
            }
            (_, Task::Introduce { .. }) => return self.introducing(reading, &job.task).await,
            (_, Task::ForgetCustomer { provider, customer }) => {
                return self.forgetting(provider, customer);
            }
            _ => return Ok(Err(nothing("this job isn't a provider's"))),
        };
        let unwanted = orders.unwanted(owner, fact);
        if let Some(charge) = unwanted.filter(|_| delivery == Delivery::First) {
            return Ok(Err(not_made(charge)));
        }
        let Some(wanted) = wanted(reading, owner, fact).await? else {
            return Ok(Err(unanswerable(fact, delivery)));
        };
        let found = match payers.get(&wanted.method) {
            Some(known) => Some(known.clone()),
            None => reading.payer(wanted.method).await?,
        };
        let Some(payer) = self.payer(found)? else {
            return Ok(Err(unanswerable(fact, delivery)));
        };
        let reference = match fact {
            PaymentFact::ChargeRequested { .. } if unwanted.is_none() => None,
            _ => self.name_of(reading, wanted.charge).await?,
        };
        let charge = Charge {
            id: wanted.charge,
            amount: wanted.amount,
            customer: payer.customer,
            method: payer.method,
            reference,
        };
        Ok(Ok(match fact {
            PaymentFact::InquiryRequested { .. } => Request::Inquire(charge),
            PaymentFact::VoidRequested { .. } => Request::Void(charge),
            PaymentFact::ChargeRequested { .. } if unwanted.is_some() => Request::Void(charge),
            PaymentFact::RefundRequested { refund, amount, .. }
            | PaymentFact::RefundAgainRequested { refund, amount, .. } => Request::Refund(Refund {
                id: *refund,
                charge: charge.id,
                amount: *amount,
                customer: charge.customer,
                reference: charge.reference,
            }),
            _ => Request::Charge(charge),
        }))
    }

    fn forgetting(
        &self,
        provider: &str,
        customer: &str,
    ) -> Result<Result<Request, Answer>, NotAsked> {
        let ours = self.provider_name();
        if provider != ours {
            let theirs = provider.to_owned();
            return Err(NotAsked::CustomerElsewhere { theirs, ours });
        }
        let token = customer.parse().map(Request::Forget);
        Ok(token.map_err(|_| nothing("that is no customer")))
    }

    /// `None` where nobody knows any more.
    fn payer(&self, found: Option<payment_methods::Payer>) -> Result<Option<Payer>, NotAsked> {
        let Some(found) = found else {
            return Ok(None);
        };
        let ours = self.provider_name();
        if found.provider != ours {
            let theirs = found.provider;
            return Err(NotAsked::Elsewhere { theirs, ours });
        }
        let known = |customer: String| {
            Some(Payer {
                customer: customer.parse().ok()?,
                method: found.reference.parse().ok()?,
            })
        };
        Ok(found.customer.and_then(known))
    }

    /// What the provider calls a charge, where it was kept: not of one that is
    /// asked for the first time, of course.
    async fn name_of(
        &self,
        reading: &mut Reading,
        charge: ChargeId,
    ) -> Result<Option<Reference>, StoreError> {
        let name = reading
            .external_name(self.provider_name(), CHARGE, &charge.to_string())
            .await?;
        Ok(name.and_then(|name| name.parse().ok()))
    }

    /// A charge in the provider's words: for a page that has it confirmed.
    pub(crate) async fn charge(
        &self,
        reading: &mut Reading,
        owner: Owner,
        charge: ChargeId,
    ) -> Result<Option<Charge>, StoreError> {
        match self.its_charge(reading, owner, charge).await {
            Ok(charge) => Ok(charge),
            Err(NotAsked::Store(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// The same for a job, which waits where the card is another provider's.
    pub(super) async fn its_charge(
        &self,
        reading: &mut Reading,
        owner: Owner,
        charge: ChargeId,
    ) -> Result<Option<Charge>, NotAsked> {
        let Some(wanted) = asked_for(reading, owner, charge).await? else {
            return Ok(None);
        };
        let Some(payer) = self.payer(reading.payer(wanted.method).await?)? else {
            return Ok(None);
        };
        Ok(Some(Charge {
            id: charge,
            amount: wanted.amount,
            customer: payer.customer,
            method: payer.method,
            reference: self.name_of(reading, charge).await?,
        }))
    }
}

/// What is to be paid with, where a job says so itself.
fn method(job: &Job) -> Option<PaymentMethodId> {
    match &job.task {
        Task::Provider(PaymentFact::ChargeRequested { method, .. }) => Some(*method),
        _ => None,
    }
}

/// The charge that a fact is about.
async fn wanted(
    reading: &mut Reading,
    owner: Owner,
    fact: &PaymentFact,
) -> Result<Option<Wanted>, StoreError> {
    match fact {
        PaymentFact::ChargeRequested {
            charge,
            amount,
            method,
            ..
        } => Ok(Some(Wanted {
            charge: *charge,
            amount: *amount,
            method: *method,
        })),
        PaymentFact::InquiryRequested { charge, .. }
        | PaymentFact::VoidRequested { charge, .. }
        | PaymentFact::RefundRequested { charge, .. }
        | PaymentFact::RefundAgainRequested { charge, .. } => {
            asked_for(reading, owner, *charge).await
        }
        _ => Ok(None),
    }
}

/// A charge as it was asked for: it is in the history.
async fn asked_for(
    reading: &mut Reading,
    owner: Owner,
    charge: ChargeId,
) -> Result<Option<Wanted>, StoreError> {
    let find = |fact: &PaymentFact| match fact {
        PaymentFact::ChargeRequested {
            charge: id,
            amount,
            method,
            ..
        } if *id == charge => Some(Wanted {
            charge,
            amount: *amount,
            method: *method,
        }),
        _ => None,
    };
    Ok(match owner {
        Owner::Subscription(id) => reading.facts(id).await?.iter().find_map(|fact| match fact {
            Fact::Payment(fact) => find(fact),
            _ => None,
        }),
        Owner::Gift(id) => {
            let facts = reading.gift_facts(id).await?;
            facts.iter().find_map(|fact| match fact {
                GiftFact::Payment(fact) => find(fact),
                _ => None,
            })
        }
    })
}

/// What is known of something that the provider can't be asked, since nobody
/// knows any more who pays, or with what: a person was erased meanwhile.
fn unanswerable(fact: &PaymentFact, delivery: Delivery) -> Answer {
    let notice = match fact {
        // It was never handed over, so it has failed for sure.
        PaymentFact::ChargeRequested { charge, .. } if delivery == Delivery::First => {
            Notice::Charge {
                charge: *charge,
                outcome: Outcome::Declined {
                    reason: DeclineReason::ProviderError,
                    is_final: true,
                },
            }
        }
        PaymentFact::ChargeRequested { charge, .. }
        | PaymentFact::InquiryRequested { charge, .. }
        | PaymentFact::VoidRequested { charge, .. } => Notice::Charge {
            charge: *charge,
            outcome: Outcome::Unknown,
        },
        PaymentFact::RefundRequested { refund, .. }
        | PaymentFact::RefundAgainRequested { refund, .. } => Notice::Refund {
            refund: *refund,
            done: false,
        },
        _ => return nothing("nothing is asked of a provider there"),
    };
    Answer {
        notice: Some(notice),
        reference: None,
        remark: Some("who paid, or with what, isn't known any more".to_owned()),
    }
}

/// An answer about what needn't be asked.
pub(crate) fn nothing(why: &str) -> Answer {
    Answer {
        notice: None,
        reference: None,
        remark: Some(why.to_owned()),
    }
}
