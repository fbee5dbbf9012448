//! Taxes, invoices and credit notes.

use crate::support::*;
use access::Country;
use jiff::civil::Date;
use ludgate_commerce::bill::{Bill, Line, Sold};
use ludgate_commerce::ids::*;
use ludgate_commerce::invoice::*;
use ludgate_commerce::ledger::LedgerAccount;
use ludgate_commerce::money::Money;
use ludgate_commerce::payment::{PaymentFact, RefundReason, RefundSource, RefundWish};
use ludgate_commerce::subscription::{
    AfterRefund, ChangePlan, ChangeWhen, Command, Fact, IntroOnChange,
};
use ludgate_commerce::tax::*;

fn country(code: &str) -> Country {
    Country::parse(code).expect("a country")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn rate(country_code: &str, from: &str, rate: &str) -> DatedRate {
    DatedRate {
        country: country(country_code),
        class: TaxClass::new("digital").expect("a class"),
        from: day(from),
        rate: rate.parse().expect("a rate"),
    }
}

/// A seller in Germany who sells to France too.
fn rates() -> TaxRates {
    let rates = vec![
        rate("DE", "2020-07-01", "5 %"),
        rate("DE", "2021-01-01", "7 %"),
        rate("FR", "2014-02-01", "2.1 %"),
    ];
    TaxRates::new(
        country("DE"),
        rates,
        vec![country("DE"), country("FR"), country("IT")],
    )
    .expect("rates")
}

#[test]
fn the_rate_is_the_countrys_on_the_day() {
    let rates = rates();
    let class = TaxClass::new("digital").expect("a class");
    let print = TaxClass::new("print").expect("a class");
    let rows = [
        ("DE", "2020-06-30", None),
        ("DE", "2020-07-01", Some("5 %")),
        ("DE", "2020-12-31", Some("5 %")),
        ("DE", "2021-01-01", Some("7 %")),
        ("FR", "2027-01-01", Some("2.1 %")),
        ("US", "2027-01-01", None),
    ];
    for (code, on, expected) in rows {
        let found = rates.rate(country(code), &class, day(on));
        assert_eq!(
            found.map(|rate| rate.to_string()).as_deref(),
            expected,
            "{code} {on}"
        );
    }
    assert_eq!(rates.rate(country("DE"), &print, day("2027-01-01")), None);
    let twice = vec![
        rate("DE", "2021-01-01", "7 %"),
        rate("DE", "2021-01-01", "19 %"),
    ];
    assert!(TaxRates::new(country("DE"), twice, vec![]).is_err());
}

#[test]
fn a_price_is_divided_by_whom_it_is_for() {
    use TaxBasis::{Exclusive, Inclusive};
    let rates = rates();
    let class = TaxClass::new("digital").expect("a class");
    let consumer = |code| TaxStatus::consumer(country(code));
    let business = |code| TaxStatus::business(country(code));
    // What 10.70 comes to: net and tax.
    let rows = [
        (consumer("DE"), Inclusive, 1000, 70),
        (consumer("DE"), Exclusive, 1070, 75),
        (consumer("FR"), Inclusive, 1048, 22),
        (business("DE"), Inclusive, 1000, 70),
        // The customer owes the tax, and pays the price less it.
        (business("FR"), Inclusive, 1048, 0),
        (business("FR"), Exclusive, 1070, 0),
        (business("IT"), Inclusive, 1070, 0),
        (consumer("US"), Inclusive, 1070, 0),
        (business("US"), Exclusive, 1070, 0),
    ];
    for (customer, basis, net, tax) in rows {
        let taxation = rates.taxation(customer, &class, day("2027-01-01"));
        let split = taxation.split(money("10.70 EUR"), basis).expect("a split");
        let found = (split.net.minor(), split.tax.minor());
        assert_eq!(found, (net, tax), "{customer:?} {basis:?}");
    }
}

/// A subscriber in Germany, prices with or without tax.
fn german(basis: TaxBasis) -> World {
    let mut world = World::paying("2027-04-01 00:00");
    world.tax = rates();
    world.catalog.tax_basis = basis;
    world.customer = TaxStatus::consumer(country("DE"));
    world.takes("standard");
    world
}

#[test]
fn tax_on_top_is_charged_and_owed() {
    let mut world = german(TaxBasis::Exclusive);
    world.saw(&[
        "begun standard",
        "order #1 begin 16.05 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
    ]);
    let owed = LedgerAccount::TaxPayable(Some(country("DE")));
    assert_eq!(world.balance(owed), -105);
    assert_eq!(world.balance(LedgerAccount::DeferredRevenue), -1500);
    assert_eq!(world.balance(LedgerAccount::Provider), 1605);
    world.goes_to("2027-05-02 00:00");
    assert_eq!(world.balance(LedgerAccount::Revenue), -1500);
}

#[test]
fn a_new_rate_holds_from_its_day_at_the_next_charge() {
    let mut world = german(TaxBasis::Exclusive);
    let mut new = vec![
        rate("DE", "2021-01-01", "7 %"),
        rate("DE", "2027-04-15", "10 %"),
    ];
    new.rotate_left(1);
    world.tax = TaxRates::new(country("DE"), new, vec![]).expect("rates");
    world.goes_to("2027-05-01 00:00");
    let totals: Vec<String> = world
        .state()
        .payments
        .payments()
        .map(|payment| payment.total.to_string())
        .collect();
    assert_eq!(totals, ["16.05 USD", "16.50 USD"]);
}

#[test]
fn refunds_in_pieces_give_exactly_the_tax_back() {
    let mut world = german(TaxBasis::Inclusive);
    let owed = LedgerAccount::TaxPayable(Some(country("DE")));
    assert_eq!(world.balance(owed), -98);
    for (id, amount) in [
        (1, "0.33 USD"),
        (2, "4.67 USD"),
        (3, "9.99 USD"),
        (4, "0.01 USD"),
    ] {
        world.does(&Command::Refund {
            wish: RefundWish {
                refund: RefundId::new(id),
                charge: ChargeId {
                    order: OrderId::new(1),
                    attempt: 1,
                },
                amount: Some(money(amount)),
            },
            access: AfterRefund::Keep,
        });
    }
    assert_eq!(world.balance(owed), 0);
    assert_eq!(world.balance(LedgerAccount::DeferredRevenue), 0);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), -1500);
}

