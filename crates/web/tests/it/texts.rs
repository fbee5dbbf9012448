//! The page on which whole texts are searched.

use http::StatusCode;

use crate::reader::Reader;
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const PAGE: &str = "/-/account/search";

async fn anna(site: &Site) -> Reader {
    let anna = Reader::signed_in(site, ANNA).await;
    site.gate.entitles(&[anna.account.into()]);
    anna
}

#[tokio::test]
async fn who_is_entitled_to_nothing_is_told_so_and_finds_no_form() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    for query in ["", "?q=ferry", "?q=nothing"] {
        let reply = anna.browser.get(&site, &format!("{PAGE}{query}")).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(reply.html.contains("comes with a subscription"));
        assert!(!reply.html.contains("ferry") && !reply.html.contains("type=\"search\""));
    }
}

#[tokio::test]
async fn results_are_marked_quoted_counted_and_come_in_pages() {
    let site = Site::start().await;
    let mut anna = anna(&site).await;
    let unasked = anna.browser.get(&site, PAGE).await;
    assert!(unasked.html.contains("type=\"search\"") && !unasked.html.contains("role=\"status\""));
    let first = anna
        .browser
        .get(&site, &format!("{PAGE}?q=%3Cb%3Eferry"))
        .await;
    assert!(first.html.contains("30 stories"), "{}", first.html);
    assert!(
        first
            .html
            .contains("… Deep in it: <mark>&lt;b&gt;ferry</mark></bdi>")
    );
    assert_eq!(first.html.matches("hit__title").count(), 12);
    assert!(
        first.html.contains("q=%3Cb%3Eferry&amp;page=2"),
        "{}",
        first.html
    );
    let last = anna
        .browser
        .get(&site, &format!("{PAGE}?q=ferry&page=3"))
        .await;
    assert_eq!(last.html.matches("hit__title").count(), 6);
    assert!(!last.html.contains("rel=\"next\""));
    let beyond = anna
        .browser
        .get(&site, &format!("{PAGE}?q=ferry&page=4"))
        .await;
    assert_eq!(beyond.status, StatusCode::NOT_FOUND);
    let none = anna.browser.get(&site, &format!("{PAGE}?q=nothing")).await;
    assert!(none.html.contains("None of the stories that you may read"));
    let other = anna.browser.get(&site, &format!("{PAGE}?q=fery")).await;
    assert!(other.html.contains("These are the results for “ferry”"));
}

#[tokio::test]
async fn a_sponsored_story_says_so_among_the_results_and_who_paid_for_it() {
    let site = Site::start().await;
    let mut anna = anna(&site).await;
    let found = anna.browser.get(&site, &format!("{PAGE}?q=ferry")).await;
    let hits: Vec<_> = found.html.split("<li class=\"hit\">").skip(1).collect();
    assert!(hits.len() > 2, "{}", found.html);
    for (number, hit) in hits.into_iter().enumerate() {
        let is_paid = number == 1;
        let by = "Commissioned and paid for by the Lido Trust";
        assert_eq!(
            hit.contains("<p class=\"paid\">Sponsored</p>"),
            is_paid,
            "{hit}"
        );
        assert_eq!(hit.contains(by), is_paid, "{hit}");
        assert_eq!(hit.contains("Ada Moss"), !is_paid, "{hit}");
    }
}

#[tokio::test]
async fn results_are_narrowed_down_and_widened_again() {
    let site = Site::start().await;
    let mut anna = anna(&site).await;
    let wide = anna
        .browser
        .get(&site, &format!("{PAGE}?q=ferry&page=2"))
        .await;
    assert!(
        wide.html.contains("href=\"?q=ferry&amp;section=city\""),
        "{}",
        wide.html
    );
    let narrow = anna
        .browser
        .get(&site, &format!("{PAGE}?q=ferry&section=city"))
        .await;
    assert!(
        narrow
            .html
            .contains("<details class=\"hits__narrow\" open>")
    );
    assert!(
        narrow
            .html
            .contains("href=\"?q=ferry\" class=\"hits__chosen\""),
        "{}",
        narrow.html
    );
    let empty = anna
        .browser
        .get(&site, &format!("{PAGE}?q=nothing&section=city"))
        .await;
    assert!(
        empty
            .html
            .contains("href=\"?q=nothing\" class=\"hits__chosen\""),
        "a way back"
    );
}

#[tokio::test]
async fn there_is_no_such_page_before_another_content_system() {
    let site = Site::start().await;
    let mut anna = anna(&site).await;
    site.gate.has_no_feeds();
    let reply = anna.browser.get(&site, PAGE).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_has_searched_too_often_is_told_to_wait() {
    let site = Site::start().await;
    let mut anna = anna(&site).await;
    let reply = anna.browser.get(&site, &format!("{PAGE}?q=again")).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!reply.html.contains("hit__title"), "{}", reply.html);
}
