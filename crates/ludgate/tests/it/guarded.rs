//! What holds for every page of readers, whichever it is: nobody else keeps it,
//! and it is for whoever is signed in at that moment.

use crate::accounts::{sign_up, site};
use crate::browser::{Browser, Reply};
use crate::buying::shop;

/// Every page of readers there is, with what never was where a name or an id
/// stands, and those of the gate that are for whoever is signed in.
fn addresses() -> Vec<String> {
    let nothing = |kind: &str| format!("{kind}_{:032x}", 1);
    let ours = web::routes().into_iter().map(|route| {
        route
            .replace("{offer}", "monthly")
            .replace("{subscription}", &nothing("sub"))
            .replace("{purchase}", &nothing("sub"))
            .replace("{invoice}", &nothing("inv"))
            .replace("{gift}", &nothing("gft"))
            .replace("{feed}", "nobodys/all.xml")
    });
    let gates = ["gift", "gift/x"].map(str::to_owned);
    let all = ours.chain(gates).map(|path| format!("/-/{path}"));
    all.collect()
}

fn asks_to_sign_in(reply: &Reply) -> bool {
    reply.status == 303 && reply.location().split('?').next() == Some("/-/login")
}

/// What the app is called and looks like, which is the same whoever asks.
fn is_nobodys(address: &str) -> bool {
    address == "/-/app/manifest.json" || address.starts_with("/-/app/icon-")
}

fn check(address: &str, reply: &Reply) {
    let kept = if is_nobodys(address) && reply.status == 200 {
        assert!(!reply.head.contains("set-cookie: "), "{address}: {reply:?}");
        "cache-control: private, max-age=3600"
    } else {
        "cache-control: private, no-store"
    };
    for said in [
        kept,
        "x-content-type-options: nosniff",
        "x-frame-options: DENY",
        "referrer-policy: strict-origin",
        "content-security-policy: ",
    ] {
        assert!(reply.head.contains(said), "{address}: {said}: {reply:?}");
    }
    assert!(!address.contains('{'), "{address}");
    assert!(reply.status < 500, "{address}: {reply:?}");
}

#[test]
fn no_page_of_readers_is_kept_by_others_or_outlives_its_session() {
    let paper = shop();
    let server = paper.serve();
    let browser = || Browser::of(server.readers, &site(&paper));
    let (mut anna, mut stale) = (browser(), browser());
    sign_up(&paper, &mut anna);
    stale.cookies.clone_from(&anna.cookies);
    let token = anna.get("/-/account").token().to_owned();
    let mut private = Vec::new();
    for address in addresses() {
        check(&address, &anna.get(&address));
        let nobodys = browser().get(&address);
        check(&address, &nobodys);
        if asks_to_sign_in(&nobodys) {
            private.push(address);
        }
    }
    assert!(private.len() > 30, "{private:?}");
    let reply = anna.fill("/-/account", "/-/logout", &[]);
    assert_eq!(reply.status, 200, "{reply:?}");
    // From the next request on, for who has kept all that there was to keep.
    for address in private {
        let seen = stale.get(&address);
        let sent = stale.post(&address, &[("token", &token)]);
        for reply in [seen, sent] {
            check(&address, &reply);
            let is_refused = asks_to_sign_in(&reply) || reply.status == 403;
            assert!(is_refused, "{address}: {reply:?}");
        }
    }
}
