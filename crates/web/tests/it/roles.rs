//! Who may see and do what, and devices.

use http::StatusCode;

use crate::browser::Browser;
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";
const WORDS: &str = "correct horse battery";

const ORDER: &str = "/-/order/sub_00000000000000000000000000000001";

#[tokio::test]
async fn each_page_is_for_whom_it_is_for() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut anna = Browser::new();
    anna.sign_in(&site, ANNA, WORDS).await;
    let account = Some("/-/account");
    let login = Some("/-/login");
    for (page, anonymous, signed_in) in [
        ("/-/login", None, account),
        ("/-/register", None, account),
        ("/-/forgot", None, None),
        ("/-/reset?key=x", None, None),
        ("/-/login/link?key=x", None, None),
        ("/-/account", login, None),
        ("/-/account/devices", login, account),
        ("/-/logout", account, account),
        ("/-/login/mail", login, login),
        ("/-/subscribe", None, None),
        ("/-/subscribe/winter", None, None),
        ("/-/subscribe/present", None, None),
        ("/-/redeem", None, None),
        ("/-/card", login, account),
        (ORDER, login, None),
    ] {
        let reply = Browser::new().get(&site, page).await;
        let to = reply
            .location
            .as_deref()
            .and_then(|to| to.split('?').next());
        assert_eq!(to, anonymous, "{page}");
        let reply = anna.get(&site, page).await;
        assert_eq!(reply.location.as_deref(), signed_in, "{page}");
    }
    for nowhere in ["/-/", "/-/admin", "/-/account/", "/-/login/x"] {
        let reply = anna.get(&site, nowhere).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

/// The ids of the devices that the page lets one sign out.
fn devices(html: &str) -> Vec<String> {
    let found = html.split("name=\"device\" value=\"").skip(1);
    found
        .map(|rest| rest.split('"').next().expect("an id").to_owned())
        .collect()
}

#[tokio::test]
async fn a_device_is_signed_out_from_another_at_once_and_nobody_elses() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    site.register(EVE, WORDS).await;
    let mut laptop = Browser::new();
    let agent = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";
    laptop.says = vec![("user-agent", agent.to_owned())];
    laptop.sign_in(&site, ANNA, WORDS).await;
    let mut phone = Browser::new();
    phone.sign_in(&site, ANNA, WORDS).await;
    let mut eve = Browser::new();
    eve.sign_in(&site, EVE, WORDS).await;

    let page = phone.get(&site, "/-/account").await;
    assert!(page.html.contains("Firefox, Linux"), "{}", page.html);
    let others = devices(&page.html);
    assert_eq!(others.len(), 1);
    let out = [("device", &*others[0])];
    let ways = ("/-/account", "/-/account/devices");
    eve.fill(&site, ways, &out).await;
    assert!(site.gate.knows(laptop.session(), site.now()).is_some());
    let reply = phone.fill(&site, ways, &out).await;
    assert_eq!(reply.location.as_deref(), Some("/-/account"));
    assert!(site.gate.knows(laptop.session(), site.now()).is_none());
    assert!(site.gate.knows(phone.session(), site.now()).is_some());
    let reply = laptop.get(&site, "/-/account").await;
    assert!(reply.asks_to_sign_in());

    laptop.sign_in(&site, ANNA, WORDS).await;
    phone.fill(&site, ways, &[("others", "yes")]).await;
    assert!(site.gate.knows(laptop.session(), site.now()).is_none());
    assert!(site.gate.knows(eve.session(), site.now()).is_some());
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_its_cookie() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    browser.sign_in(&site, ANNA, WORDS).await;
    let session = browser.session().to_owned();
    let reply = browser.fill(&site, ("/-/account", "/-/logout"), &[]).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(browser.session(), "");
    assert!(site.gate.knows(&session, site.now()).is_none());
}

#[tokio::test]
async fn beyond_the_cap_the_device_that_wasnt_seen_for_longest_gives_way() {
    let site = Site::with(|settings| settings.devices = 2).await;
    site.register(ANNA, WORDS).await;
    let mut browsers = [Browser::new(), Browser::new(), Browser::new()];
    for browser in &mut browsers {
        browser.sign_in(&site, ANNA, WORDS).await;
        site.pass(60);
    }
    let known = browsers
        .each_ref()
        .map(|browser| site.gate.knows(browser.session(), site.now()).is_some());
    assert_eq!(known, [false, true, true]);
}

#[tokio::test]
async fn while_accounts_are_loaded_nobodys_form_is_lost() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut anna = Browser::new();
    anna.sign_in(&site, ANNA, WORDS).await;
    let page = anna.get(&site, "/-/subscribe/winter").await;
    site.gate.loads(true);
    let action = "/-/subscribe/winter";
    let reply = anna.send_form(&site, &page, action, &[]).await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(reply.html.contains("Nothing has been done"));
    for way in ["/-/subscribe", "/-/subscribe/winter", "/-/account"] {
        let reply = anna.get(&site, way).await;
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{way}");
    }
    // Who is nobody isn't in the way, and the form is still good afterwards.
    let reply = Browser::new().get(&site, "/-/subscribe").await;
    assert_eq!(reply.status, StatusCode::OK);
    site.gate.loads(false);
    let reply = anna.send_form(&site, &page, action, &[]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_browser_is_known_for_a_day_from_the_last_page_and_not_from_the_first() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let mut kept = None;
    for _ in 0..3 {
        let page = browser.get(&site, "/-/login").await;
        let form = page
            .cookies
            .iter()
            .find(|line| line.contains("ludgate-form"));
        let form = form.unwrap_or_else(|| panic!("{:?}", page.cookies));
        assert!(form.contains("Max-Age=86400"), "{form}");
        // The same one, so that what is open elsewhere stays good.
        let value = form.split(';').next().map(str::to_owned);
        assert!(kept.is_none() || kept == value, "{kept:?} {value:?}");
        kept = value;
        site.pass(20 * 3_600);
    }
}

#[tokio::test]
async fn every_cookie_that_a_browser_gets_here_is_told_of() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let reply = browser.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let told = include_str!("../../../../docs/reference/privacy.md");
    let ours = browser.cookies.keys().filter(|name| *name != "session");
    let ours: Vec<_> = ours.collect();
    assert_eq!(ours.len(), 2, "{ours:?}");
    for name in ours {
        assert!(told.contains(&format!("`{name}`")), "{name}");
    }
}