fn party(name: &str, code: &str, vat_id: Option<&str>) -> Party {
    Party {
        name: name.into(),
        address: vec!["1 Ludgate Hill".into(), "London".into()],
        country: country(code),
        vat_id: vat_id.map(|id| VatId::new(id).expect("a VAT id")),
    }
}

fn issue(count: u64, customer: Party) -> Issue {
    Issue {
        id: InvoiceId::new(u128::from(count)),
        number: InvoiceNumber::new("2027-", count).expect("a number"),
        date: day("2027-04-01"),
        seller: party("The Ludgate Review", "DE", Some("DE 123456789")),
        customer,
    }
}

fn payments(world: &World) -> Vec<PaymentFact> {
    let of = |fact: &Fact| match fact {
        Fact::Payment(fact) => Some(fact.clone()),
        _ => None,
    };
    world.history.iter().filter_map(of).collect()
}

/// Paid as a consumer in Germany, and a business in France since.
fn moved_to_france(basis: TaxBasis) -> World {
    let mut world = german(basis);
    world.goes_to("2027-04-10 00:00");
    let status = TaxStatus::business(country("FR"));
    world.does(&Command::SetTaxStatus { status });
    world.forget();
    world
}

#[test]
fn what_is_given_back_bears_the_tax_that_was_paid() {
    for (basis, back) in [
        (TaxBasis::Inclusive, "10.50 USD"),
        (TaxBasis::Exclusive, "11.24 USD"),
    ] {
        let mut world = moved_to_france(basis);
        world.does(&Command::Withdraw {
            refund: RefundId::new(1),
        });
        let given = payments(&world).into_iter().find_map(|fact| match fact {
            PaymentFact::RefundRequested { amount, .. } => Some(amount),
            _ => None,
        });
        assert_eq!(given, Some(money(back)), "{basis:?}");
    }
}

