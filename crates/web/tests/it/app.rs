//! The installed app: what it is made of, who has a list, and for how long copies are
//! kept.

use std::collections::BTreeSet;

use http::{Method, StatusCode, header};
use jiff::SignedDuration;
use ludgate_web::{ICONS, Request};
use serde_json::Value;

use crate::browser::Browser;
use crate::reader::{Reader, WORDS};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";
const LIST: &str = "/-/app";
/// What says whose copies a browser keeps.
const BEARER: &str = "__Host-ludgate-app";
const LEASE: &str = "/-/app/lease?story=the-tide-gauge&story=closed-one";
const WEEK: i64 = 7 * 24 * 3_600 * 1_000;

/// What a browser is told of its lease.
async fn lease(site: &Site, browser: &mut Browser) -> (StatusCode, Value) {
    let reply = browser.get(site, LEASE).await;
    let told = serde_json::from_str(&reply.html).expect("JSON");
    (reply.status, told)
}

async fn save(site: &Site, anna: &Reader, stories: &[&str]) {
    let mut writing = site.store.write().await.expect("a turn");
    for story in stories {
        let saved = writing.save_story(anna.account, story, site.now()).await;
        saved.expect("saved");
    }
    writing.commit().await.expect("committed");
}

#[tokio::test]
async fn a_lease_is_for_who_holds_apps_and_ends_with_that() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let (nobody, _) = lease(&site, &mut Browser::new()).await;
    assert_eq!(nobody, StatusCode::UNAUTHORIZED);
    let (lacks, told) = lease(&site, &mut anna.browser).await;
    assert_eq!(lacks, StatusCode::FORBIDDEN);
    assert!(told.get("until").is_none(), "{told}");

    site.gate.entitles(&[anna.account.into()]);
    let (holds, told) = lease(&site, &mut anna.browser).await;
    assert_eq!(holds, StatusCode::OK);
    let now = site.now().as_millisecond();
    assert_eq!(told["now"], now);
    assert_eq!(told["until"], now + WEEK);
    let stories = told["stories"].as_array().expect("a list");
    assert_eq!(stories.len(), 1, "{told}");
    assert_eq!(stories[0]["id"], "the-tide-gauge");
    assert_eq!(stories[0]["version"], "1");

    site.gate.entitles(&[]);
    let (gone, _) = lease(&site, &mut anna.browser).await;
    assert_eq!(gone, StatusCode::FORBIDDEN);
    site.gate.loads(true);
    let loading = anna.browser.get(&site, LEASE).await;
    assert_eq!(loading.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_lease_is_for_one_account_on_one_device() {
    let site = Site::start().await;
    let mut laptop = Reader::signed_in(&site, ANNA).await;
    let mut eve = Reader::signed_in(&site, EVE).await;
    site.gate
        .entitles(&[laptop.account.into(), eve.account.into()]);
    let mut bearers = BTreeSet::new();
    for browser in [&mut laptop.browser, &mut eve.browser] {
        let (_, told) = lease(&site, browser).await;
        bearers.insert(told["bearer"].to_string());
        let (_, again) = lease(&site, browser).await;
        assert_eq!(again["bearer"], told["bearer"]);
        let id = laptop.account.get().to_string();
        assert!(!told.to_string().contains(&id), "{told}");
    }
    assert_eq!(bearers.len(), 2);
}

#[tokio::test]
async fn the_list_tells_everybody_where_they_stand() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    save(&site, &anna, &["the-tide-gauge", "gone"]).await;
    let nobody = Browser::new().get(&site, LIST).await;
    assert!(nobody.html.contains("Please sign in"), "{}", nobody.html);
    let lacks = anna.browser.get(&site, LIST).await;
    let words = "<p>Saving stories and reading them offline comes with";
    assert!(lacks.html.contains(words), "{}", lacks.html);
    assert!(lacks.html.contains("About the-tide-gauge"));

    site.gate.entitles(&[anna.account.into()]);
    let holds = anna.browser.get(&site, LIST).await;
    assert!(!holds.html.contains(words));
    assert!(holds.html.contains("Copies stay on this device"));
    assert!(!holds.html.contains("About gone"));

    let form = (LIST, "/-/app/remove");
    let fields = [("story", "the-tide-gauge")];
    let reply = anna.browser.fill(&site, form, &fields).await;
    assert_eq!(reply.location.as_deref(), Some(LIST));
    let empty = anna.browser.get(&site, LIST).await;
    assert!(!empty.html.contains("About the-tide-gauge"));
}

#[tokio::test]
async fn a_sponsored_story_says_so_on_the_list_and_who_paid_for_it() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    site.gate.entitles(&[anna.account.into()]);
    let disclosed = "<p class=\"paid\">Sponsored</p>";
    save(&site, &anna, &["the-tide-gauge"]).await;
    let unpaid = anna.browser.get(&site, LIST).await;
    assert!(!unpaid.html.contains(disclosed), "{}", unpaid.html);
    save(&site, &anna, &["the-lido"]).await;
    let paid = anna.browser.get(&site, LIST).await;
    assert_eq!(paid.html.matches(disclosed).count(), 1, "{}", paid.html);
    let by = "Commissioned and paid for by the Lido Trust";
    assert!(paid.html.contains(by), "{}", paid.html);
}

