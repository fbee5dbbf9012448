//! Attacks that take more than one request: rows 6 to 10, 19, 23, 24 and 29.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::origin::{Health, Origin};
use crate::siege::{Cut, More, Stage, exchange, found, replies, request, scenes};

/// The rows, each as often as something of it is tried here.
pub(crate) const ROWS: [u8; 36] = [
    6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10, 19, 19, 19, 23, 23, 23, 23, 23, 23, 23, 23,
    23, 23, 24, 24, 24, 29, 29, 29, 29,
];

/// Stories to be read at once.
const STORIES: [&str; 6] = ["c", "d", "e", "f", "g", "h"];

/// Where whole stories are, beside their own pages.
const DOORS: [&str; 2] = ["/feeds/rss", "/internal/stories"];

/// One story under many addresses is one story: who has used up the month and
/// read it may read it again, and no other.
fn elsewhere(stage: &mut Stage<'_>) {
    let front = stage.gate(More::default());
    let line = format!("Cookie: {}", front.reader(stage.site, &["a", "b"]));
    let others = ["/stories/a?utm_source=x", "/s/a", "/print/a", "/?story=a"];
    for target in others {
        let head = front.get(target, &[&line]).head;
        assert!(head.contains("already-counted"), "{target}: {head}");
    }
    front.get(&stage.site.story("c").path, &[&line]);
    for target in others {
        let target = target.replace("/a", "/d").replace("=a", "=d");
        let bytes = exchange(front.address(), &request("GET", &target, &[&line], ""));
        stage.note(9, &target, &bytes);
    }
}

/// What the site has told its members is told to nobody else, however its
/// address may look to a cache.
fn after_members(stage: &mut Stage<'_>) {
    let front = stage.gate(More::default());
    let reader = front.used_up(stage.site);
    let member = format!("Cookie: {reader}; session=1");
    let stranger = format!("Cookie: {reader}");
    for target in ["/members?x=.css", "/account/page"] {
        for accept in ["text/html", "application/json"] {
            front.get(target, &[&member, &format!("Accept: {accept}")]);
        }
        // Who withholds nothing keeps nothing of members' either.
        let line = if stage.cut == Cut::On {
            &stranger
        } else {
            &member
        };
        let bytes = exchange(front.address(), &request("GET", target, &[line], ""));
        stage.note(23, target, &bytes);
    }
}

/// When the site is asked whether a story is still what it was, it says so, and
/// much else.
fn asked_again(stage: &mut Stage<'_>) {
    let front = stage.gate(More {
        articles: "max_age = \"0 s\"\nstale_while_revalidate = \"0 s\"",
        ..More::default()
    });
    let line = format!("Cookie: {}", front.used_up(stage.site));
    let d = stage.site.story("d").path.clone();
    for how in ["header-paragraph", "link", "slug", "policy", "timing"] {
        let target = format!("{d}?how=again-{how}");
        // The first time there is nothing that could still be so.
        assert_eq!(front.get(&target, &[&line]).status, 200, "{how}");
        let bytes = exchange(front.address(), &request("GET", &target, &[&line], ""));
        let reply = &replies(&bytes, "GET")[0];
        assert_eq!(reply.status, 200, "{how}: {}", reply.head);
        let beginning = found(stage.site.story("d").beginning(), &reply.body);
        assert_eq!(beginning.len(), 2, "{how}: {}", reply.head);
        stage.note(23, how, &bytes);
    }
}

/// Requests that leave half a request behind on the connection to the site, for
/// the next reader's to be its other half. The site answers what it is asked
/// that way; what the gate must not do is ask it so.
fn left_behind(stage: &mut Stage<'_>) {
    let front = stage.gate(More::default());
    let line = format!("Cookie: {}", front.used_up(stage.site));
    let half = "GET /internal/stories HTTP/1.1\r\nHost: post.example\r\nX: ";
    for (number, method) in ["POST", "PUT", "GET"].into_iter().enumerate() {
        let first = request(method, "/lazy", &[&line, "Connection: keep-alive"], half);
        let target = format!("/vouched/{number}");
        let bytes = match stage.cut {
            Cut::On => {
                answered(front.address(), &first);
                exchange(front.address(), &request("GET", &target, &[], ""))
            }
            Cut::Off => exchange(
                stage.site.address,
                &[first, request("GET", &target, &[], "")].concat(),
            ),
        };
        stage.note(24, method, &bytes);
    }
}

/// Asks, and waits for the first bytes of an answer.
fn answered(to: std::net::SocketAddr, request: &[u8]) {
    let mut stream = TcpStream::connect(to).expect("a connection");
    stream.write_all(request).expect("sent");
    stream.read_exact(&mut [0; 64]).expect("an answer");
}

/// While the site breaks. Leaves it broken.
fn broken(stage: &mut Stage<'_>, origin: &Origin) {
    let front = stage.gate(More::default());
    let line = format!("Cookie: {}", front.used_up(stage.site));
    let d = stage.site.story("d").path.clone();
    // So that it is there, whatever becomes of the site.
    assert_eq!(front.get(&d, &[&line]).status, 200);
    let breaks = [
        ("guarded", Health::Guarded),
        ("failing", Health::Failing),
        ("breaking off", Health::BreakingOff),
        ("gone", Health::Gone),
    ];
    for (number, (what, health)) in breaks.into_iter().enumerate() {
        origin.becomes(health);
        stage.ask(&front, 29, what, "d", &[&line]);
        if stage.cut == Cut::Off || health == Health::Guarded {
            continue;
        }
        // Of what was never seen there is nothing to show.
        for target in ["/print/e", "/feeds/rss", "/api/stories", "/files/e.png"] {
            let target = format!("{target}?{number}");
            let reply = front.get(&target, &[&line]);
            assert!(reply.status >= 400, "{target} {what}: {}", reply.status);
            let canaries = found(&stage.site.hidden(), &reply.body);
            assert!(canaries.is_empty(), "{target} {what}: {canaries:?}");
        }
    }
}

fn play(cut: Cut) {
    let origin = Origin::start();
    let mut stage = Stage::set(&origin.site, cut, &ROWS);
    scenes::thrown_away(&mut stage);
    scenes::brought_back(&mut stage);
    scenes::at_once(&mut stage, &STORIES);
    elsewhere(&mut stage);
    scenes::broken_off(&mut stage);
    scenes::after_staff(&mut stage, &DOORS);
    after_members(&mut stage);
    asked_again(&mut stage);
    left_behind(&mut stage);
    origin.becomes(Health::Guarded);
    scenes::around(&mut stage, &DOORS);
    broken(&mut stage, &origin);
    stage.judge();
}

#[test]
fn attacks_of_several_requests_get_no_more_than_the_beginning() {
    play(Cut::On);
}

#[test]
fn with_the_cut_switched_off_those_find_something_too() {
    play(Cut::Off);
}
