//! `check`, a start and a reload accept and refuse the same things: what one
//! of them lets pass, nobody finds out about before a reader does.

use crate::program::{Paper, ask, get, said};

/// A paper with a locked story, and pages of which none must hold a body.
fn paper() -> Paper {
    let paper = Paper::new();
    paper.story("one");
    paper.edit("content/stories/one.md", |text| {
        text.replace("tier = \"metered\"", "tier = \"locked\"")
    });
    paper.edit("ludgate.toml", |text| {
        text + "\n[articles]\nbody = \".story-body\"\npaths = []\n"
    });
    paper
}

fn misspell(paper: &Paper) {
    paper.edit("ludgate.toml", |text| {
        text.replace(".story-body", ".story-bdoy")
    });
}

/// The last paragraph of the locked story.
const LOCKED: &str = "Paragraph 19 of one";

#[test]
fn a_misspelt_body_is_refused_by_check_and_by_a_start() {
    let paper = paper();
    let check = || said(&["check", "--config", &paper.config()]);
    assert_eq!(check().0, 0, "{}", check().1);
    misspell(&paper);
    for command in ["check", "serve"] {
        let (code, text) = said(&[command, "--config", &paper.config()]);
        assert_eq!(code, 1, "{command}: {text}");
        assert!(text.contains("matches [articles] body"), "{text}");
    }
}

#[test]
fn a_misspelt_body_is_not_taken_up_by_a_reload_and_stays_in_sight() {
    let paper = paper();
    let mut server = paper.serve();
    misspell(&paper);
    server.wait_for("everything stays as it was");
    server.wait_for("matches [articles] body");
    let (status, page) = server.get("/stories/one", "");
    assert!(status == 200 && !page.contains(LOCKED), "{page}");
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let failing = || {
        let (_, metrics) = get(server.admin, "/metrics", &bearer);
        metrics
            .lines()
            .any(|line| line == "ludgate_reload_failing 1")
    };
    assert!(failing());
    paper.edit("ludgate.toml", |text| {
        text.replace(".story-bdoy", ".story-body")
    });
    assert_eq!(ask(server.admin, "POST", "/reload", &bearer).0, 200);
    assert!(!failing());
}

#[test]
fn a_theme_that_loses_the_body_while_it_runs_is_not_taken_up() {
    let paper = paper();
    std::fs::create_dir_all(paper.path("theme/publication")).expect("a folder");
    paper.edit("ludgate.toml", |text| {
        text + "\n[theme]\ntemplates = \"theme\"\n"
    });
    let mut server = paper.serve();
    let story = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../templates/publication/story.html"
    );
    let story = std::fs::read_to_string(story).expect("the template");
    // Told apart by a comment that is no part of what a story is cut by.
    paper.edit("theme/publication/story.html", |_| {
        story.clone() + "<!-- sound -->"
    });
    server.wait_for("files changed");
    paper.edit("theme/publication/story.html", |_| {
        story.replace("story-body", "text")
    });
    server.wait_for("matches [articles] body");
    let (status, page) = server.get("/stories/one", "");
    assert!(status == 200 && !page.contains(LOCKED), "{page}");
}