#[tokio::test]
async fn the_files_of_the_app_are_the_same_for_everybody_and_bring_no_cookie() {
    let site = Site::start().await;
    for (path, kind) in [
        ("app/worker.js", "text/javascript; charset=utf-8"),
        ("app/manifest.json", "application/manifest+json"),
        ("app/icon-192.png", "image/png"),
        ("app/icon-512.png", "image/png"),
        ("app/icon-maskable.png", "image/png"),
        ("app/icon-monochrome.png", "image/png"),
    ] {
        let request = Request {
            method: Method::GET,
            path: path.to_owned(),
            query: None,
            headers: http::HeaderMap::new(),
            body: bytes::Bytes::new(),
            address: None,
            now: site.now(),
        };
        let response = site.pages.answer(&request).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], kind, "{path}");
        let headers = response.headers();
        assert!(!headers.contains_key(header::SET_COOKIE), "{path}");
        let is_worker = path == "app/worker.js";
        let allowed = headers.get("service-worker-allowed");
        assert_eq!(allowed.is_some_and(|scope| scope == "/"), is_worker);
        let kept = headers.get(header::CACHE_CONTROL);
        let is_kept = kept.is_some_and(|kept| kept == "private, max-age=3600");
        assert_eq!(is_kept, !is_worker, "{path}");
        assert_eq!(ludgate_web::is_app_file(path), !is_worker, "{path}");
    }
}

#[tokio::test]
async fn the_list_says_how_long_copies_stay_in_days_or_in_hours() {
    for (hours, words) in [
        (1, "for an hour"),
        (5, "for up to 5 hours"),
        (24, "for a day"),
        (36, "for up to 36 hours"),
        (48, "for up to 2 days"),
    ] {
        let site = Site::with(|settings| {
            let app = settings.app.as_mut().expect("an app");
            app.lease = SignedDuration::from_hours(hours);
        })
        .await;
        let mut anna = Reader::signed_in(&site, ANNA).await;
        site.gate.entitles(&[anna.account.into()]);
        let list = anna.browser.get(&site, LIST).await;
        assert!(list.html.contains(words), "{hours}: {}", list.html);
    }
}

#[tokio::test]
async fn the_account_leads_to_the_list_where_there_is_an_app() {
    for has_app in [true, false] {
        let site = Site::with(|settings| {
            settings.app = settings.app.take().filter(|_| has_app);
        })
        .await;
        let mut anna = Reader::signed_in(&site, ANNA).await;
        let account = anna.browser.get(&site, "/-/account").await;
        let leads = account.slashed().contains("href=\"/-/app\"");
        assert_eq!(leads, has_app, "{}: {}", account.status, account.html);
        let list = anna.browser.get(&site, LIST).await;
        let expected = if has_app {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        assert_eq!(list.status, expected);
    }
}

#[tokio::test]
async fn the_manifest_names_the_icons_and_the_papers_colour() {
    let site = Site::start().await;
    let manifest = Browser::new().get(&site, "/-/app/manifest.json").await;
    let manifest: Value = serde_json::from_str(&manifest.html).expect("JSON");
    for field in ["background_color", "theme_color"] {
        assert_eq!(manifest[field], "#fdfcf9");
    }
    let icons = manifest["icons"].as_array().expect("icons");
    assert_eq!(icons.len(), ICONS.len());
    for (icon, own) in icons.iter().zip(&ICONS) {
        assert_eq!(icon["src"], format!("/-/{}", own.path));
        assert_eq!(icon["sizes"], format!("{0}x{0}", own.side));
    }
    let purposes: BTreeSet<&str> = icons
        .iter()
        .filter_map(|icon| icon["purpose"].as_str())
        .collect();
    assert_eq!(purposes, BTreeSet::from(["any", "maskable", "monochrome"]));
}

#[tokio::test]
async fn whoever_signs_out_leaves_no_copies() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    assert!(!anna.browser.get(&site, "/-/account").await.forgets);
    let form = ("/-/account", "/-/logout");
    let reply = anna.browser.fill(&site, form, &[]).await;
    assert!(reply.forgets);
}

#[tokio::test]
async fn whoever_signs_in_finds_no_copies_of_somebody_elses() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    site.gate.entitles(&[anna.account.into()]);
    let (_, told) = lease(&site, &mut anna.browser).await;
    let bearer = anna.browser.cookies.get(BEARER).cloned();
    assert_eq!(bearer.as_deref(), told["bearer"].as_str());

    // The session is gone, and what it has left is there.
    let mut browser = anna.browser.signed_out();
    assert!(browser.cookies.contains_key(BEARER));
    site.register(EVE, WORDS).await;
    let reply = browser.sign_in(&site, EVE, WORDS).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert!(reply.forgets);
    assert!(!browser.cookies.contains_key(BEARER));
    assert!(browser.cookies.contains_key("session"));
    let set = reply.cookies.iter().find(|line| line.contains(BEARER));
    assert!(
        set.is_some_and(|line| !line.contains("HttpOnly")),
        "{set:?}"
    );
}
