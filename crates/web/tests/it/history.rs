//! The page of the reading history: whether it is kept, what is in it, and forgetting it.

use http::StatusCode;

use crate::browser::Browser;
use crate::reader::Reader;
use crate::site::Site;

const PAGE: &str = "/-/account/history";
const STORY: &str = "About the-tide-gauge";

async fn reads(site: &Site, reader: &Reader) -> bool {
    let mut writing = site.store.write().await.expect("a turn");
    let noted = writing.note_reading(reader.account, "the-tide-gauge", site.now());
    let noted = noted.await.expect("noted");
    writing.commit().await.expect("committed");
    noted
}

async fn does(site: &Site, reader: &mut Reader, what: &str) {
    let form = (PAGE, PAGE);
    let reply = reader.browser.fill(site, form, &[("do", what)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert_eq!(reply.location.as_deref(), Some(PAGE));
}

#[tokio::test]
async fn a_reader_begins_sees_clears_and_stops_their_history() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, "anna@example.com").await;
    let mut eve = Reader::signed_in(&site, "eve@example.com").await;
    let account = anna.browser.get(&site, "/-/account").await;
    assert!(account.slashed().contains(PAGE), "{}", account.html);
    let before = anna.browser.get(&site, PAGE).await;
    assert!(before.html.contains("Nothing is written down."));
    assert!(!reads(&site, &anna).await);

    does(&site, &mut anna, "keep").await;
    does(&site, &mut eve, "keep").await;
    assert!(reads(&site, &anna).await);
    let kept = anna.browser.get(&site, PAGE).await;
    assert!(kept.html.contains("It has been written down since"));
    assert!(kept.html.contains(STORY), "{}", kept.html);
    let others = eve.browser.get(&site, PAGE).await;
    assert!(!others.html.contains(STORY), "{}", others.html);

    // What isn't asked for isn't done.
    does(&site, &mut anna, "else").await;
    does(&site, &mut eve, "leave").await;
    assert!(anna.browser.get(&site, PAGE).await.html.contains(STORY));

    does(&site, &mut anna, "clear").await;
    let cleared = anna.browser.get(&site, PAGE).await;
    assert!(cleared.html.contains("Nothing has been written down yet."));
    assert!(reads(&site, &anna).await);
    does(&site, &mut anna, "leave").await;
    let left = anna.browser.get(&site, PAGE).await;
    assert!(left.html.contains("Nothing is written down."));
    assert!(!left.html.contains(STORY), "{}", left.html);
    assert!(!reads(&site, &anna).await);
}

#[tokio::test]
async fn whoever_isnt_signed_in_has_to_for_the_history() {
    let site = Site::start().await;
    let reply = Browser::new().get(&site, PAGE).await;
    assert!(reply.asks_to_sign_in(), "{}", reply.html);
}
