//! The page of all offers: what is held out to whom, in which currency, and what
//! there is in the place of what is gone.

use std::net::IpAddr;

use commerce::catalog::{Offer, OfferAudience};
use http::StatusCode;

use crate::browser::Browser;
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";

/// The offers that a page holds out, by their names, in its order.
fn held_out(html: &str) -> Vec<&str> {
    let ids = html.split("id=\"offer-").skip(1);
    ids.filter_map(|rest| rest.split('"').next()).collect()
}

/// Those of them that are set off.
fn set_off(html: &str) -> Vec<&str> {
    let cards = html.split("offer--out").skip(1);
    cards
        .filter_map(|card| held_out(card).first().copied())
        .collect()
}

#[tokio::test]
async fn each_is_shown_what_is_for_them() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let page = browser.get(&site, "/-/subscribe").await;
    assert_eq!(page.status, StatusCode::OK);
    let everybody = [
        "monthly",
        "bundle",
        "taste",
        "today",
        "rare",
        "once",
        "day",
        "team",
        "present",
        "present-once",
    ];
    assert_eq!(held_out(&page.html), [&["winter"], &everybody[..]].concat());
    assert_eq!(set_off(&page.html), ["winter"]);
    assert!(page.html.contains("3 months for $9.00"), "{}", page.html);
    assert!(page.html.contains("Then $14.90 a month."), "{}", page.html);
    assert!(page.html.contains("Ends 31 January"), "{}", page.html);
    assert!(page.html.contains("21 hours left"), "{}", page.html);
    assert!(page.html.contains("Every story, without limit"));

    browser.sign_in(&site, ANNA, WORDS).await;
    let page = browser.get(&site, "/-/subscribe").await;
    let registered = ["winter", "monthly", "trial"];
    assert_eq!(held_out(&page.html)[..3], registered);
}

#[tokio::test]
async fn a_story_is_sold_where_somebody_comes_from_one() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let page = browser.get(&site, "/-/subscribe?to=/stories/tide").await;
    assert!(held_out(&page.html).contains(&"story"), "{}", page.html);
    let page = browser.get(&site, "/-/subscribe?to=/about").await;
    assert!(!held_out(&page.html).contains(&"story"));
    let alone = "/-/story?to=/stories/tide";
    let reply = browser.get(&site, alone).await;
    let checkout = "/-/subscribe/story?to=%2Fstories%2Ftide";
    assert_eq!(reply.location.as_deref(), Some(checkout));
    for nowhere in ["", "?to=/about", "?to=//evil.example/stories/x"] {
        let reply = browser.get(&site, &format!("/-/story{nowhere}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    // Of which story, the checkout is told by where it leads back to.
    let reply = browser.get(&site, "/-/subscribe/story").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_offer_that_is_held_out_leads_to_its_checkout() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let page = browser.get(&site, "/-/subscribe?to=/stories/tide").await;
    let offers = held_out(&page.html);
    // Whatever publishers call them: an offer of a story may be called so.
    assert!(offers.contains(&"story"), "{offers:?}");
    for offer in offers {
        let checkout = format!("/-/subscribe/{offer}?to=/stories/tide");
        let reply = browser.get(&site, &checkout).await;
        assert_eq!(
            reply.status,
            StatusCode::OK,
            "{offer}: {:?}",
            reply.location
        );
        assert!(reply.html.contains("What you get"), "{offer}");
    }
}

#[tokio::test]
async fn a_code_opens_its_own_offer_and_tells_of_no_other() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    for typed in ["friends-26", "%20FRIENDS-26%20"] {
        let page = browser
            .get(&site, &format!("/-/subscribe?code={typed}"))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(held_out(&page.html)[0], "friends");
        let link = "subscribe/friends?code=FRIENDS-26";
        assert!(page.slashed().contains(link), "{}", page.html);
        // Other offers' links don't hand it on; the two currencies' do.
        assert_eq!(page.html.matches("code=FRIENDS-26").count(), 3);
    }
    for wrong in [
        "WINTER",
        "%27%20OR%201=1",
        "%3Cscript%3E",
        "x".repeat(5_000).as_str(),
    ] {
        let page = browser
            .get(&site, &format!("/-/subscribe?code={wrong}"))
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.html.contains("id=\"code-error\""), "{wrong}");
        assert!(!held_out(&page.html).contains(&"friends"), "{wrong}");
        assert!(!page.html.contains("<script>"), "{wrong}");
        assert!(page.html.len() < 40_000, "{wrong}");
    }
    // Without its code it is as if it weren't there.
    for query in [
        "",
        "?code=OTHER",
        "?currency=JPY",
        "?currency=EUR&code=OTHER",
    ] {
        let mut told = Vec::new();
        for offer in ["friends", "no-such-offer"] {
            let place = format!("/-/subscribe/{offer}{query}");
            let reply = browser.get(&site, &place).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{place}");
            assert!(reply.html.contains("no longer there"), "{place}");
            assert!(!reply.html.contains("The nearest to it"), "{place}");
            told.push(reply.plain());
        }
        assert_eq!(told[0], told[1], "{query}");
    }
}