#[test]
fn what_is_taken_off_a_better_plan_bears_the_tax_that_was_paid() {
    let mut world = moved_to_france(TaxBasis::Inclusive);
    let paid = world.balance(LedgerAccount::TaxPayable(Some(country("DE"))));
    let change = ChangePlan {
        terms: world.terms("premium"),
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(world.now),
        when: ChangeWhen::Now,
        as_of: None,
        order: world.order(),
        refund: world.refund(),
    };
    world.does(&Command::ChangePlan(Box::new(change)));
    let paid_now = payments(&world)
        .into_iter()
        .rev()
        .find_map(|fact| match fact {
            PaymentFact::Paid { bill, .. } => Some(bill),
            _ => None,
        });
    let lines = paid_now.expect("a bill").lines;
    let taxed: Vec<_> = lines.iter().map(|line| line.split.total()).collect();
    // 21 days of 30: all that was paid for them, off what is owed without tax.
    assert_eq!(taxed, [Ok(money("20.57 USD")), Ok(money("-10.50 USD"))]);
    let left = world.balance(LedgerAccount::TaxPayable(Some(country("DE"))));
    assert_eq!((paid, left), (-98, -29), "the rest of its tax is Germany's");
}

#[test]
fn an_invoice_says_what_was_paid_and_its_credit_note_what_was_given_back() {
    let mut world = german(TaxBasis::Inclusive);
    world.does(&Command::Refund {
        wish: RefundWish {
            refund: RefundId::new(1),
            charge: ChargeId {
                order: OrderId::new(1),
                attempt: 1,
            },
            amount: Some(money("5.00 USD")),
        },
        access: AfterRefund::Keep,
    });
    let facts = payments(&world);
    let paid = facts
        .iter()
        .find(|fact| matches!(fact, PaymentFact::Paid { .. }))
        .expect("a payment");
    let customer = party("Ines Marlow", "DE", None);
    let invoice = Invoice::of_payment(paid, issue(1, customer.clone())).expect("an invoice");
    assert_eq!(invoice.number.to_string(), "2027-000001");
    assert_eq!(invoice.total, money("15.00 USD"));
    assert_eq!(invoice.split.tax, money("0.98 USD"));
    assert_eq!(invoice.taxes.len(), 1);
    let given = facts
        .iter()
        .find(|fact| matches!(fact, PaymentFact::RefundRequested { .. }))
        .expect("a refund");
    let note = invoice
        .credit(given, issue(2, customer.clone()))
        .expect("a credit note");
    assert_eq!(
        (note.total, note.split.tax),
        (money("5.00 USD"), money("0.33 USD"))
    );
    let InvoiceKind::CreditNote { corrects, .. } = &note.kind else {
        panic!("a credit note");
    };
    assert_eq!(*corrects, invoice.number);
    let wrong = Invoice::of_payment(given, issue(3, customer.clone()));
    assert_eq!(wrong, Err(InvoiceError::WrongFact));
    assert_eq!(
        invoice.credit(paid, issue(3, customer)),
        Err(InvoiceError::WrongFact)
    );
    let text = serde_json::to_string(&note).expect("written");
    assert_eq!(serde_json::from_str::<Invoice>(&text).expect("read"), note);
}

/// A period of paper at 7 % and of reading at 19 %, less what is left of one at
/// 5 %: 34.10 in all.
fn of_three_rates() -> Bill {
    let line = |price: &str, rate: &str| {
        let taxation = Taxation::Charged {
            country: country("DE"),
            rate: rate.parse().expect("a rate"),
        };
        let split = taxation.split(money(price), TaxBasis::Inclusive);
        Line {
            sold: Sold::Gift {
                plan: plan_id("monthly"),
            },
            quantity: 1,
            taxation,
            split: split.expect("a split"),
        }
    };
    let lines = vec![
        line("30.00 USD", "7 %"),
        line("11.60 USD", "19 %"),
        line("-7.50 USD", "5 %"),
    ];
    Bill::new(currency("USD"), lines).expect("a bill")
}

