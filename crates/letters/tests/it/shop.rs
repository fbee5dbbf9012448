//! One reader's subscription with a clock that moves, and what is told of it.

use access::{Country, StoryId};
use commerce::calendar::{Interval, Zone};
use commerce::ids::{
    AccountId, InvoiceId, OfferId, OrderId, PaymentMethodId, PlanId, ProductId, SubscriptionId,
    TaxClass,
};
use commerce::invoice::{Invoice, InvoiceNumber, Issue, Party};
use commerce::money::Money;
use commerce::payment::PaymentFact;
use commerce::subscription::{Begin, Command, Context, Fact, Funding, Subscription, begin, handle};
use commerce::tax::{TaxBasis, TaxRates, TaxStatus};
use commerce::terms::{Acceptance, Channel, Phase, PhaseKind, Policy, Terms, Then};
use jiff::Timestamp;
use jiff::civil::DateTime;
use ludgate_letters::{Letter, News, Told, of};

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub(crate) fn tokyo() -> Zone {
    Zone::try_from("Asia/Tokyo".to_owned()).expect("a zone")
}

/// `2027-01-31 09:00` in Tokyo.
pub(crate) fn at(text: &str) -> Timestamp {
    let civil: DateTime = text.replace(' ', "T").parse().expect("a time");
    tokyo().instant(civil).expect("in the calendar")
}

pub(crate) fn phase(kind: PhaseKind, price: &str, every: Interval) -> Phase {
    Phase {
        kind,
        price: money(price),
        every: Some(every),
        times: 1,
    }
}

/// Fifteen dollars a month after these phases.
pub(crate) fn monthly(phases: Vec<Phase>) -> Terms {
    Terms {
        offer: OfferId::new("offer").expect("an offer"),
        plan: PlanId::new("monthly").expect("a plan"),
        product: ProductId::new("digital").expect("a product"),
        grants: vec!["read".into(), "apps".into()],
        story: None::<StoryId>,
        phases,
        then: Then::Renews {
            price: money("15.00 USD"),
            every: Interval::MONTH,
        },
        quantity: 1,
        seated: false,
        delivered: false,
        method_needed: false,
        currency: money("15.00 USD").currency(),
        tax_basis: TaxBasis::Inclusive,
        tax_class: TaxClass::new("digital").expect("a class"),
        zone: tokyo(),
        policy: Policy::default(),
    }
}

pub(crate) fn japan() -> Country {
    Country::parse("JP").expect("a country")
}

pub(crate) fn acceptance(now: Timestamp) -> Acceptance {
    Acceptance {
        at: now,
        locale: "en".to_owned(),
        words: "00".repeat(32),
        channel: Channel::Web,
        withdrawal_waived: false,
    }
}

/// A subscription and what has been told of it.
pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) state: Subscription,
    tax: TaxRates,
    orders: u128,
    invoice: Option<Invoice>,
}

impl World {
    /// Begins on these terms; says what is told of that.
    pub(crate) fn begin(
        now: &str,
        terms: Terms,
        funding: Funding,
        has_card: bool,
    ) -> (Self, Vec<Letter>) {
        let (now, tax) = (at(now), TaxRates::none(japan()));
        let command = Begin {
            account: AccountId::new(7),
            acceptance: acceptance(now),
            tax_status: TaxStatus::consumer(japan()),
            method: has_card.then_some(PaymentMethodId::new(1)),
            address: None,
            funding,
            terms,
        };
        let id = SubscriptionId::new(1);
        let context = Context { now, tax: &tax };
        let facts = begin(id, &command, &context).expect("a beginning");
        let state = Subscription::replay(id, &facts).expect("a history");
        let mut world = Self {
            now,
            state,
            tax,
            orders: 100,
            invoice: None,
        };
        let letters = world.told(&facts);
        (world, letters)
    }

    /// With a card and the first payment to come.
    pub(crate) fn buys(now: &str, terms: Terms) -> (Self, Vec<Letter>) {
        let order = OrderId::new(1);
        Self::begin(now, terms, Funding::Own { order }, true)
    }

    /// Does something; says what is told of it.
    pub(crate) fn does(&mut self, command: &Command) -> Vec<Letter> {
        let context = Context {
            now: self.now,
            tax: &self.tax,
        };
        let facts = handle(&self.state, command, &context).expect("accepted");
        for fact in &facts {
            self.state.apply(fact);
        }
        self.told(&facts)
    }

    /// Lets time pass until then, doing what is due; charges are left waiting.
    pub(crate) fn until(&mut self, then: &str) -> Vec<Letter> {
        let then = at(then);
        let mut letters = Vec::new();
        while let Some(due) = commerce::subscription::next_due(&self.state) {
            if due.at > then {
                break;
            }
            self.now = self.now.max(due.at);
            self.orders += 1;
            let order = OrderId::new(self.orders);
            letters.extend(self.does(&Command::Tick { order }));
        }
        self.now = then;
        letters
    }

    /// Reports on the charge that is under way.
    pub(crate) fn reports(&mut self, outcome: commerce::payment::Outcome) -> Vec<Letter> {
        let open = self.state.payments.open.as_ref().expect("an order");
        let charge = open.charge();
        self.does(&Command::Report { charge, outcome })
    }

    pub(crate) fn pays(&mut self) -> Vec<Letter> {
        let open = self.state.payments.open.as_ref().expect("an order");
        let amount = open.bill.total;
        self.reports(commerce::payment::Outcome::Paid { amount })
    }

    /// What is told of facts once they are written down.
    pub(crate) fn told(&mut self, facts: &[Fact]) -> Vec<Letter> {
        let mut letters = Vec::new();
        for fact in facts {
            let document = match fact {
                Fact::Payment(fact) => self.document(fact),
                _ => None,
            };
            let told = Told {
                document: document.as_ref(),
                ..Told::new(News::Subscription(fact, &self.state))
            };
            letters.extend(of(&told));
        }
        letters
    }

    fn document(&mut self, fact: &PaymentFact) -> Option<Invoice> {
        let party = |name: &str| Party {
            name: name.to_owned(),
            address: vec!["1 Fleet Street".to_owned()],
            country: japan(),
            vat_id: None,
        };
        let issue = |series: &str| Issue {
            id: InvoiceId::new(9),
            number: InvoiceNumber::new(series, 12).expect("a number"),
            date: tokyo().civil(self.now).date(),
            seller: party("The Ludgate Review Ltd"),
            customer: party("Anna Muster"),
        };
        match fact {
            PaymentFact::Paid { .. } => {
                let invoice = Invoice::of_payment(fact, issue("LR-")).expect("an invoice");
                self.invoice = Some(invoice.clone());
                Some(invoice)
            }
            PaymentFact::RefundRequested { .. } => {
                self.invoice.as_ref()?.credit(fact, issue("LR-C")).ok()
            }
            _ => None,
        }
    }
}
