//! Staff: only a token of ours makes anybody staff, and only while it lasts.

use jiff::SignedDuration;
use ludgate_gateway::{Keyring, Readiness};

use crate::canary::leaks;
use crate::site::{Setup, Site};

/// A site and a staff link that is good for twelve hours.
fn site_and_path() -> (Site, String) {
    let site = Site::start(&Setup::default());
    let until = site.now() + SignedDuration::from_hours(12);
    let path = site.gate.staff_path(until).expect("a path");
    (site, path)
}

/// Follows the link; the header line that the browser sends from then on.
fn follow(site: &Site, path: &str) -> String {
    let reply = site.get(path, &[]);
    assert_eq!(reply.status, 303, "{}", reply.head);
    assert_eq!(reply.header("location"), Some("/"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
    let set = reply.header("set-cookie").expect("a cookie");
    assert!(
        set.starts_with("ludgate-staff=")
            && set.contains("; Max-Age=43200; HttpOnly; SameSite=Lax"),
        "{set}"
    );
    format!("Cookie: {}", reply.cookie().expect("a cookie"))
}

#[test]
fn staff_read_everything_are_never_counted_and_see_no_prompt() {
    let (site, path) = site_and_path();
    let staff = follow(&site, &path);
    for story in ["a", "b", "c", "d", "e", "locked", "sponsored", "free"] {
        let reply = site.get(&format!("/stories/{story}"), &[&staff]);
        assert_eq!(reply.decision(), "full; reason=staff", "{story}");
        assert_eq!(reply.cookie(), None, "{story}: nothing was counted");
        let text = reply.text();
        assert!(!text.contains("data-ludgate-notice") && !text.contains("ludgate-wall"));
        assert!(
            !leaks(story, &reply.decoded()).is_empty(),
            "{story} is whole"
        );
    }
    let again = site.get("/stories/a", &[]);
    assert!(again.decision().contains("used=1"), "{}", again.decision());
}

#[test]
fn a_reader_of_their_own_who_becomes_staff_keeps_their_counts() {
    let (site, path) = site_and_path();
    let reader = site.walled();
    let staff = follow(&site, &path);
    let both = format!("{reader}; {}", staff.trim_start_matches("Cookie: "));
    assert_eq!(site.get("/stories/d", &[&both]).reason(), "staff");
    assert_eq!(
        site.get("/stories/d", &[&reader]).reason(),
        "meter-exhausted"
    );
}

#[test]
fn after_its_time_a_token_makes_an_ordinary_reader() {
    let (site, path) = site_and_path();
    let staff = follow(&site, &path);
    site.pass(SignedDuration::from_hours(12) - SignedDuration::from_secs(1));
    assert_eq!(site.get("/stories/locked", &[&staff]).reason(), "staff");
    site.pass(SignedDuration::from_secs(1));
    let reply = site.get("/stories/locked", &[&staff]);
    assert_eq!(reply.reason(), "subscription-required");
    assert_eq!(site.get("/stories/a", &[&staff]).reason(), "counted");
    let late = site.get(&path, &[]);
    assert_eq!((late.status, late.header("set-cookie")), (403, None));
}

#[test]
fn what_we_have_not_signed_as_a_staff_token_makes_nobody_staff() {
    let (site, path) = site_and_path();
    let reader = site.walled();
    let id = reader.trim_start_matches("Cookie: ludgate=");
    let token = path.rsplit('/').next().expect("a token");
    let forged = {
        let other = Site::start(&Setup::default());
        other
            .gate
            .install_keys(Keyring::new(&[(1, [8; 32])]).expect("a key"));
        let until = other.now() + SignedDuration::from_hours(12);
        let path = other.gate.staff_path(until).expect("a path");
        path.trim_start_matches("/-/staff/").to_owned()
    };
    let cut = &token[..token.len() - 1];
    let longer = format!("{token}A");
    for bad in ["", "1", "true", id, cut, &longer, &forged] {
        let line = format!("{reader}; ludgate-staff={bad}");
        let reply = site.get("/stories/d", &[&line]);
        assert_eq!(reply.reason(), "meter-exhausted", "{bad}");
        assert_eq!(leaks("d", &reply.decoded()), Vec::<String>::new(), "{bad}");
        if !bad.is_empty() {
            assert_eq!(
                site.get(&format!("/-/staff/{bad}"), &[]).status,
                403,
                "{bad}"
            );
        }
    }
    // Neither does a good token in the wrong cookie, or another system's.
    for line in [
        format!("Cookie: ludgate={token}"),
        format!("Cookie: __Host-ludgate-staff={token}"),
        format!("Cookie: wordpress_logged_in_1={token}; staff={token}"),
        format!("Authorization: Bearer {token}"),
    ] {
        let reply = site.get("/stories/locked", &[&line]);
        assert_eq!(reply.reason(), "subscription-required", "{line}");
    }
}

#[test]
fn a_token_outlives_a_rotation_of_keys_but_not_the_end_of_its_key() {
    let (site, path) = site_and_path();
    let staff = follow(&site, &path);
    let sign_with = |keys: &[(u8, [u8; 32])]| {
        site.gate.install_keys(Keyring::new(keys).expect("a key"));
    };
    sign_with(&[(2, [8; 32]), (1, [7; 32])]);
    assert_eq!(site.get("/stories/locked", &[&staff]).reason(), "staff");
    sign_with(&[(2, [8; 32])]);
    let reply = site.get("/stories/locked", &[&staff]);
    assert_eq!(reply.reason(), "subscription-required");
}

#[test]
fn on_https_only_the_cookie_that_is_bound_to_the_host_counts() {
    let site = Site::start(&Setup {
        https: true,
        ..Setup::default()
    });
    let until = site.now() + SignedDuration::from_hours(1);
    let path = site.gate.staff_path(until).expect("a path");
    let reply = site.get(&path, &[]);
    let set = reply.header("set-cookie").expect("a cookie");
    assert!(
        set.starts_with("__Host-ludgate-staff=") && set.ends_with("; Secure"),
        "{set}"
    );
    let token = path.trim_start_matches("/-/staff/");
    let read = |line: String| site.get("/stories/locked", &[&line]).reason().to_owned();
    assert_eq!(
        read(format!("Cookie: __Host-ludgate-staff={token}")),
        "staff"
    );
    assert_ne!(read(format!("Cookie: ludgate-staff={token}")), "staff");
}

#[test]
fn a_server_is_ready_while_it_counts_and_is_not_about_to_stop() {
    let site = Site::start(&Setup::default());
    let ready = || {
        let reply = site.get("/-/readyz", &[]);
        (reply.status, reply.text())
    };
    assert_eq!(ready(), (200, "ready\n".to_owned()));
    site.gate.meter().clone().close().expect("closed");
    assert_eq!(ready(), (503, "the meter can't count\n".to_owned()));
    assert_eq!(site.get("/-/healthz", &[]).status, 200);
    site.gate.drain();
    assert_eq!(site.gate.readiness(), Readiness::Draining);
}
