//! The checkout, from its page to what became of it.

use http::StatusCode;

use crate::browser::Browser;
use crate::buyer::{ANNA, EVE, GOOD, REFUSED, WORDS, buy, filled, follow, has, signed_in};
use crate::site::Site;

#[tokio::test]
async fn who_pays_is_welcome_and_gets_back_to_the_story() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let reply = buy(&mut anna, &site, "winter?to=/stories/a", &filled(GOOD)).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let before = site.gate.heard();
    let page = follow(&mut anna, &site, &reply).await;
    assert!(page.html.contains("Welcome to"), "{}", page.html);
    // The gate knows of it before it is said.
    assert!(site.gate.heard() > before, "{before}");
    assert!(
        page.slashed().contains("href=\"/stories/a\""),
        "{}",
        page.html
    );
    assert_eq!(has(&site, ANNA).await, (1, 1));
    // The page can be looked at again; nothing comes of it.
    let order = reply.location.expect("an order");
    anna.get(&site, &order).await;
    assert_eq!(has(&site, ANNA).await, (1, 1));
    // It is nobody else's.
    let mut eve = signed_in(&site, EVE).await;
    assert_eq!(eve.get(&site, &order).await.status, StatusCode::NOT_FOUND);
    let mut nobody = Browser::new();
    let reply = nobody.get(&site, &order).await;
    let login = reply.location.expect("the way to sign in");
    // Who signs in on the way comes back to it.
    let fields = [("mail", ANNA), ("password", WORDS)];
    let reply = nobody.complete(&site, (&login, "/-/login"), &fields).await;
    assert_eq!(reply.location.as_deref(), Some(&*order));
}

#[tokio::test]
async fn the_page_of_an_old_purchase_says_how_it_stands() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let reply = buy(&mut anna, &site, "day", &filled(GOOD)).await;
    let order = reply.location.clone().expect("an order");
    let page = anna.get(&site, &order).await;
    assert!(page.html.contains("It is open to you now"), "{}", page.html);
    let to = site.now() + jiff::SignedDuration::from_hours(48);
    let (sender, _) = tokio::sync::mpsc::channel(64);
    site.billing
        .advance(to, sender)
        .await
        .expect("two days later");
    let page = anna.get(&site, &order).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("It is over."), "{}", page.html);
    for never in ["Nothing has been charged", "It is open to you now"] {
        assert!(!page.html.contains(never), "{never}: {}", page.html);
    }
}

#[tokio::test]
async fn the_summary_says_what_is_charged_and_when() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/winter").await;
    for said in [
        "$9.00",
        "$1.44 of it is tax (19%)",
        "From 12 February 2027: $14.90 a month",
        "renews by itself until you cancel",
        "withdraw within 14 days",
        "Subscribe and pay $9.00",
    ] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    let page = anna.get(&site, "/-/subscribe/trial").await;
    for said in [
        "From 26 November 2026: $14.90 a month",
        "7 days before your trial ends",
        "Subscribe, pay nothing today",
    ] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    let page = anna.get(&site, "/-/subscribe/day").await;
    for said in ["1 day for $2.00", "13 November 2026", "can’t withdraw"] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
}

#[tokio::test]
async fn a_trial_without_a_card_is_sold_as_what_ends_by_itself() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let said = "10 days free";
    let page = anna.get(&site, "/-/subscribe").await;
    let card = page.html.split("id=\"offer-taste\"").nth(1);
    let card = card.and_then(|rest| rest.split("id=\"offer-").next());
    let card = card.unwrap_or_else(|| panic!("{}", page.html));
    let checkout = anna.get(&site, "/-/subscribe/taste").await;
    for (html, said) in [
        (card, said),
        (card, "It ends by itself, and nothing is charged."),
        (&checkout.html, said),
        (&checkout.html, "It ends by itself on 22 November 2026."),
        (&checkout.html, "before your trial ends"),
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    for never in ["$24.90", "renews", "higher price", "How you pay"] {
        assert!(!checkout.html.contains(never), "{never}: {}", checkout.html);
    }
    assert!(!card.contains("$24.90"), "{card}");
}

