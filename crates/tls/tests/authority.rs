//! Certificates from a real ACME authority, on this machine: ordered, served,
//! renewed, and kept when it is gone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod pebble;
mod site;

use ludgate_tls::{Challenge, ExternalAccount, Source};
use site::{AtWork, Site};

const NAMES: &[&str] = &["review.example", "www.review.example"];

/// Orders by one challenge and looks at all there is to see.
async fn is_ordered_and_served(challenge: Challenge) {
    let site = Site::start().await;
    let pebble = site.authority("").await;
    let settings = site.settings(&pebble, NAMES, challenge);
    let work = AtWork::begin(site.keeper(settings));
    let status = work.ordered(1).await;

    assert_eq!(status.names, NAMES);
    let validity = status.validity.expect("a certificate");
    let next = status.next.expect("a plan");
    assert!(validity.not_before < next && next < validity.not_after);
    // From several places, and in no other way than the one configured.
    let (looks, others) = match (challenge, site.looks()) {
        (Challenge::Http01, [http, tls]) => (http, tls),
        (Challenge::TlsAlpn01, [http, tls]) => (tls, http),
    };
    assert!(looks >= NAMES.len() && others == 0, "{looks} {others}");
    let roots = pebble.roots().await;
    let first = site.shown(&roots, NAMES[0]).await;
    assert_eq!(site.shown(&roots, NAMES[1]).await, first);
    let served = site.certificates.served();
    assert_eq!(served.len(), 1);
    assert_eq!(served[0].source, Source::Authority);
    assert_eq!(served[0].validity, validity);

    // On demand, with the same account.
    work.keeper.renew();
    work.ordered(2).await;
    assert_ne!(site.shown(&roots, NAMES[0]).await, first);
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_certificate_is_ordered_over_http_and_served() {
    is_ordered_and_served(Challenge::Http01).await;
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_certificate_is_ordered_over_tls_and_served() {
    is_ordered_and_served(Challenge::TlsAlpn01).await;
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_certificate_is_renewed_before_it_runs_out_and_found_again_after_a_restart() {
    let site = Site::start().await;
    let pebble = site.authority(r#", "certificateValidityPeriod": 12"#).await;
    let settings = site.settings(&pebble, NAMES, Challenge::Http01);
    let work = AtWork::begin(site.keeper(settings.clone()));
    let roots = pebble.roots().await;
    let first = work.ordered(1).await.validity.expect("a certificate");
    let shown = site.shown(&roots, NAMES[0]).await;
    let second = work.ordered(2).await.validity.expect("a certificate");
    assert!(second.not_before <= first.not_after, "{first:?} {second:?}");
    assert_ne!(site.shown(&roots, NAMES[0]).await, shown);
    drop(work);

    let kept = settings.folder.read_dir().expect("a folder").next();
    let kept = kept.expect("the authority's").expect("an entry").path();
    let expected = ["account.json", "certificate.pem"].map(|file| (file.to_owned(), 0o600));
    assert_eq!(site::modes(&kept), expected);
    let again = Site::start().await;
    let keeper = again.keeper(settings);
    let status = keeper.status();
    assert_eq!((status.orders, status.failures), (0, 0));
    assert_eq!(status.names, NAMES);
    assert_eq!(again.certificates.served(), site.certificates.served());
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_name_more_is_ordered_and_the_old_certificate_is_served_meanwhile() {
    let site = Site::start().await;
    let mut pebble = site.authority("").await;
    let few = site.settings(&pebble, &NAMES[..1], Challenge::Http01);
    let work = AtWork::begin(site.keeper(few));
    work.ordered(1).await;
    let roots = pebble.roots().await;
    let old = site.shown(&roots, NAMES[0]).await;
    drop(work);
    pebble.stop();
    let more = site.settings(&pebble, NAMES, Challenge::Http01);
    let work = AtWork::begin(site.keeper(more));
    work.until(|status| status.failures > 0).await;
    assert_eq!(site.shown(&roots, NAMES[0]).await, old);
    pebble.restart().await;
    work.keeper.renew();
    let status = work.until(|status| status.orders > 0).await;
    assert_eq!(status.names, NAMES);
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn an_authority_that_is_gone_takes_nothing_with_it() {
    let site = Site::start().await;
    let mut pebble = site.authority("").await;
    let settings = site.settings(&pebble, NAMES, Challenge::TlsAlpn01);
    let work = AtWork::begin(site.keeper(settings));
    let before = work.ordered(1).await;
    let roots = pebble.roots().await;
    let shown = site.shown(&roots, NAMES[0]).await;

    pebble.stop();
    work.keeper.renew();
    let down = work.until(|status| status.failures == 1).await;
    let failure = down.failure.expect("a failure");
    assert!(failure.what.contains("can't be reached"), "{failure:?}");
    assert_eq!(
        (&down.names, down.validity),
        (&before.names, before.validity)
    );
    let pause = down.next.expect("a plan").duration_since(failure.at);
    assert_eq!(pause.as_secs(), 60);
    assert_eq!(site.shown(&roots, NAMES[0]).await, shown);

    // It comes back, and has forgotten our account.
    pebble.restart().await;
    work.keeper.renew();
    let up = work.until(|status| status.orders == 2).await;
    assert_eq!((up.failures, up.failure), (0, None));
    let roots = pebble.roots().await;
    assert_ne!(site.shown(&roots, NAMES[0]).await, shown);
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_name_that_isnt_ours_is_refused_and_said() {
    // Another site has the ports that the authority looks at.
    let (site, other) = (Site::start().await, Site::start().await);
    let pebble = other.authority("").await;
    for challenge in [Challenge::Http01, Challenge::TlsAlpn01] {
        let settings = site.settings(&pebble, NAMES, challenge);
        let work = AtWork::begin(site.keeper(settings));
        let status = work.until(|status| status.failures == 1).await;
        let what = status.failure.expect("a failure").what;
        assert!(what.contains("isn't convinced"), "{what}");
        assert!(what.contains("review.example: "), "{what}");
        assert_eq!(status.validity, None);
        assert_eq!(site.certificates.served(), []);
    }
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn an_authority_that_wants_an_external_account_gets_it() {
    let site = Site::start().await;
    let key = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    let wants = format!(
        r#", "externalAccountBindingRequired": true, "externalAccountMACKeys": {{"kid-1": "{key}"}}"#
    );
    let pebble = site.authority(&wants).await;
    let without = site.settings(&pebble, NAMES, Challenge::Http01);
    let work = AtWork::begin(site.keeper(without.clone()));
    let status = work.until(|status| status.failures == 1).await;
    let what = status.failure.expect("a failure").what;
    assert!(what.contains("externalAccountRequired"), "{what}");
    drop(work);
    let mut with = without;
    with.authority.external = Some(ExternalAccount {
        id: "kid-1".to_owned(),
        key: key.to_owned(),
    });
    AtWork::begin(site.keeper(with)).ordered(1).await;
}
