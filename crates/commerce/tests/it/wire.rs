//! Facts as they are written down: a contract with every fact that was ever
//! stored. A change that breaks one of these breaks histories.

use crate::support::*;
use ludgate_commerce::ids::{ChargeId, DisputeId, OrderId};
use ludgate_commerce::payment::Payment;
use ludgate_commerce::subscription::{CancelReason, CancelWhen, Command, Fact};

#[test]
fn facts_are_written_in_words_and_read_back() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    let written: Vec<serde_json::Value> = world
        .history
        .iter()
        .map(|fact| serde_json::to_value(fact).expect("written"))
        .collect();
    let requested = serde_json::json!({
        "payment": { "charge_requested": {
            "charge": { "order": "ord_00000000000000000000000000000001", "attempt": 1 },
            "amount": "15.00 USD",
            "method": "pm_00000000000000000000000000000001",
            "at": "2027-01-01T00:00:00Z",
            "ask_at": "2027-01-01T00:10:00Z",
        }}
    });
    assert_eq!(written.get(2), Some(&requested));
    let terms = written
        .first()
        .and_then(|fact| fact.pointer("/begun/terms"))
        .expect("terms");
    let pick = |path: &str| terms.pointer(path).cloned().unwrap_or_default();
    assert_eq!(pick("/zone"), "Asia/Tokyo");
    assert_eq!(pick("/grants"), serde_json::json!(["read", "apps"]));
    assert_eq!(
        pick("/then/renews/every"),
        serde_json::json!({ "months": 1 })
    );
    assert_eq!(
        pick("/policy/dunning/retry_days"),
        serde_json::json!([1, 3, 7, 12])
    );
}

/// The key under which a fact is written down.
fn key(value: &serde_json::Value) -> &str {
    match value {
        serde_json::Value::String(word) => word,
        other => {
            let map = other.as_object().expect("a fact");
            map.keys().next().expect("its name")
        }
    }
}

#[test]
fn facts_are_called_as_they_are_written() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("trial");
    let cancel = Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    };
    world.does(&cancel);
    world.does(&Command::Reactivate);
    world.goes_to("2027-02-10 00:00");
    world.does(&Command::Pause { resumes: None });
    world.does(&Command::Resume);
    world.pays = false;
    world.goes_to("2027-02-15 09:00");
    world.declined(ludgate_commerce::payment::DeclineReason::Refused);
    world.goes_to("2027-02-16 09:00");
    world.paid();
    world.does(&cancel);
    world.goes_to("2027-04-01 00:00");
    let mut names = std::collections::BTreeSet::new();
    for fact in &world.history {
        let written = serde_json::to_value(fact).expect("written");
        let outer = key(&written);
        let name = match fact {
            Fact::Payment(_) => key(written.get(outer).expect("a fact within")),
            _ => outer,
        };
        assert_eq!(fact.name(), name);
        names.insert(name.to_owned());
    }
    assert!(names.len() >= 14, "{names:?}");
}

#[test]
fn what_makes_no_sense_isnt_read() {
    let rows = [
        r#"{"payment_method_set":{"method":"pm_1"}}"#,
        r#"{"payment_method_set":{"method":"ord_00000000000000000000000000000001"}}"#,
        r#"{"period_ended":{"earned":"1.00 usd"}}"#,
        r#"{"period_ended":{"earned":"1.505 USD"}}"#,
        r#"{"tax_status_set":{"status":{"country":"Germany","business":false}}}"#,
        r#"{"never_heard_of":{}}"#,
    ];
    for text in rows {
        assert!(serde_json::from_str::<Fact>(text).is_err(), "{text}");
    }
    assert!(serde_json::from_str::<Fact>(r#""recovered""#).is_ok());
}

#[test]
fn a_payment_that_was_kept_with_its_only_dispute_is_read_back() {
    let mut world = World::paying("2027-04-01 00:00");
    world.takes("standard");
    world.does(&Command::Chargeback {
        dispute: DisputeId::new(1),
        charge: ChargeId {
            order: OrderId::new(1),
            attempt: 1,
        },
        amount: money("15.00 USD"),
    });
    let payment = world.state().payments.payments().next().expect("a payment");
    let mut written = serde_json::to_value(payment).expect("written");
    let again: Payment = serde_json::from_value(written.clone()).expect("read");
    assert_eq!(again, *payment);
    let fields = written.as_object_mut().expect("fields");
    let disputes = fields.remove("disputes").expect("a list");
    let only = disputes.get(0).expect("one").clone();
    fields.insert("dispute".into(), only);
    let before: Payment = serde_json::from_value(written).expect("read");
    assert_eq!(before, *payment);
}