#[tokio::test]
async fn a_right_code_for_what_one_cant_have_isnt_called_wrong() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let change = |how: fn(&mut Offer)| {
        let mut sales = crate::stall::sales();
        let friends = |offer: &&mut Offer| offer.id.as_str() == "friends";
        let mut offers = sales.catalog.offers.iter_mut();
        how(offers.find(friends).expect("an offer with a code"));
        site.billing.set_sales(sales);
    };
    let over = |offer: &mut Offer| offer.window.ends = Some(jiff::civil::date(2026, 11, 11));
    let lapsed = |offer: &mut Offer| offer.audience = OfferAudience::Lapsed;
    let asked = [
        "/-/subscribe?code=FRIENDS-26",
        "/-/subscribe/friends?code=FRIENDS-26",
    ];
    for (how, why) in [
        (over as fn(&mut Offer), "ended on 11 November 2026"),
        (lapsed, "That offer is for others"),
    ] {
        change(how);
        for place in asked {
            let page = browser.get(&site, place).await;
            assert_eq!(page.status, StatusCode::GONE, "{place}");
            assert!(page.html.contains(why), "{place}: {}", page.html);
            assert!(!page.html.contains("id=\"code-error\""), "{place}");
            assert!(page.html.contains("The nearest to it"), "{place}");
            assert!(!held_out(&page.html).contains(&"friends"));
        }
    }
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let mut answered = Vec::new();
    for guess in 0..60 {
        let page = browser
            .get(&site, &format!("/-/subscribe?code=C{guess}"))
            .await;
        answered.push(page.status);
        let page = browser
            .get(&site, &format!("/-/redeem?code=C{guess}"))
            .await;
        answered.push(page.status);
    }
    let refused = answered
        .iter()
        .filter(|status| **status == StatusCode::TOO_MANY_REQUESTS)
        .count();
    assert_eq!(answered.len() - refused, 30);
}

