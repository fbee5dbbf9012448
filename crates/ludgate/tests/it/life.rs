//! Reloading, stopping, and dying.

use crate::program::{Paper, Server, ask, cookie, decision, get, said};

/// With decisions shown, and three stories more.
fn paper() -> Paper {
    let paper = Paper::new();
    for slug in ["one", "two", "three", "four"] {
        paper.story(slug);
    }
    paper.edit("ludgate.toml", |text| {
        text + "\n[debug]\nexpose_decisions = true\n"
    });
    paper
}

fn used_up(server: &Server) -> String {
    let (_, page) = server.get("/stories/one", "");
    let line = cookie(&page);
    for story in ["two", "three"] {
        server.get(&format!("/stories/{story}"), &line);
    }
    let (_, page) = server.get("/stories/four", &line);
    assert!(
        decision(&page).contains("meter-exhausted"),
        "{}",
        decision(&page)
    );
    line
}

#[test]
fn a_changed_rule_holds_at_once_and_a_bad_one_changes_nothing() {
    let paper = paper();
    let mut server = paper.serve();
    let line = used_up(&server);
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 4")
    });
    server.wait_for("reloaded");
    let (_, page) = server.get("/stories/four", &line);
    assert!(
        decision(&page).contains("used=4; limit=4"),
        "{}",
        decision(&page)
    );

    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 4", "anonymus = 9")
    });
    server.wait_for("did you mean `anonymous`?");
    let (_, page) = server.get("/stories/hello", &line);
    assert!(
        decision(&page).contains("meter-exhausted"),
        "{}",
        decision(&page)
    );
}

#[test]
fn a_hang_up_reloads_and_so_do_changes_of_content_theme_and_messages() {
    let paper = paper();
    std::fs::create_dir_all(paper.path("theme/prompts")).expect("a folder");
    std::fs::create_dir_all(paper.path("words")).expect("a folder");
    paper.edit("ludgate.toml", |text| {
        text + "\n[theme]\ntemplates = \"theme\"\nmessages = \"words\"\n"
    });
    let mut server = paper.serve();
    std::fs::write(paper.path("ludgate.log"), "a line\n").expect("a file");
    server.signal("HUP");
    server.wait_for("hang-up");
    assert!(
        !server.seen.contains("files changed"),
        "a log beside the file is no change"
    );

    paper.edit("content/stories/one.md", |text| {
        text.replace("Paragraph 0 of", "Correction: of")
    });
    server.wait_for("files changed");
    let (_, page) = server.get("/stories/one", "");
    assert!(
        page.contains("Correction: of"),
        "a correction is seen at once"
    );

    paper.edit("content/stories/one.md", |text| {
        text.replace("section = \"news\"", "section = 7")
    });
    server.wait_for("stories with mistakes stay as they were");
    let (status, page) = server.get("/stories/one", "");
    assert!(status == 200 && page.contains("Correction: of"));
}

#[test]
fn a_story_that_is_withdrawn_is_gone_with_all_that_was_kept_of_it() {
    let paper = paper();
    let mut server = paper.serve();
    let (status, page) = server.get("/stories/one", "");
    assert!(status == 200 && page.contains("Paragraph 0 of"));
    assert!(server.get("/", "").1.contains("/stories/one\""));
    let gone = "gone = { date = 2026-11-20, reason = \"It was false.\" }";
    paper.edit("content/stories/one.md", |text| {
        text.replacen("+++\n", &format!("+++\n{gone}\n"), 1)
    });
    server.wait_for("files changed");
    let (status, page) = server.get("/stories/one", "");
    assert_eq!(status, 410);
    assert!(
        page.contains("It was false.") && !page.contains("Paragraph"),
        "{page}"
    );
    assert!(!server.get("/", "").1.contains("/stories/one\""));
    paper.edit("content/stories/one.md", |text| text.replace(gone, ""));
    server.wait_for("files changed");
    assert_eq!(server.get("/stories/one", "").0, 200, "and back again");
}

#[test]
fn a_folder_that_is_named_while_it_runs_is_watched_from_then_on() {
    let paper = paper();
    let mut server = paper.serve();
    std::fs::create_dir_all(paper.path("theme/prompts")).expect("a folder");
    paper.edit("ludgate.toml", |text| {
        text + "\n[theme]\ntemplates = \"theme\"\n"
    });
    server.wait_for("reloaded");
    assert!(!server.seen.contains("next start"), "{}", server.seen);
    paper.edit("theme/prompts/paywall.html", |_| "{% if %}".to_owned());
    server.wait_for("files changed: not reloaded, everything stays as it was");

    // And a folder in the place of another is found.
    std::fs::remove_dir_all(paper.path("theme")).expect("removed");
    std::fs::rename(paper.path("content"), paper.path("old")).expect("moved");
    server.wait_for("there is no folder");
    std::fs::create_dir_all(paper.path("theme")).expect("a folder");
    std::fs::rename(paper.path("old"), paper.path("content")).expect("moved back");
    server.wait_for("reloaded");
    paper.edit("content/stories/one.md", |text| {
        text.replace("section = \"news\"", "section = 7")
    });
    server.wait_for("one.md");
}

