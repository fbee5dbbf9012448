//! Which money the books are of: what was tried out isn't sold in earnest.

use crate::accounts::beside;
use crate::buying::{billing, buy, new_account, shop};
use crate::program::Paper;

/// The paper goes live as it is.
fn goes_live(paper: &Paper) {
    std::fs::write(paper.path("key"), "sk_live_of_the_tests").expect("a file");
    let payments = "provider = \"stripe\"\nsecret_key = { file = \"key\" }\n\
                    publishable_key = \"pk_live_of_the_tests\"";
    paper.edit("ludgate.toml", |text| {
        text.replace("test = true\n", "")
            .replace("provider = \"sandbox\"", payments)
    });
}

#[test]
fn what_was_sold_for_play_money_keeps_real_money_out() {
    let paper = shop();
    paper.serve().kill();
    beside(&paper, async |store| {
        let anna = new_account(store, "anna").await;
        buy(&billing(store), anna).await;
    });
    goes_live(&paper);
    let (code, text) = paper.starts_and_ends();
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("was paid with play money"), "{text}");
}