#[tokio::test]
async fn what_is_agreed_to_is_kept_word_by_word() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    buy(&mut anna, &site, "winter", &filled(GOOD)).await;
    let account = site.account(ANNA).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.subscriptions(account).await.expect("subscriptions");
    let acceptance = &all[0].first_acceptance;
    assert_eq!(acceptance.locale, "en");
    assert!(!acceptance.withdrawal_waived);
    let words = reading.words(&acceptance.words).await.expect("words");
    let words = words.expect("kept");
    for said in ["Today: $9.00", "$14.90 a month", "I agree to these terms."] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_purchase() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/winter").await;
    let action = "/-/subscribe/winter";
    let fields = filled(GOOD);
    let first = anna.send_form(&site, &page, action, &fields).await;
    // An impatient reader, and one who goes back and sends it once more: the
    // offer is for new readers, who they aren't any more.
    let second = anna.send_form(&site, &page, action, &fields).await;
    assert_eq!(has(&site, ANNA).await, (1, 1));
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(second.location, first.location, "{}", second.html);
    // By another offer they are told that they have it, before they type a
    // card; by a form that was open meanwhile, too.
    let reply = anna.get(&site, "/-/subscribe/monthly").await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(!reply.html.contains("card_number"), "{}", reply.html);
    let token = anna.get(&site, "/-/account").await.token().to_owned();
    let mut fields = filled(GOOD);
    fields.push(("token", &token));
    let reply = anna.post(&site, "/-/subscribe/monthly", &fields).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(
        reply.html.contains("You have that already"),
        "{}",
        reply.html
    );
    assert_eq!(has(&site, ANNA).await, (1, 1));
}

#[tokio::test]
async fn each_field_has_its_own_error_and_what_was_typed_stays() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let hostile = "<b>\"&'";
    let reply = buy(
        &mut anna,
        &site,
        "bundle",
        &[
            ("country", "XQ"),
            ("business", "yes"),
            ("business_name", hostile),
            ("vat", "DE12"),
            ("post_name", hostile),
            ("post_city", ""),
            ("method", "new"),
        ],
    )
    .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in [
        "country",
        "business_street",
        "business_city",
        "post_street",
        "post_city",
        "consent",
    ] {
        let error = format!("id=\"{field}-error\"");
        assert!(reply.html.contains(&error), "{field}: {}", reply.html);
        let tied = format!("aria-describedby=\"{field}-error");
        assert!(reply.html.contains(&tied), "{field}: {}", reply.html);
    }
    assert!(!reply.html.contains("id=\"post_name-error\""));
    assert!(!reply.html.contains("<b>\""), "{}", reply.html);
    assert!(reply.html.contains("&lt;b&gt;"));
    assert_eq!(has(&site, ANNA).await, (0, 0));

    let cards = [
        (("card_number", "4111 1111 1111 1111"), "card_number"),
        (("card_number", "abc"), "card_number"),
        (("card_expires", "10/26"), "card_expires"),
        (("card_expires", "soon"), "card_expires"),
        (("card_code", "12"), "card_code"),
        (("method", "pay_nothing"), "method"),
        (("method", "pm_00000000000000000000000000000001"), "method"),
    ];
    for ((name, value), field) in cards {
        let mut fields = filled(GOOD);
        fields.retain(|(given, _)| *given != name);
        fields.push((name, value));
        let reply = buy(&mut anna, &site, "monthly", &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        let error = format!("id=\"{field}-error\"");
        assert!(reply.html.contains(&error), "{value}: {}", reply.html);
    }
    assert_eq!(has(&site, ANNA).await, (0, 0));
}

