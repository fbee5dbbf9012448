//! `[gate] countries`: a file of addresses, and its changes.

use crate::configuration::check;
use crate::mmdb::mmdb;
use crate::program::{Paper, Server, decision};

/// A paper that is open in Japan.
fn paper() -> Paper {
    let paper = Paper::new();
    paper.story("one");
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", "[server]\ntrusted_proxies = [\"127.0.0.1\"]")
            .replacen("tier = \"free\"", "country = \"JP\"", 1)
            + "\n[debug]\nexpose_decisions = true\n\n[gate]\ncountries = \"countries.mmdb\"\n"
    });
    paper
}

fn put(paper: &Paper, bytes: &[u8]) {
    // As those who download one do: whole, in the place of the other.
    std::fs::write(paper.path("new.mmdb"), bytes).expect("a file");
    std::fs::rename(paper.path("new.mmdb"), paper.path("countries.mmdb")).expect("exchanged");
}

/// Whether the paper is open to who comes from 192.0.2.7.
fn opens(server: &Server) -> bool {
    let (_, page) = server.get("/stories/one", "X-Forwarded-For: 192.0.2.7\r\n");
    decision(&page).starts_with("full; reason=free")
}

#[test]
fn a_changed_file_is_taken_up_and_a_bad_one_is_not() {
    let paper = paper();
    put(&paper, &mmdb("Test-Country", &[("192.0.2.0/24", "JP")]));
    let mut server = paper.serve();
    assert!(opens(&server));
    paper.story("two");
    server.wait_for("files changed");
    assert!(opens(&server), "what hasn't changed is still known");
    put(&paper, &mmdb("Test-Country", &[("192.0.2.0/24", "FR")]));
    server.wait_for("files changed");
    assert!(!opens(&server));
    put(&paper, &mmdb("Test-Country", &[("192.0.2.0/24", "JP")]));
    server.wait_for("files changed");
    let good = mmdb("Test-Country", &[("192.0.2.0/24", "FR")]);
    put(&paper, &good[..good.len() - 1]);
    server.wait_for("is no whole file in MaxMind's format");
    assert!(opens(&server), "everything stays as it was");
}

#[test]
fn a_file_that_tells_no_countries_is_refused_where_it_is_named() {
    let gate = |file: &str| format!("[gate]\ncountries = \"{file}\"\n\n[[meters]]");
    check(
        "[[meters]]",
        &gate("none.mmdb"),
        &[
            ":19:13:",
            "none.mmdb can't be read",
            "GeoLite2-Country.mmdb",
        ],
    );
    check(
        "[[meters]]",
        &gate("ludgate.toml"),
        &[":19:13:", "is no whole file", "download it again"],
    );
}
