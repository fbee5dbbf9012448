//! What facts are called, for columns, logs and metrics: as in their written
//! form.

use super::{Fact, SeatFact};
use crate::payment::{PaymentFact, RefundReason, RefundSource};

impl Fact {
    /// The fact's name, and that of the fact within where it is of a kind:
    /// `period_started`, `charge_requested`, `seat_taken`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Begun(_) => "begun",
            Self::Payment(fact) => fact.name(),
            Self::Seat(SeatFact::Invited { .. }) => "seat_invited",
            Self::Seat(SeatFact::Taken { .. }) => "seat_taken",
            Self::Seat(SeatFact::Freed { .. }) => "seat_freed",
            Self::Seat(SeatFact::Admitted { .. }) => "seat_admitted",
            Self::PeriodStarted(_) => "period_started",
            Self::PeriodEnded { .. } => "period_ended",
            Self::GraceStarted { .. } => "grace_started",
            Self::Recovered => "recovered",
            Self::CancellationScheduled { .. } => "cancellation_scheduled",
            Self::CancellationWithdrawn => "cancellation_withdrawn",
            Self::Ended { .. } => "ended",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::Extended { .. } => "extended",
            Self::PlanChangeAgreed { .. } => "plan_change_agreed",
            Self::PlanChangeDropped => "plan_change_dropped",
            Self::PlanChanged { .. } => "plan_changed",
            Self::PriceRiseAnnounced(_) => "price_rise_announced",
            Self::PriceRiseTold { .. } => "price_rise_told",
            Self::PriceRiseAccepted => "price_rise_accepted",
            Self::PriceRiseRefused => "price_rise_refused",
            Self::PriceRiseApplied { .. } => "price_rise_applied",
            Self::ReminderDue { .. } => "reminder_due",
            Self::PaymentMethodSet { .. } => "payment_method_set",
            Self::Transferred { .. } => "transferred",
            Self::AddressSet { .. } => "address_set",
            Self::TaxStatusSet { .. } => "tax_status_set",
        }
    }
}

impl PaymentFact {
    /// The fact's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OrderOpened { .. } => "order_opened",
            Self::ChargeRequested { .. } => "charge_requested",
            Self::ChargeDeclined { .. } => "charge_declined",
            Self::OutcomeUnknown { .. } => "outcome_unknown",
            Self::InquiryRequested { .. } => "inquiry_requested",
            Self::AuthenticationRequired { .. } => "authentication_required",
            Self::VoidRequested { .. } => "void_requested",
            Self::OrderFailed { .. } => "order_failed",
            Self::Paid { .. } => "paid",
            Self::SurplusReceived { .. } => "surplus_received",
            Self::RefundRequested { .. } => "refund_requested",
            Self::Refunded { .. } => "refunded",
            Self::RefundFailed { .. } => "refund_failed",
            Self::RefundAgainRequested { .. } => "refund_again_requested",
            Self::ChargedBack { .. } => "charged_back",
            Self::ChargebackWon { .. } => "chargeback_won",
        }
    }

    /// Whether a bank took back what had been paid for nothing.
    pub(crate) fn is_of_surplus(&self) -> bool {
        let source = RefundSource::Surplus;
        matches!(self, Self::ChargedBack { source: of, .. } if *of == source)
    }

    /// Whether a provider has to be told: what the store puts into its outbox.
    pub fn asks_provider(&self) -> bool {
        match self {
            Self::ChargeRequested { .. }
            | Self::InquiryRequested { .. }
            | Self::VoidRequested { .. } => true,
            Self::RefundRequested { reason, .. } => *reason != RefundReason::Elsewhere,
            Self::RefundAgainRequested { elsewhere, .. } => !elsewhere,
            _ => false,
        }
    }
}
