//! The two providers, as one.

use commerce::ids::AccountId;
use commerce::payment::{DeclineReason, Outcome};
use jiff::Timestamp;

use super::{
    Answer, Authentication, CardEntry, Charge, CustomerToken, Delivery, Error, Method, MethodToken,
    Next, Request, SetupOutcome, SetupToken,
};
use crate::sandbox::Sandbox;
use crate::stripe::Stripe;

/// Who moves the money.
#[derive(Debug)]
pub enum Provider {
    /// Nobody: it is play money.
    Sandbox(Box<Sandbox>),
    /// Stripe, or a server that speaks as it does.
    Stripe(Box<Stripe>),
}

impl Provider {
    /// Whether real money moves. Beside such a provider no test clock may run.
    pub fn is_live(&self) -> bool {
        match self {
            Self::Sandbox(_) => false,
            Self::Stripe(stripe) => stripe.is_live(),
        }
    }

    /// Does what a row of the outbox asks for. `now` is the business clock,
    /// which only the sandbox lives by.
    ///
    /// A charge always gets an answer about it, perhaps that it is
    /// [unknown](Outcome::Unknown), unless nothing was asked at all; then the
    /// error says [`Next::Again`] or [`Next::Repair`], and the row stays where
    /// it is. What a provider wouldn't do has failed.
    pub async fn carry_out(
        &self,
        request: &Request,
        delivery: Delivery,
        now: Timestamp,
    ) -> Result<Answer, Error> {
        let answer = match self {
            Self::Sandbox(sandbox) => sandbox.carry_out(request, now).await,
            Self::Stripe(stripe) => stripe.carry_out(request, delivery).await,
        };
        answer.or_else(|error| about(request, error))
    }

    /// Does what many rows ask for, each as [`carry_out`](Self::carry_out) does
    /// it, and answers in their order. The sandbox is asked once for all.
    pub async fn carry_out_all(
        &self,
        requests: Vec<(Request, Delivery)>,
        now: Timestamp,
    ) -> Vec<Result<Answer, Error>> {
        match self {
            Self::Sandbox(sandbox) => {
                let asked: Vec<Request> = requests.into_iter().map(|(it, _)| it).collect();
                let answers = sandbox.carry_out_all(asked.clone(), now).await;
                let about = |(request, answer): (&Request, Result<Answer, Error>)| {
                    answer.or_else(|error| about(request, error))
                };
                asked.iter().zip(answers).map(about).collect()
            }
            Self::Stripe(_) => {
                let mut answers = Vec::with_capacity(requests.len());
                for (request, delivery) in &requests {
                    answers.push(self.carry_out(request, *delivery, now).await);
                }
                answers
            }
        }
    }

    /// Makes somebody known who is going to pay. The same account again is the
    /// same customer, for a day at least; but not `instead` of one who was
    /// [deleted](Error::Deleted).
    pub async fn customer(
        &self,
        account: AccountId,
        instead: Option<&CustomerToken>,
    ) -> Result<CustomerToken, Error> {
        match self {
            Self::Sandbox(_) => Sandbox::customer(account),
            Self::Stripe(stripe) => stripe.customer(account, instead).await,
        }
    }

    /// Begins to take a card. `drawn` are random bits that nobody can guess.
    pub async fn set_up(
        &self,
        customer: &CustomerToken,
        drawn: u128,
    ) -> Result<(SetupToken, CardEntry), Error> {
        match self {
            Self::Sandbox(sandbox) => sandbox.set_up(customer, drawn).await,
            Self::Stripe(stripe) => stripe.set_up(customer, drawn).await,
        }
    }

    /// What became of entering a card. It must be the customer's own: what a
    /// browser brings back proves nothing.
    pub async fn setup_outcome(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
    ) -> Result<SetupOutcome, Error> {
        match self {
            Self::Sandbox(sandbox) => sandbox.setup_outcome(setup, customer).await,
            Self::Stripe(stripe) => stripe.setup_outcome(setup, customer).await,
        }
    }

    /// A customer's cards, the latest first.
    pub async fn methods(&self, customer: &CustomerToken) -> Result<Vec<Method>, Error> {
        match self {
            Self::Sandbox(sandbox) => sandbox.methods(customer).await,
            Self::Stripe(stripe) => stripe.methods(customer).await,
        }
    }

    /// Lets a card go: it can't be charged any more. One that is gone already
    /// stays so.
    pub async fn detach(&self, method: &MethodToken) -> Result<(), Error> {
        match self {
            Self::Sandbox(sandbox) => sandbox.detach(method).await,
            Self::Stripe(stripe) => stripe.detach(method).await,
        }
    }

    /// How the reader confirms a charge that waits for them.
    pub async fn authentication(&self, charge: &Charge) -> Result<Authentication, Error> {
        match self {
            Self::Sandbox(sandbox) => sandbox.authentication(charge.id).await,
            Self::Stripe(stripe) => stripe.authentication(charge).await,
        }
    }
}

/// What an error means for what was asked for.
fn about(request: &Request, error: Error) -> Result<Answer, Error> {
    let mut answer = match (request, error.next()) {
        // An inquiry that is refused says nothing about the charge either.
        (Request::Charge(charge), Next::Ask)
        | (Request::Inquire(charge) | Request::Void(charge), Next::Ask | Next::GiveUp) => {
            Answer::charge(charge.id, Outcome::Unknown, None)
        }
        (Request::Charge(charge), Next::GiveUp) => {
            let outcome = Outcome::Declined {
                reason: DeclineReason::ProviderError,
                is_final: false,
            };
            Answer::charge(charge.id, outcome, None)
        }
        (Request::Refund(refund), Next::GiveUp) => Answer::refund(refund.id, false),
        _ => return Err(error),
    };
    answer.remark = Some(error.to_string());
    Ok(answer)
}