#[tokio::test]
async fn numbers_of_readers_that_make_no_sense_are_refused() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    for quantity in ["0", "1", "51", "-5", "2.5", "1e3", "99999999999", "٣"] {
        let mut fields = filled(GOOD);
        fields.push(("quantity", quantity));
        let reply = buy(&mut anna, &site, "team", &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{quantity}");
        assert!(reply.html.contains("id=\"quantity-error\""), "{quantity}");
    }
    assert_eq!(has(&site, ANNA).await, (0, 0));
    // Another number is another amount, which has to be seen first.
    let mut fields = filled(GOOD);
    fields.push(("quantity", "5"));
    let reply = buy(&mut anna, &site, "team", &fields).await;
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.html);
    assert!(reply.html.contains("$600.00"), "{}", reply.html);
    assert_eq!(has(&site, ANNA).await, (0, 0));
    let reply = anna
        .send_form(&site, &reply, "/-/subscribe/team", &fields)
        .await;
    follow(&mut anna, &site, &reply).await;
    assert_eq!(has(&site, ANNA).await, (1, 1));
}

#[tokio::test]
async fn a_business_abroad_owes_its_tax_itself_and_sees_so_first() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let business = [
        ("country", "FR"),
        ("business", "yes"),
        ("business_name", "Imprimerie"),
        ("business_street", "1 rue du Bac"),
        ("business_city", "75007 Paris"),
        ("vat", "fr 12 345 678 901"),
        ("method", "new"),
        ("card_number", GOOD),
        ("card_expires", "12/30"),
        ("card_code", "123"),
        ("consent", "yes"),
    ];
    let reply = buy(&mut anna, &site, "monthly", &business).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.html.contains("you owe it yourself"), "{}", reply.html);
    assert!(reply.html.contains("$12.42"), "{}", reply.html);
    let action = "/-/subscribe/monthly";
    let reply = anna.send_form(&site, &reply, action, &business).await;
    follow(&mut anna, &site, &reply).await;
    let account = site.account(ANNA).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    let party = reading.billing(account).await.expect("read").expect("kept");
    assert_eq!(party.name, "Imprimerie");
    let all = reading.subscriptions(account).await.expect("subscriptions");
    assert!(all[0].tax_status.business);
}

#[tokio::test]
async fn whom_invoices_are_for_stays_while_a_business_subscribes() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let account = site.account(ANNA).await.expect("an account").id;
    let business = [
        ("country", "FR"),
        ("business", "yes"),
        ("business_name", "Imprimerie"),
        ("business_street", "1 rue du Bac"),
        ("business_city", "75007 Paris"),
        ("vat", "fr 12 345 678 901"),
    ];
    let with = |fields: &[(&'static str, &'static str)], card| {
        let mut all = filled(card);
        all.retain(|(name, _)| *name != "country");
        all.extend_from_slice(fields);
        all
    };
    // The pass is shown with its new amount first.
    let buys = async |anna: &mut Browser, offer: &str, fields: &[(&str, &str)]| {
        let reply = buy(anna, &site, offer, fields).await;
        if reply.status != StatusCode::CONFLICT {
            return reply;
        }
        let action = format!("/-/subscribe/{offer}");
        let action = action.split('?').next().unwrap_or_default();
        anna.send_form(&site, &reply, action, fields).await
    };
    let vat = async || {
        let mut reading = site.store.read().await.expect("a turn");
        let party = reading.billing(account).await.expect("read");
        party.map(|party| party.vat_id.map(String::from))
    };
    // What is declined is no purchase, and what was typed stays for the next.
    let reply = buys(&mut anna, "team", &with(&business, GOOD)).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let id = Some(Some("FR12345678901".to_owned()));
    assert_eq!(vat().await, id);
    // For oneself, for a business without an id, and with a card that is
    // declined.
    for (story, fields, status) in [
        ("a", with(&[("country", "FR")], GOOD), StatusCode::SEE_OTHER),
        ("b", with(&business[..5], GOOD), StatusCode::SEE_OTHER),
        (
            "c",
            with(&[("country", "FR")], REFUSED),
            StatusCode::PAYMENT_REQUIRED,
        ),
    ] {
        let offer = format!("story?to=/stories/{story}");
        let reply = buys(&mut anna, &offer, &fields).await;
        assert_eq!(reply.status, status, "{story}: {}", reply.html);
        assert_eq!(vat().await, id, "{story}");
    }
}

