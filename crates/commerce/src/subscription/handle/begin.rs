//! The beginning: terms are accepted, and the first period begins or is to be
//! paid.

use super::{Context, Draft};
use crate::calendar::{Anchor, Period};
use crate::ids::SubscriptionId;
use crate::money::Money;
use crate::payment::{Purpose, closes};
use crate::subscription::{
    Begin, Begun, Cycle, Fact, Funding, Origin, Position, Refusal, Subscription, first,
};
use crate::terms::PhaseKind;

/// The facts with which a subscription begins, the first of them
/// [`Fact::Begun`]. Whether the offer may be accepted was decided when the
/// [catalog](crate::catalog::Catalog::terms) made the terms.
pub fn begin(
    id: SubscriptionId,
    command: &Begin,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let terms = &command.terms;
    let segment = first(terms).ok_or(Refusal::EmptyTerms)?;
    if terms.delivered && command.address.is_none() {
        return Err(Refusal::AddressMissing);
    }
    let own = matches!(command.funding, Funding::Own { .. });
    let charged = own && segment.price.is_positive();
    if own && command.method.is_none() && (charged || terms.method_needed) {
        return Err(Refusal::PaymentMethodMissing);
    }
    let begun = begun(command, context)?;
    let mut draft = Draft::new(Subscription::begun(id, &begun), *context);
    draft.facts.push(Fact::Begun(Box::new(begun)));
    match command.funding {
        Funding::Complimentary { until } => draft.give(until)?,
        Funding::Elsewhere { until } => draft.bring_over(until)?,
        Funding::Own { order } if charged => {
            let (_, bill) = draft.quote(segment, Anchor::new(context.now, &terms.zone))?;
            // From its payment on, so that nobody pays for the time it took; the
            // bill is dated anew then.
            draft.open(order, Purpose::Begin, bill, None)?;
        }
        _ => {
            let (mut cycle, _) = draft.quote(segment, Anchor::new(context.now, &terms.zone))?;
            cycle.paid = matches!(command.funding, Funding::Gift { .. });
            // Whoever gave it paid, with their own tax.
            cycle.taxation = None;
            draft.push(Fact::PeriodStarted(cycle));
        }
    }
    Ok(draft.facts)
}

fn begun(command: &Begin, context: &Context<'_>) -> Result<Begun, Refusal> {
    let (origin, prepaid) = match command.funding {
        Funding::Own { .. } => (Origin::Own, None),
        Funding::Gift { gift, prepaid } => (Origin::Gift(gift), Some(prepaid)),
        Funding::Complimentary { .. } => (Origin::Complimentary, None),
        Funding::Elsewhere { .. } => (Origin::Imported, None),
    };
    Ok(Begun {
        account: command.account,
        terms: command.terms.clone(),
        acceptance: command.acceptance.clone(),
        origin,
        tax_status: command.tax_status,
        method: command.method,
        address: command.address,
        expires: closes(context.now)?,
        prepaid: prepaid.unwrap_or(Money::zero(command.terms.currency)),
    })
}

impl Draft<'_> {
    /// Complimentary access, from now until whenever the publisher said.
    fn give(&mut self, until: Option<jiff::Timestamp>) -> Result<(), Refusal> {
        let zone = &self.state.terms.zone;
        let start = Anchor::new(self.now(), zone).instant(zone)?;
        let segment = first(&self.state.terms).ok_or(Refusal::EmptyTerms)?;
        self.start_unpaid(start, until, PhaseKind::Complimentary, segment.position)
    }

    /// What was paid for in another system, from now to its end. The books know
    /// nothing of that money.
    fn bring_over(&mut self, until: jiff::Timestamp) -> Result<(), Refusal> {
        let zone = &self.state.terms.zone;
        let start = Anchor::new(self.now(), zone).instant(zone)?;
        let kind = if self.state.terms.renews() {
            PhaseKind::Evergreen
        } else {
            PhaseKind::FixedTerm
        };
        self.start_unpaid(start, Some(until), kind, Position::Evergreen)
    }

    fn start_unpaid(
        &mut self,
        start: jiff::Timestamp,
        end: Option<jiff::Timestamp>,
        kind: PhaseKind,
        position: Position,
    ) -> Result<(), Refusal> {
        if end.is_some_and(|end| end <= start) {
            return Err(Refusal::EndsBeforeItBegins);
        }
        let terms = &self.state.terms;
        self.push(Fact::PeriodStarted(Cycle {
            period: Period { start, end },
            kind,
            position,
            every: None,
            anchor: Anchor::new(end.unwrap_or(start), &terms.zone),
            price: Money::zero(terms.currency),
            paid: false,
            over: false,
            taxation: None,
        }));
        Ok(())
    }
}
