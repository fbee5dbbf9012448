//! Bringing stories over from another system's export by the command.

use crate::program::{Paper, said};

const EXPORT: &str = include_str!("../../../exports/tests/exports/wordpress.xml");

fn import(paper: &Paper, args: &[&str]) -> (i32, String) {
    let [export, content, report] = ["export.xml", "content", "report.csv"].map(|file| {
        let path = paper.path(file);
        path.to_str().expect("a path").to_owned()
    });
    let command = [
        "import",
        "stories",
        &export,
        "--from",
        "wordpress",
        "--into",
        &content,
    ];
    said(&[&command[..], &["--report", &*report], args].concat())
}

#[test]
fn stories_come_over_pass_the_check_and_are_served() {
    let paper = Paper::new();
    std::fs::write(paper.path("export.xml"), EXPORT).expect("a file");
    let (code, text) = import(&paper, &["--dry-run"]);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("nobody has said which section") && text.contains("\"Arts\""),
        "{text}"
    );
    assert!(!paper.path("content/redirects.toml").exists());

    let (code, text) = import(&paper, &["--section", "*=news"]);
    assert_eq!(code, 0, "{text}");
    for words in [
        "4  stories are new here",
        "1  couldn't be taken",
        "left out: drafts",
        "report.csv",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    let server = paper.serve();
    let (status, page) = server.get("/2026/03/night-ferry/", "");
    assert_eq!(status, 301, "{page}");
    assert!(
        page.to_lowercase()
            .contains("location: /stories/night-ferry"),
        "{page}"
    );
    let (status, page) = server.get("/stories/night-ferry", "");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Night ferry"), "{page}");
}

#[test]
fn the_command_for_readers_stays_as_it_was() {
    let paper = Paper::new();
    std::fs::write(paper.path("readers.csv"), "email\nanna@example.com\n").expect("a file");
    let file = paper.path("readers.csv");
    let file = file.to_str().expect("a path");
    let config = paper.config();
    let short = said(&["import", file, "--config", &config]);
    let long = said(&["import", "readers", file, "--config", &config]);
    assert_eq!(short, long);
    let (code, text) = said(&["import"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("<FILE>"), "{text}");
}
