//! The admin listener: behind a token, on an address of its own.

use crate::program::{Paper, ask, bytes, get};

#[test]
fn nothing_but_health_is_told_without_the_token() {
    let paper = Paper::new();
    let server = paper.serve();
    assert_eq!(get(server.admin, "/healthz", "").0, 200);
    let (status, text) = get(server.admin, "/readyz", "");
    assert!(status == 200 && text.ends_with("ready\n"), "{text}");
    let wrong = "Authorization: Bearer 00000000000000000000000000000000\r\n";
    for path in ["/", "/metrics", "/reload", "/nothing"] {
        for headers in [
            "",
            wrong,
            "Authorization: Basic eDp5\r\n",
            "Cookie: token=x\r\n",
        ] {
            assert_eq!(get(server.admin, path, headers).0, 401, "{path} {headers}");
        }
    }
    for path in ["/reload", "/staff", "/staff?hours=1"] {
        assert_eq!(ask(server.admin, "POST", path, "").0, 401);
        assert_eq!(ask(server.admin, "POST", path, wrong).0, 401);
    }
    // And nothing of it is on the readers' listener.
    assert_eq!(server.get("/metrics", "").0, 404);
}

#[test]
fn who_asks_for_the_head_alone_gets_what_a_get_would_begin_with() {
    let paper = Paper::new();
    let server = paper.serve();
    for path in ["/healthz", "/readyz"] {
        let (head, body) = bytes(server.admin, "GET", path, "");
        assert!(!body.is_empty());
        let (same, none) = bytes(server.admin, "HEAD", path, "");
        let length = format!("content-length: {}", body.len());
        assert!(same.contains("200 OK") && same.contains(&length), "{same}");
        assert!(head.contains(&length), "{head}");
        assert!(none.is_empty(), "{path}: {none:?}");
    }
    assert_eq!(ask(server.admin, "HEAD", "/metrics", "").0, 401);
    assert_eq!(ask(server.admin, "HEAD", "/reload", "").0, 401);
}

#[test]
fn metrics_count_decisions_by_outcome_and_reason() {
    let paper = Paper::new();
    let server = paper.serve();
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let line = crate::program::cookie(&server.get("/stories/hello", "").1);
    server.get("/stories/hello", &line);
    server.get("/", "");
    server.get("/a/../b", "");
    let (status, metrics) = get(server.admin, "/metrics", &bearer);
    assert_eq!(status, 200);
    let help = metrics.lines().filter(|line| line.starts_with("# HELP"));
    for line in help {
        assert!(line.ends_with('.') && !line.ends_with(".."), "{line}");
    }
    for line in [
        "ludgate_decisions_total{outcome=\"full\",reason=\"counted\"} 1",
        "ludgate_decisions_total{outcome=\"full\",reason=\"already-counted\"} 1",
        "ludgate_page_hits_total 1",
        "ludgate_decisions_total{outcome=\"preview\",reason=\"meter-exhausted\"} 0",
        "ludgate_refusals_total{reason=\"target\"} 1",
        "ludgate_refusals_total{reason=\"overload\"} 0",
        "ludgate_fresh_readers_total 1",
        "ludgate_meter_readers 1",
        "ludgate_meter_stories 1",
        "ludgate_meter_dictionary_bytes ",
        "ludgate_meter_networks 0",
        "ludgate_meter_records_total ",
        "ludgate_meter_failing 0",
        "ludgate_phase_duration_seconds_count{phase=\"decide\"} 1",
    ] {
        assert!(metrics.contains(line), "no {line} in:\n{metrics}");
    }
    // The count is written within a tenth of a second; each look takes a while.
    let timed = (0..2_000).any(|_| {
        let (_, metrics) = get(server.admin, "/metrics", &bearer);
        metrics.contains("ludgate_meter_last_write_seconds 0.")
    });
    assert!(timed, "nothing tells how long writing took");
    let (status, text) = get(server.admin, "/", &bearer);
    assert!(status == 200 && text.contains("counting"), "{text}");
    assert!(text.contains("mode      enforce"), "{text}");
    assert_eq!(ask(server.admin, "POST", "/reload", &bearer).0, 200);
}

#[test]
fn a_refused_reload_stays_in_sight_until_it_is_put_right() {
    let paper = Paper::new();
    let server = paper.serve();
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let says = |lines: &[&str], state: &str| {
        let (_, metrics) = get(server.admin, "/metrics", &bearer);
        for line in lines {
            // The whole line: what a metric means may begin with a number too.
            let there = metrics.lines().any(|one| one == *line);
            assert!(there, "no {line} in:\n{metrics}");
        }
        let (_, text) = get(server.admin, "/", &bearer);
        assert!(text.contains(state), "{text}");
    };
    let reload = || ask(server.admin, "POST", "/reload", &bearer).0;
    says(
        &[
            "ludgate_reload_failing 0",
            "ludgate_reload_failures_total 0",
        ],
        "rules     as on disk",
    );
    let good = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    paper.edit("ludgate.toml", |text| text + "\n[gaet]\n");
    assert_ne!(reload(), 200);
    says(&["ludgate_reload_failing 1"], "unknown field `gaet`");
    paper.edit("ludgate.toml", |_| good.clone());
    assert_eq!(reload(), 200);
    says(&["ludgate_reload_failing 0"], "rules     as on disk");
}

#[test]
fn the_log_names_neither_addresses_nor_readers() {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text + "\n[log]\nformat = \"json\"\nlevel = \"trace\"\n"
    });
    let mut server = paper.serve();
    let (_, page) = server.get("/stories/hello", "X-Forwarded-For: 192.0.2.77\r\n");
    let line = crate::program::cookie(&page);
    server.get("/stories/hello", &line);
    server.get("/a/../b", "");
    server.signal("TERM");
    server.wait_for("stopped");
    let value = line.trim_end().split('=').nth(1).expect("a value");
    assert!(
        server.seen.contains("\"outcome\":\"full\""),
        "{}",
        server.seen
    );
    assert!(
        server
            .seen
            .contains("\"rule\":\"metered\",\"used\":1,\"limit\":3"),
        "{}",
        server.seen
    );
    assert!(server.seen.contains("\"refused\":\"target\""));
    assert!(!server.seen.contains(value) && !server.seen.contains("192.0.2.77"));
}