#[test]
fn a_credit_note_states_every_rate_of_its_invoice() {
    let (bill, charge) = (
        of_three_rates(),
        ChargeId {
            order: OrderId::new(1),
            attempt: 1,
        },
    );
    let at = "2027-04-01T00:00:00Z".parse().expect("a time");
    let paid = PaymentFact::Paid {
        charge,
        bill: bill.clone(),
        at,
    };
    let customer = party("Ines Marlow", "DE", None);
    let invoice = Invoice::of_payment(&paid, issue(1, customer.clone())).expect("an invoice");
    let note = |net: Money, tax: Money| {
        let given = PaymentFact::RefundRequested {
            refund: RefundId::new(1),
            charge,
            amount: net.plus(tax).expect("a sum"),
            reason: RefundReason::Care,
            source: RefundSource::Sale {
                deferred: net,
                earned: Money::zero(currency("USD")),
                tax,
                country: Some(country("DE")),
            },
        };
        invoice.credit(&given, issue(2, customer.clone()))
    };
    let all = note(bill.split.net, bill.split.tax).expect("a credit note");
    assert_eq!(all.taxes, invoice.taxes, "as it was charged");
    assert_eq!(all.lines.len(), 3);
    for (net, tax) in [("8.99 USD", "1.01 USD"), ("0.01 USD", "0.00 USD")] {
        let part = note(money(net), money(tax)).expect("a credit note");
        let sum = |of: fn(&TaxTotal) -> Money| {
            Money::sum(currency("USD"), part.taxes.iter().map(of)).expect("a sum")
        };
        assert_eq!(sum(|total| total.split.net), money(net));
        assert_eq!(sum(|total| total.split.tax), money(tax));
        assert_eq!(part.lines.len(), part.taxes.len());
    }
    let part = note(money("8.99 USD"), money("1.01 USD")).expect("a credit note");
    let totals: Vec<_> = part.taxes.iter().map(|tax| tax.split.total()).collect();
    let expected = ["8.80 USD", "3.40 USD", "-2.20 USD"];
    assert_eq!(totals, expected.map(|text| Ok(money(text))));
}

#[test]
fn a_customer_who_owes_the_tax_needs_a_vat_id() {
    let mut world = World::paying("2027-04-01 00:00");
    world.tax = rates();
    world.customer = TaxStatus::business(country("FR"));
    world.takes("standard");
    let facts = payments(&world);
    let paid = facts
        .iter()
        .find(|fact| matches!(fact, PaymentFact::Paid { .. }))
        .expect("a payment");
    let without = Invoice::of_payment(paid, issue(1, party("Ondes SA", "FR", None)));
    assert_eq!(without, Err(InvoiceError::VatIdMissing));
    let customer = party("Ondes SA", "FR", Some("FR 40 303.265-045"));
    let invoice = Invoice::of_payment(paid, issue(1, customer)).expect("an invoice");
    let tax = invoice.taxes.first().expect("a line of tax");
    assert!(matches!(tax.taxation, Taxation::ReverseCharge { .. }));
    assert_eq!(tax.split.tax, Money::zero(currency("USD")));
    let vat_id = invoice.customer.vat_id.expect("an id");
    assert_eq!(vat_id.as_str(), "FR40303265045");
}

#[test]
fn what_cant_be_printed_is_refused() {
    for wrong in [
        "",
        "DE",
        "123456",
        "D1234567",
        "DE12345678901234567",
        "DE<script>",
    ] {
        assert!(VatId::new(wrong).is_err(), "{wrong}");
    }
    for (series, count) in [("2027-", 0), ("far too long a series", 1), ("a b", 1)] {
        assert!(InvoiceNumber::new(series, count).is_err(), "{series}");
    }
    let world = german(TaxBasis::Inclusive);
    let facts = payments(&world);
    let paid = facts
        .iter()
        .find(|fact| matches!(fact, PaymentFact::Paid { .. }))
        .expect("a payment");
    let long = "x".repeat(201);
    for name in ["", "a\u{0}b", "two\nlines", &long] {
        let refused = Invoice::of_payment(paid, issue(1, party(name, "DE", None)));
        assert!(matches!(refused, Err(InvoiceError::Text(_))), "{name}");
    }
}