#[test]
fn what_needs_a_restart_is_said_once() {
    let paper = paper();
    let mut server = paper.serve();
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", "[server]\nconnections = 77")
    });
    server.wait_for("reloaded");
    for _ in 0..2 {
        server.signal("HUP");
        server.wait_for("hang-up");
    }
    let warnings = server.seen.matches("at the next start").count();
    assert!(
        warnings == 1 && server.seen.contains("server.connections"),
        "{}",
        server.seen
    );
}

#[test]
fn a_correction_is_taken_up_while_something_else_keeps_writing() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let paper = paper();
    let mut server = paper.serve();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Never quiet for as long as the watcher waits, nor for ever where
            // nothing is taken up: 40 s, longer than the test's patience.
            for _ in 0..2_000 {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let _ = std::fs::write(paper.path("content/stories/.upload"), "more\n");
                std::thread::park_timeout(std::time::Duration::from_millis(20));
            }
        });
        paper.story("correction");
        server.wait_for("reloaded");
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_hang_up_during_the_start_is_no_end() {
    let paper = paper();
    for _ in 0..3 {
        // `serve` says that it is ready after everything else; before, a
        // signal meets handlers or a process that nobody knows of yet.
        let mut server = paper.serve_hung_up();
        server.wait_for("hang-up");
        assert_eq!(server.get("/-/healthz", "").0, 200);
    }
}

#[test]
fn reloads_and_openings_at_the_same_time_lose_nothing() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 0")
    });
    let server = paper.serve();
    let config = paper.config();
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    std::thread::scope(|scope| {
        for story in ["one", "two", "three", "four"] {
            let config = &config;
            scope.spawn(move || {
                let path = format!("/stories/{story}");
                let open = [
                    "open",
                    "--config",
                    config,
                    "--story",
                    &path,
                    "--until",
                    "2099-12-31",
                ];
                let (code, text) = said(&open);
                assert_eq!(code, 0, "{text}");
            });
            scope.spawn(|| {
                for _ in 0..3 {
                    assert_eq!(ask(server.admin, "POST", "/reload", &bearer).0, 200);
                }
            });
        }
    });
    let (_, text) = said(&["open", "--config", &config, "--list"]);
    assert_eq!(text.lines().count(), 4, "{text}");
    for story in ["one", "two", "three", "four"] {
        let (_, page) = server.get(&format!("/stories/{story}"), "");
        assert!(
            decision(&page).starts_with("full; reason=free"),
            "{story}: {}",
            decision(&page)
        );
    }
}

#[test]
fn a_server_that_is_told_to_stop_forgets_nothing() {
    let paper = paper();
    let server = paper.serve();
    let line = used_up(&server);
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
    let server = paper.serve();
    let (_, page) = server.get("/stories/four", &line);
    assert!(
        decision(&page).contains("used=3; limit=3"),
        "{}",
        decision(&page)
    );
}

#[test]
fn a_stop_can_be_announced_before_the_door_closes() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", "[server]\nannounce = \"10 min\"")
    });
    let mut server = paper.serve();
    server.signal("TERM");
    server.wait_for("no longer ready");
    let (status, text) = server.get("/-/readyz", "");
    assert!(status == 503 && text.contains("draining"), "{text}");
    assert_eq!(server.get("/stories/one", "").0, 200);
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0), "told twice, it waits no longer");
}

#[test]
fn where_every_count_is_synced_a_kill_forgets_nothing() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text + "\n[meter]\ndurability = \"sync\"\n"
    });
    let server = paper.serve();
    let line = used_up(&server);
    server.signal("KILL");
    drop(server);
    let server = paper.serve();
    let (_, page) = server.get("/stories/four", &line);
    assert!(
        decision(&page).contains("used=3; limit=3"),
        "{}",
        decision(&page)
    );
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let paper = paper();
    let _server = paper.serve();
    let other = Paper::new();
    let data = paper.data();
    other.edit("ludgate.toml", |text| {
        text.replace("data   = \"data\"", &format!("data   = \"{data}\""))
    });
    let (code, text) = said(&["serve", "--config", &other.config()]);
    assert_eq!(code, 1);
    assert!(text.contains("in use by another process"), "{text}");
}

#[test]
fn reloading_drops_no_request() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let paper = paper();
    let mut server = paper.serve();
    let readers = server.readers;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut answered = 0;
            while !done.load(Ordering::Relaxed) {
                let (status, page) = get(readers, "/stories/one", "");
                assert!(
                    status == 200 && page.trim_end().ends_with("</html>"),
                    "{status}"
                );
                answered += 1;
            }
            answered
        });
        for round in 0..5 {
            paper.edit("content/stories/one.md", |text| {
                text + &format!("\nRound {round}.\n")
            });
            server.wait_for("reloaded");
            server.signal("HUP");
            server.wait_for("hang-up");
        }
        done.store(true, Ordering::Relaxed);
        assert!(reading.join().expect("every request answered") > 5);
    });
}