#[tokio::test]
async fn guessing_a_code_at_its_offers_checkout_is_slowed_down_too() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let guess = |code: &str| format!("/-/subscribe/friends?code={code}");
    for code in 0..30 {
        let page = browser.get(&site, &guess(&format!("C{code}"))).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{code}");
    }
    // Then even the right one says nothing.
    for code in ["C30", "FRIENDS-26"] {
        let page = browser.get(&site, &guess(code)).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{code}");
    }

    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    browser.sign_in(&site, ANNA, WORDS).await;
    browser.address = IpAddr::from([198, 51, 100, 1]);
    let page = browser.get(&site, "/-/subscribe/monthly").await;
    let mut answered = Vec::new();
    for code in 0..31 {
        let code = format!("C{code}");
        let code = if code == "C30" { "FRIENDS-26" } else { &code };
        let fields = [("token", page.token()), ("code", code)];
        let reply = browser.post(&site, "/-/subscribe/friends", &fields).await;
        answered.push(reply.status);
    }
    assert_eq!(answered[..30], [StatusCode::NOT_FOUND; 30]);
    assert_eq!(answered[30], StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn prices_are_in_the_currency_that_is_chosen() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let page = browser.get(&site, "/-/subscribe?currency=EUR").await;
    assert!(page.html.contains("3 months for €8.00"), "{}", page.html);
    assert!(page.slashed().contains("subscribe/winter?currency=EUR"));
    assert!(!held_out(&page.html).contains(&"bundle"));
    let page = browser.get(&site, "/-/subscribe/winter?currency=EUR").await;
    assert!(page.html.contains("€8.00"), "{}", page.html);
    // What makes no sense, and what nothing is sold in, is the publication's own.
    for odd in ["XYZ", "CHF", "eur%00", "", "%FF"] {
        let page = browser
            .get(&site, &format!("/-/subscribe?currency={odd}"))
            .await;
        assert!(page.html.contains("$9.00"), "{odd}");
    }
    let page = browser.get(&site, "/-/subscribe/bundle?currency=EUR").await;
    assert_eq!(page.status, StatusCode::GONE);
}

#[tokio::test]
async fn where_an_offer_is_gone_it_says_so_and_shows_the_nearest() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let page = browser
        .get(&site, "/-/subscribe/autumn?to=/stories/a")
        .await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(
        page.html.contains("ended on 11 November 2026"),
        "{}",
        page.html
    );
    assert!(page.html.contains("Nothing has been charged"));
    assert_eq!(held_out(&page.html)[0], "bundle");
    assert_eq!(set_off(&page.html), ["bundle"]);
    assert!(page.html.contains("The nearest to it"));
    assert!(
        page.slashed()
            .contains("subscribe/bundle?to=%2Fstories%2Fa")
    );
    let page = browser.get(&site, "/-/subscribe/come-back").await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.html.contains("for others"));
}

#[tokio::test]
async fn the_wanted_story_goes_along_and_no_other_site_does() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let page = browser.get(&site, "/-/subscribe?to=/stories/a%3Fb=c").await;
    let link = "subscribe/winter?to=%2Fstories%2Fa%3Fb%3Dc";
    assert!(page.slashed().contains(link), "{}", page.html);
    for evil in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/-/logout",
        "javascript:alert(1)",
    ] {
        for page in ["/-/subscribe", "/-/subscribe/winter"] {
            let reply = browser.get(&site, &format!("{page}?to={evil}")).await;
            assert!(!reply.html.contains("evil.example"), "{page} {evil}");
            assert!(!reply.html.contains("logout"), "{page} {evil}");
            assert!(!reply.html.contains("alert(1)"), "{page} {evil}");
        }
    }
}

#[tokio::test]
async fn who_signs_in_on_the_way_comes_back_to_the_checkout() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let checkout = "/-/subscribe/winter?to=%2Fstories%2Fa";
    let page = browser.get(&site, checkout).await;
    assert_eq!(page.status, StatusCode::OK);
    let back = "login?to=%2F-%2Fsubscribe%2Fwinter%3Fto%3D%252Fstories%252Fa";
    assert!(page.slashed().contains(back), "{}", page.html);
    assert!(!page.html.contains("id=\"checkout\""));
    let fields = [("mail", ANNA), ("password", WORDS)];
    let login = format!("/-/{back}");
    let reply = browser.complete(&site, (&login, "/-/login"), &fields).await;
    assert_eq!(reply.location.as_deref(), Some(checkout));
    let page = browser.get(&site, checkout).await;
    assert!(page.html.contains("id=\"checkout\""), "{}", page.html);
}
