//! The newsletter: asked for when signing up or later, given up, and what is kept
//! of it.

use commerce::ids::AccountId;
use http::StatusCode;
use store::consents::NEWSLETTER;

use crate::browser::Browser;
use crate::reader::Reader;
use crate::site::{Site, link};

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";
const PAGE: &str = "/-/account/newsletter";

/// What is kept of what somebody has said, the latest first: by which way, in
/// which words, and whether it holds.
async fn said(site: &Site, account: AccountId) -> Vec<(String, String, bool)> {
    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.consents(account).await.expect("read");
    let mut said = Vec::new();
    for one in all.into_iter().filter(|one| one.purpose == NEWSLETTER) {
        let words = reading.words(&one.words).await.expect("read");
        said.push((one.channel, words.expect("kept"), one.withdrawn.is_none()));
    }
    said
}

async fn chooses(site: &Site, reader: &mut Reader, wants: &str) -> StatusCode {
    let fields = [("wants", wants)];
    let ways = (PAGE, PAGE);
    reader.browser.fill(site, ways, &fields).await.status
}

#[tokio::test]
async fn what_was_ticked_when_signing_up_counts_once_the_address_is_confirmed() {
    for ticks in [true, false] {
        for ways in [
            ("/-/register", "/-/register"),
            ("/-/register", "/-/login/mail"),
        ] {
            let site = Site::start().await;
            let mut browser = Browser::new();
            let page = browser.get(&site, "/-/register").await;
            assert!(page.html.contains("name=\"newsletter\""), "{}", page.html);
            assert!(!page.html.contains(" checked"), "nobody ticks it for them");
            let mut fields = vec![("mail", ANNA), ("password", WORDS)];
            if ticks {
                fields.push(("newsletter", "yes"));
            }
            browser.fill(&site, ways, &fields).await;
            let to = link(&site.letter().await);
            let key = to.split("key=").nth(1).expect("a key").to_owned();
            let there = to.split('?').next().expect("a path").to_owned();
            browser.fill(&site, (&to, &there), &[("key", &key)]).await;
            let account = site.account(ANNA).await.expect("an account").id;
            let said = said(&site, account).await;
            assert_eq!(said.len(), usize::from(ticks), "{ways:?}: {said:?}");
            for (channel, words, holds) in said {
                assert_eq!((&*channel, holds), ("web", true));
                assert!(words.contains("The Ludgate Review"), "{words}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_form_leaves_the_tick_as_it_was() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let fields = [("mail", ANNA), ("password", "short"), ("newsletter", "yes")];
    let ways = ("/-/register", "/-/register");
    let again = browser.fill(&site, ways, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again
            .html
            .contains("value=\"yes\" autocomplete=\"off\" checked"),
        "{}",
        again.html
    );
}

#[tokio::test]
async fn it_is_asked_for_and_given_up_in_the_account_and_both_are_kept() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(page.slashed().contains(PAGE), "{}", page.html);
    // Twice is as good as once.
    for wants in ["yes", "yes", "no", "no"] {
        site.pass(60);
        assert_eq!(chooses(&site, &mut anna, wants).await, StatusCode::OK);
    }
    let kept = said(&site, anna.account).await;
    let holds: Vec<bool> = kept.iter().map(|(_, _, holds)| *holds).collect();
    assert_eq!(holds, [false], "{kept:?}");
    site.pass(60);
    chooses(&site, &mut anna, "yes").await;
    let kept = said(&site, anna.account).await;
    let holds: Vec<bool> = kept.iter().map(|(_, _, holds)| *holds).collect();
    assert_eq!(holds, [true, false], "{kept:?}");
    let page = anna.browser.get(&site, PAGE).await;
    assert!(
        page.html.contains("name=\"wants\" value=\"no\""),
        "{}",
        page.html
    );
    assert_eq!(page.html.matches("<li>").count(), 3, "{}", page.html);

    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.export(anna.account).await.expect("read");
    let all = all.expect("an account");
    let consents = all.get("consents").and_then(|list| list.as_array());
    let consents = consents.expect("a list");
    assert_eq!(consents.len(), 2, "{consents:?}");
    let withdrawn = |one: &&serde_json::Value| !one["withdrawn"].is_null();
    assert_eq!(consents.iter().filter(withdrawn).count(), 1, "{consents:?}");
    let acts = all.get("acts").expect("acts").to_string();
    for what in ["newsletter_wanted", "newsletter_withdrawn"] {
        assert!(acts.contains(what), "{acts}");
    }
}

#[tokio::test]
async fn a_consent_that_was_brought_over_is_shown_and_given_up_like_any_other() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let now = site.now();
    let mut writing = site.store.write().await.expect("a turn");
    let words = writing.keep_words("They had asked for it.", now).await;
    let words = words.expect("kept");
    let given = writing.give_consent(anna.account, NEWSLETTER, &words, "import", now);
    given.await.expect("given");
    writing.commit().await.expect("committed");
    let page = anna.browser.get(&site, PAGE).await;
    assert!(page.html.contains("brought over"), "{}", page.html);
    chooses(&site, &mut anna, "no").await;
    let kept = said(&site, anna.account).await;
    assert!(matches!(&kept[..], [(_, _, false)]), "{kept:?}");
}
