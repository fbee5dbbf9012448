//! Attacks that take more than one request: rows 6 to 10, 19, 23 and 29.

use crate::siege::{Cut, More, Stage, exchange, found, request, scenes};
use crate::site::WordPress;

/// The rows, each as often as something of it is tried here.
pub(crate) const ROWS: [u8; 25] = [
    6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10, 19, 19, 19, 23, 23, 23, 29, 29, 29,
];

/// Stories to be read at once.
const STORIES: [&str; 8] = [
    "c", "d", "e", "classic", "more", "long", "revised", "gallery",
];

/// Where whole stories are, beside their own pages.
const DOORS: [&str; 2] = ["/feed/", "/wp-json/wp/v2/posts"];

/// One story under many addresses is one story: who has used up the month and
/// read it may read it again, and no other.
fn elsewhere(stage: &mut Stage<'_>) {
    let front = stage.gate(More::default());
    let line = format!("Cookie: {}", front.reader(stage.site, &["a", "b"]));
    let a = stage.site.story("a").clone();
    let others = [
        format!("{}?utm_source=x&ref=y", a.path),
        format!("{}?amp=1", a.path),
        "/2025/03/%73tory-a/".to_owned(),
        format!("{}?print=1", a.path),
    ];
    for target in &others {
        let reply = front.get(target, &[&line]);
        assert!(
            reply.head.contains("already-counted"),
            "{target}: {}",
            reply.head
        );
    }
    front.get(&stage.site.story("c").path, &[&line]);
    for target in &others {
        let target = target.replace("tory-a", "tory-d");
        let bytes = exchange(front.address(), &request("GET", &target, &[&line], ""));
        stage.note(9, &target, &bytes);
    }
}

/// A way to break the site.
type Break = fn(&WordPress);

/// While the site breaks. Leaves it broken.
fn broken(stage: &mut Stage<'_>, wordpress: &WordPress) {
    let front = stage.gate(More {
        origin: "first_byte_timeout = \"1 s\"\nstall_timeout = \"1 s\"\nconnect_timeout = \"1 s\"",
        ..More::default()
    });
    let line = format!("Cookie: {}", front.used_up(stage.site));
    let headers: &[&str] = &[&line];
    // So that it is there, whatever becomes of the site.
    let d = stage.site.story("d").path.clone();
    assert_eq!(front.get(&d, headers).status, 200);
    let mut never = Vec::new();
    let breaks: [(&str, Break); 3] = [
        ("without a database", WordPress::lose_the_database),
        ("frozen", WordPress::freeze),
        ("gone", WordPress::go_away),
    ];
    for (number, (what, breaks)) in breaks.into_iter().enumerate() {
        breaks(wordpress);
        stage.ask(&front, 29, what, "d", headers);
        // Of what was never seen there is nothing to show.
        for target in ["/2025/03/story-e/", "/feed/", "/wp-json/wp/v2/posts"] {
            let target = format!("{target}?{number}");
            let reply = front.get(&target, headers);
            never.push((what, target, reply.status, reply.body));
        }
    }
    for (what, target, status, body) in never {
        assert!(status >= 400, "{target} {what}: {status}");
        assert!(
            found(&stage.site.hidden(), &body).is_empty(),
            "{target} {what}"
        );
    }
}

fn play(cut: Cut) {
    let wordpress = WordPress::start();
    let mut stage = Stage::set(&wordpress.site, cut, &ROWS);
    scenes::thrown_away(&mut stage);
    scenes::brought_back(&mut stage);
    scenes::at_once(&mut stage, &STORIES);
    elsewhere(&mut stage);
    scenes::broken_off(&mut stage);
    scenes::around(&mut stage, &DOORS);
    scenes::after_staff(&mut stage, &DOORS);
    broken(&mut stage, &wordpress);
    stage.judge();
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn attacks_of_several_requests_get_no_more_than_the_beginning() {
    play(Cut::On);
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn with_the_cut_switched_off_those_find_something_too() {
    play(Cut::Off);
}
