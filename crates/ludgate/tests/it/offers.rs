//! What walls hold out of what is sold.

use crate::accounts::beside;
use crate::buying::{billing, buy, new_account, shop};
use crate::program::{Paper, said};

const SHOP: &str = r#"
[products.digital]
grants = ["read", "apps"]

[plans.monthly]
product = "digital"
price   = "14.90 USD"
every   = "1 month"

[[offers]]
id     = "over"
plan   = "monthly"
phases = [{ price = "1.00 USD", lasts = "1 year" }]
ends   = 2020-12-31

[[offers]]
id     = "back"
plan   = "monthly"
phases = [{ price = "5.00 USD", lasts = "6 months" }]
for    = "lapsed readers"

[[offers]]
id     = "winter"
plan   = "monthly"
phases = [{ price = "9.00 USD", lasts = "3 months" }]
for    = "new readers"
"#;

fn paper() -> Paper {
    let paper = Paper::new();
    paper.story("shut");
    paper.edit("content/stories/shut.md", |text| {
        text.replace("tier = \"metered\"", "tier = \"locked\"")
    });
    paper.edit("ludgate.toml", |text| text + SHOP);
    paper
}

#[test]
fn a_wall_says_what_the_offer_costs_and_a_changed_price_holds_at_once() {
    let paper = paper();
    let mut server = paper.serve();
    let (_, wall) = server.get("/stories/shut", "");
    assert!(wall.contains("3 months for $9"), "{wall}");
    assert!(wall.contains("$14.90 a month"), "{wall}");
    for others in ["$1.00", "1 year for", "$5"] {
        assert!(!wall.contains(others), "{others} is another offer's");
    }

    paper.edit("ludgate.toml", |text| text.replace("9.00 USD", "7.50 USD"));
    server.wait_for("reloaded");
    let (_, wall) = server.get("/stories/shut", "");
    assert!(wall.contains("3 months for $7.50"), "{wall}");

    paper.edit("ludgate.toml", |text| text.replace("7.50 USD", "7.5 USD"));
    server.wait_for("everything stays as it was");
    let (_, wall) = server.get("/stories/shut", "");
    assert!(wall.contains("3 months for $7.50"), "{wall}");

    paper.edit("ludgate.toml", |text| {
        let end = text.find("[products.digital]").expect("the shop");
        text[..end].to_owned()
    });
    server.wait_for("reloaded");
    let (_, wall) = server.get("/stories/shut", "");
    assert!(!wall.contains('$'), "nothing is sold any more: {wall}");
}

#[test]
fn a_wall_holds_out_no_offer_that_has_been_taken_as_often_as_it_may_be() {
    let paper = shop();
    paper.edit("ludgate.toml", |text| {
        text.replace(
            "id = \"monthly\"\n",
            "id = \"monthly\"\nuses = { total = 1 }\n",
        )
    });
    let server = paper.serve();
    let (_, wall) = server.get("/stories/shut", "");
    assert!(wall.contains("$10.00 a month"), "{wall}");
    beside(&paper, async |store| {
        let anna = new_account(store, "anna").await;
        buy(&billing(store), anna).await;
    });
    drop(server);
    let server = paper.serve();
    let (_, wall) = server.get("/stories/shut", "");
    assert!(!wall.contains('$'), "{wall}");
}

#[test]
fn a_mistake_in_an_offer_stops_the_start_and_is_shown() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text.replace("\"3 months\"", "\"3 moons\"")
    });
    let (status, told) = said(&["check", "--config", &paper.config()]);
    assert_eq!(status, 2, "{told}");
    assert!(told.contains("\"3 moons\" is no interval"), "{told}");
    assert!(told.contains("ludgate.toml:"), "{told}");
}

#[test]
fn a_code_that_opens_nothing_is_told_to_its_reader_and_to_the_log() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        let text = text.replace("[publication]\n", "[publication]\ntest = true\n");
        text + "[tax]\nseller = \"GB\"\n[mail]\nfrom = \"post@review.example\"\nfolder = \"mails\"\n\
                [payments]\nprovider = \"sandbox\"\n"
    });
    let mut server = paper.serve();
    let (_, page) = server.get("/-/subscribe?code=snow-27", "");
    assert!(page.contains("No offer has that code"), "{page}");
    server.wait_for("a code opens no offer");
    assert!(server.seen.contains("SNOW-27"), "{}", server.seen);
    // What is none could be anything, and isn't repeated.
    server.get("/-/subscribe?code=anna@example.com", "");
    server.wait_for("a code opens no offer");
    let seen = server.seen.to_lowercase();
    assert!(!seen.contains("anna@"), "{seen}");
}

/// The examples of a guide, one after the other.
fn examples(guide: &str) -> String {
    let mut fences = guide.split("```");
    let mut examples = String::new();
    while let (Some(_), Some(fenced)) = (fences.next(), fences.next()) {
        examples.extend(fenced.strip_prefix("toml"));
    }
    examples
}

#[test]
fn what_the_guides_sell_is_what_can_be_sold() {
    let guides = [
        include_str!("../../../../docs/guides/offers.md"),
        include_str!("../../../../docs/guides/tax.md"),
    ];
    let sold: String = guides.into_iter().map(examples).collect();
    assert!(sold.contains("[[offers]]") && sold.contains("[tax]"));
    let paper = Paper::new();
    let mail = "[mail]\nfrom = \"post@review.example\"\nfolder = \"mails\"\n";
    let payments = "[payments]\nprovider = \"sandbox\"\n";
    paper.edit("ludgate.toml", |text| {
        let text = text.replace("[publication]\n", "[publication]\ntest = true\n");
        let usual = "currency = \"USD\"\n";
        let text = text.replace("[publication]\n", &format!("[publication]\n{usual}"));
        text + &sold + mail + payments
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    // An offer whose plan is gone is named where it stands.
    paper.edit("ludgate.toml", |text| {
        text.replace("plan   = \"digital-monthly\"", "plan   = \"gone\"")
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("gone"), "{text}");
}