#[tokio::test]
async fn new_amounts_are_shown_without_buying() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let mut fields = filled(GOOD);
    fields.push(("quantity", "3"));
    fields.push(("update", "yes"));
    let reply = buy(&mut anna, &site, "team", &fields).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.html.contains("$360.00"), "{}", reply.html);
    assert_eq!(has(&site, ANNA).await, (0, 0));
}

#[tokio::test]
async fn an_offer_that_ends_while_somebody_reads_it_charges_nothing() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/today").await;
    assert_eq!(page.status, StatusCode::OK);
    // Past midnight.
    site.pass(22 * 3_600);
    let action = "/-/subscribe/today";
    let reply = anna.send_form(&site, &page, action, &filled(GOOD)).await;
    assert_eq!(reply.status, StatusCode::GONE);
    assert!(
        reply.html.contains("ended on 12 November 2026"),
        "{}",
        reply.html
    );
    assert!(reply.html.contains("Nothing has been charged"));
    assert_eq!(has(&site, ANNA).await, (0, 0));
}

#[tokio::test]
async fn a_price_that_changes_while_somebody_reads_it_is_shown_first() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/monthly").await;
    let mut sales = crate::stall::sales();
    sales.catalog.plans[0].prices[0] = "19.90 USD".parse().expect("a price");
    site.billing.set_sales(sales);
    let action = "/-/subscribe/monthly";
    let reply = anna.send_form(&site, &page, action, &filled(GOOD)).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.html.contains("$19.90"), "{}", reply.html);
    assert_eq!(has(&site, ANNA).await, (0, 0));
}

#[tokio::test]
async fn what_only_one_can_have_is_gone_for_the_next() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let mut eve = signed_in(&site, EVE).await;
    let action = "/-/subscribe/rare";
    let page = eve.get(&site, action).await;
    buy(&mut anna, &site, "rare", &filled(GOOD)).await;
    let reply = eve.send_form(&site, &page, action, &filled(GOOD)).await;
    assert_eq!(reply.status, StatusCode::GONE);
    assert_eq!(has(&site, EVE).await, (0, 0));
}

#[tokio::test]
async fn a_story_alone_is_that_story_and_no_other() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let reply = buy(&mut anna, &site, "story?to=/stories/tide", &filled(GOOD)).await;
    follow(&mut anna, &site, &reply).await;
    let account = site.account(ANNA).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.subscriptions(account).await.expect("subscriptions");
    let story = all[0].terms.story.as_ref().map(access::StoryId::as_str);
    assert_eq!(story, Some("/stories/tide"));
    assert!(all[0].first_acceptance.withdrawal_waived);
}

#[tokio::test]
async fn who_pays_once_for_what_comes_by_post_may_withdraw() {
    let site = Site::start().await;
    let mut sales = crate::stall::sales();
    for plan in &mut sales.catalog.plans {
        if plan.id.as_str() == "bundle-monthly" {
            plan.term = commerce::catalog::Term::Once {
                lasts: Some(commerce::calendar::Interval::YEAR),
            };
        }
    }
    site.billing.set_sales(sales);
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/bundle").await;
    assert!(page.html.contains("within 14 days"), "{}", page.html);
    assert!(!page.html.contains("can’t withdraw"), "{}", page.html);
}

#[tokio::test]
async fn a_link_fills_in_nobodys_checkout() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let fields = "post_street=1+Evil+Lane&business=yes&business_name=Evil&method=pay_1&consent=yes";
    let page = anna
        .get(&site, &format!("/-/subscribe/bundle?country=FR&{fields}"))
        .await;
    assert!(page.html.contains("value=\"FR\" selected"), "{}", page.html);
    for never in [
        "Evil",
        "pay_1",
        "name=\"consent\" type=\"checkbox\" value=\"yes\" autocomplete=\"off\" required checked",
    ] {
        assert!(!page.html.contains(never), "{never}: {}", page.html);
    }
    let page = anna
        .get(&site, "/-/subscribe/present?gift_mail=eve@example.com")
        .await;
    assert!(!page.html.contains("eve@example.com"), "{}", page.html);
}
