//! Commands that talk to a running server, or do without one.

use crate::program::{Paper, cookie, decision, names, said};

fn paper() -> Paper {
    let paper = Paper::new();
    paper.story("one");
    paper.edit("ludgate.toml", |text| {
        text + "\n[debug]\nexpose_decisions = true\n"
    });
    paper
}

#[test]
fn a_section_is_opened_in_a_hurry_and_closed_again() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 0")
    });
    let server = paper.serve();
    let config = paper.config();
    let reading = || decision(&server.get("/stories/one", "").1).to_owned();
    assert!(reading().contains("preview"));
    let open = [
        "open",
        "--config",
        &config,
        "--section",
        "news",
        "--until",
        "2099-12-31",
    ];
    let (code, text) = said(&open);
    assert_eq!(code, 0, "{text}");
    assert_eq!(reading(), "full; reason=free; rule=\"open-1\"");
    let (_, text) = said(&["open", "--config", &config, "--list"]);
    assert!(text.contains("open-1  section news"), "{text}");
    let (code, _) = said(&["open", "--config", &config, "--close", "open-1"]);
    assert_eq!(code, 0);
    assert!(reading().contains("preview"));
    let past = [
        "open",
        "--config",
        &config,
        "--story",
        "/stories/one",
        "--until",
        "2020-01-01",
    ];
    let (code, text) = said(&past);
    assert_eq!(code, 1);
    assert!(text.contains("has passed"), "{text}");
}

#[test]
fn what_is_opened_without_a_server_is_open_at_the_next_start() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 0")
    });
    let config = paper.config();
    let open = [
        "open",
        "--config",
        &config,
        "--story",
        "/stories/one",
        "--until",
        "2099-12-31",
    ];
    let (code, text) = said(&open);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("from the next start"), "{text}");
    let server = paper.serve();
    assert!(decision(&server.get("/stories/one", "").1).contains("rule=\"open-1\""));
}

#[test]
fn a_backup_of_a_running_server_can_be_served_from() {
    let paper = paper();
    let mut server = paper.serve();
    let line = cookie(&server.get("/stories/one", "").1);
    let to = paper.path("copy");
    let to = to.to_str().expect("a path");
    let (code, text) = said(&["backup", "--config", &paper.config(), to]);
    assert_eq!(code, 0, "{text}");
    server.wait_for("a backup was made");
    let (code, text) = said(&["backup", "--config", &paper.config(), to]);
    assert_eq!(code, 1);
    assert!(text.contains("not empty"), "{text}");
    server.signal("TERM");
    server.ended();
    std::fs::remove_dir_all(paper.path("data")).expect("removed");
    let (code, text) = said(&["restore", "--yes", "--config", &paper.config(), to]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("counts of 1 readers"), "{text}");
    let server = paper.serve();
    let (_, page) = server.get("/stories/one", &line);
    assert!(
        decision(&page).contains("already-counted"),
        "{}",
        decision(&page)
    );
}

#[test]
fn a_rotated_key_signs_at_once_and_earlier_ids_stay_valid() {
    let paper = paper();
    let mut server = paper.serve();
    let line = cookie(&server.get("/stories/one", "").1);
    let (code, text) = said(&["keys", "rotate", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("signs with key 2 from now on"), "{text}");
    let (_, page) = server.get("/stories/one", &line);
    assert!(decision(&page).contains("already-counted"));
    assert_ne!(cookie(&page), line, "signed anew");
    server.wait_for("signing with a new key");
}

#[test]
fn keys_are_rotated_whatever_is_broken() {
    let paper = paper();
    let mut server = paper.serve();
    let line = cookie(&server.get("/stories/one", "").1);
    paper.edit("content/stories/one.md", |text| {
        text.replace("metered", "x")
    });
    paper.edit("ludgate.toml", |text| text.replace("allowance", "alowance"));
    server.wait_for("everything stays as it was");
    let (code, text) = said(&["keys", "rotate", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    let (_, page) = server.get("/stories/one", &line);
    assert!(decision(&page).contains("already-counted"));
    assert_ne!(cookie(&page), line, "signed anew");
}

#[test]
fn commands_without_a_server_say_so() {
    let paper = paper();
    let config = paper.config();
    for command in [
        vec!["explain", "--config", &config, "--story", "/stories/one"],
        vec!["backup", "--config", &config, "/tmp/ludgate-nowhere"],
    ] {
        let (code, text) = said(&command);
        assert_eq!(code, 1);
        assert!(text.contains("no server is running"), "{text}");
    }
}

#[test]
fn init_touches_nothing_that_is_there() {
    let paper = paper();
    let before = names(paper.dir.path());
    let (code, text) = said(&["init", paper.dir.path().to_str().expect("a path")]);
    assert_eq!(code, 1);
    assert!(text.contains("nothing was written"), "{text}");
    assert_eq!(names(paper.dir.path()), before);
}

#[test]
fn help_explains_every_command_and_a_wrong_one_gets_a_suggestion() {
    for command in [
        "demo",
        "init",
        "check",
        "serve",
        "explain",
        "open",
        "staff",
        "backup",
        "restore",
        "audit",
        "price-rise",
        "clock",
        "keys",
    ] {
        let (code, text) = said(&[command, "--help"]);
        assert_eq!(code, 0);
        assert!(text.contains("Usage: ludgate"), "{text}");
    }
    let (code, text) = said(&["sreve"]);
    assert_eq!(code, 2);
    assert!(text.contains("serve"), "{text}");
}
