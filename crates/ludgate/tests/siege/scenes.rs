//! Attacks of several requests that can be made of every site with the stories
//! `a` to `e`: rows 6 to 8, 10, 19 and 23.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::front::{Cut, More, request};
use super::hunt::found;
use super::site::SECRET;
use super::stage::Stage;
use super::wire::{exchange, replies};
use crate::program::said;

/// Cookies thrown away: a network may make two new readers a day here.
pub(crate) fn thrown_away(stage: &mut Stage<'_>) {
    let front = stage.gate(More {
        server: "trusted_proxies = [\"127.0.0.1/32\"]",
        gate: "fresh_readers = 2",
        ..More::default()
    });
    let address = "X-Forwarded-For: 198.51.100.7";
    for story in ["a", "b"] {
        let path = &stage.site.story(story).path;
        front.get(path, &[address]);
    }
    for (what, story, headers) in [
        ("a third window", "d", vec![address]),
        ("a fourth window", "e", vec![address]),
        ("a neighbour", "d", vec!["X-Forwarded-For: 198.51.100.9"]),
        (
            "a cookie of one's own",
            "d",
            vec![address, "Cookie: ludgate=x"],
        ),
    ] {
        stage.ask(&front, 6, what, story, &headers);
    }
}

/// Cookies brought back.
pub(crate) fn brought_back(stage: &mut Stage<'_>) {
    let front = stage.gate(More::default());
    let early = front.reader(stage.site, &["a"]);
    let line = format!("Cookie: {early}");
    for story in ["b", "c"] {
        front.get(&stage.site.story(story).path, &[&line]);
    }
    let twice = format!("{line}; {early}");
    let beside = format!("{line}; ludgate=other");
    for (what, headers) in [
        ("replayed", vec![line.as_str()]),
        ("said twice", vec![&twice]),
        ("beside another", vec![&beside]),
        ("in two lines", vec![line.as_str(), "Cookie: a=b"]),
    ] {
        stage.ask(&front, 7, what, "d", &headers);
    }
}

/// Many requests at a time, of a reader with one story left: exactly one
/// of `stories` opens.
pub(crate) fn at_once(stage: &mut Stage<'_>, stories: &[&str]) {
    let front = stage.gate(More::default());
    for round in 0..3 {
        let line = format!("Cookie: {}", front.reader(stage.site, &["a", "b"]));
        let (site, address) = (stage.site, front.address());
        let answers: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let ask = |story: &str| {
                let path = site.story(story).path.clone();
                let request = request("GET", &path, &[&line], "");
                scope.spawn(move || exchange(address, &request))
            };
            let threads: Vec<_> = stories.iter().map(|story| ask(story)).collect();
            let join =
                |thread: std::thread::ScopedJoinHandle<'_, _>| thread.join().expect("an answer");
            threads.into_iter().map(join).collect()
        });
        let is_counted = |bytes: &&Vec<u8>| {
            let replies = replies(bytes, "GET");
            replies[0].head.contains("full; reason=counted")
        };
        let opened = answers.iter().filter(is_counted).count();
        assert_eq!(opened, 1, "of those at once");
        let others: Vec<u8> = answers
            .iter()
            .filter(|bytes| !is_counted(bytes))
            .flat_map(|bytes| bytes.iter().copied())
            .collect();
        let what = format!("round {round}");
        stage.note(8, &what, &others);
    }
}

/// Breaking off is no way not to have read.
pub(crate) fn broken_off(stage: &mut Stage<'_>) {
    let front = stage.gate(More::default());
    let line = format!("Cookie: {}", front.reader(stage.site, &["a"]));
    for story in ["b", "c"] {
        let mut stream = TcpStream::connect(front.address()).expect("a connection");
        let path = &stage.site.story(story).path;
        let sent = stream.write_all(&request("GET", path, &[&line], ""));
        sent.expect("sent");
        stream.read_exact(&mut [0; 64]).expect("the first bytes");
    }
    stage.ask(&front, 10, "after breaking off", "d", &[&line]);
}

/// Around the gate: the site wants a word that only the gate knows, for a story
/// and for `others`.
pub(crate) fn around(stage: &mut Stage<'_>, others: &[&str]) {
    let secret = format!("X-Gate: {SECRET}");
    let headers: &[&str] = match stage.cut {
        Cut::On => &["X-Gate: a word that somebody has guessed"],
        Cut::Off => &[&secret],
    };
    let d = stage.site.story("d").path.clone();
    for target in others.iter().copied().chain([d.as_str()]) {
        let bytes = exchange(stage.site.address, &request("GET", target, headers, ""));
        stage.note(19, target, &bytes);
    }
}

/// After staff have read a story and `others`.
pub(crate) fn after_staff(stage: &mut Stage<'_>, others: &[&str]) {
    let front = stage.gate(More::default());
    let (code, link) = said(&["staff", "--config", &front.paper.config()]);
    assert_eq!(code, 0, "{link}");
    let path = link.trim().splitn(4, '/').nth(3).expect("a path");
    let cookie = front.get(&format!("/{path}"), &[]).cookie();
    let staff = format!("Cookie: {}", cookie.expect("a cookie"));
    let reader = format!("Cookie: {}", front.used_up(stage.site));
    let d = stage.site.story("d").path.clone();
    for target in others.iter().copied().chain([d.as_str()]) {
        let whole = front.get(target, &[&staff]);
        assert!(
            !found(&stage.site.hidden(), &whole.body).is_empty(),
            "{target} for staff"
        );
        assert_eq!(whole.header("cache-control"), Some("private, no-store"));
        let bytes = exchange(front.address(), &request("GET", target, &[&reader], ""));
        stage.note(23, target, &bytes);
    }
}
