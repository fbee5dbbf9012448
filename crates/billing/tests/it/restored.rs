//! A backup is put back when more has happened than it knows of: what the bank
//! has taken since isn't taken again.

use std::path::Path;

use jiff::SignedDuration;
use providers::payment::Provider;
use providers::sandbox::Sandbox;
use store::upkeep::restore;

use crate::support::*;

/// What the database is called.
const DATABASE: &str = "ludgate.db";

async fn press(folder: &Path, seed: u64) -> Press {
    let sandbox = Sandbox::open(&folder.join("bank")).expect("a journal");
    Press::at(folder, Provider::Sandbox(Box::new(sandbox)), seed).await
}

#[tokio::test]
async fn what_was_renewed_after_the_backup_is_not_charged_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup.db");
    let mut ids = Vec::new();
    let (charged, ran_on) = {
        let press = press(folder.path(), 1).await;
        for (name, offer) in [("anna", "standard"), ("bela", "trial"), ("carl", "team")] {
            let account = press.reader(name).await;
            ids.push(press.buys(account, offer, GOOD).await.subscription.id);
        }
        press
            .billing
            .store()
            .backup(&backup)
            .await
            .expect("a backup");
        let to = at("2027-03-03T00:00:00Z");
        press.advance(to).await;
        press.sound().await;
        (press.bank(), to)
    };
    // Of the first months, and of both renewals after them.
    assert_eq!(charged, (2 + 2 + 2 + 2, 3 * 1500 + 2 * 1500 + 3 * 3000));
    let database = folder.path().join(DATABASE);
    restore(&backup, &database, new_year())
        .await
        .expect("restored");

    let press = press(folder.path(), 2).await;
    assert!(press.now() < ran_on);
    press.advance(ran_on).await;
    assert_eq!(press.bank(), charged, "nothing was taken again");
    for id in &ids {
        let facts = press.facts(*id).await;
        let paid = facts.iter().filter(|name| **name == "paid").count();
        assert!(paid >= 2, "{facts:?}");
    }
    press.sound().await;
    // What is due next is charged, of course.
    press
        .advance(ran_on + SignedDuration::from_hours(24 * 31))
        .await;
    assert_eq!(press.bank().0, charged.0 + 3);
    press.sound().await;
}
