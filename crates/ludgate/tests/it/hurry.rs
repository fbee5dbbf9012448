//! Opening in a hurry: it works when other things don't, or not at all.

use crate::program::{Paper, Server, decision, said};

/// A paper where nothing can be read for nothing, and stories one and two.
fn paper() -> Paper {
    let paper = Paper::new();
    paper.story("one");
    paper.story("two");
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 0") + "\n[debug]\nexpose_decisions = true\n"
    });
    paper
}

fn open(paper: &Paper, what: [&str; 2]) -> (i32, String) {
    let config = paper.config();
    let until = ["--until", "2099-12-31"];
    said(&[["open", "--config"].as_slice(), &[&config], &what, &until].concat())
}

fn is_open(server: &Server, story: &str) -> bool {
    let (_, page) = server.get(&format!("/stories/{story}"), "");
    decision(&page).starts_with("full; reason=free; rule=\"open-")
}

#[test]
fn a_story_is_opened_on_a_running_server_and_closed_again_and_no_other() {
    let paper = paper();
    let mut server = paper.serve();
    assert!(!is_open(&server, "one"));
    let (code, text) = open(&paper, ["--story", "/stories/one"]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("story /stories/one is open to everybody until"),
        "{text}"
    );
    assert!(!text.contains("But no story"), "{text}");
    assert!(is_open(&server, "one") && !is_open(&server, "two"));
    let config = paper.config();
    let (code, _) = said(&["open", "--config", &config, "--close", "open-1"]);
    assert_eq!(code, 0);
    assert!(!is_open(&server, "one"));
    server.wait_for("opened in a hurry");
    server.wait_for("closed again");

    let (_, text) = open(&paper, ["--story", "/stories/one"]);
    assert!(text.contains("(open-2)"), "no id twice: {text}");
}

#[test]
fn a_story_may_be_named_by_its_address_here_and_by_none_elsewhere() {
    let paper = paper();
    let config = paper.config();
    let here = |server: &Server| format!("http://{}/stories/one", server.readers);
    let server = paper.serve();
    let (code, text) = open(&paper, ["--story", &here(&server)]);
    assert_eq!(code, 0, "{text}");
    assert!(is_open(&server, "one") && !is_open(&server, "two"));
    let explain = |story: &str| said(&["explain", "--config", &config, "--story", story]);
    assert_eq!(explain(&here(&server)).0, 0);
    let elsewhere = "https://other.example/stories/one";
    for (code, text) in [explain(elsewhere), open(&paper, ["--story", elsewhere])] {
        assert_eq!(code, 1, "{text}");
        assert!(text.contains("is not of this publication"), "{text}");
        assert!(text.contains("write the story's path"), "{text}");
    }

    // The same for the next start.
    let address = here(&server);
    server.signal("TERM");
    server.ended();
    for (story, expected) in [(address.as_str(), 0), (elsewhere, 1)] {
        let (code, text) = open(&paper, ["--story", story]);
        assert_eq!(code, expected, "{text}");
    }
}

#[test]
fn it_works_while_configuration_and_content_are_broken() {
    let paper = paper();
    let mut server = paper.serve();
    paper.edit("content/stories/two.md", |text| {
        text.replace("section = \"news\"", "section = 7")
    });
    paper.edit("ludgate.toml", |text| text.replace("allowance", "alowance"));
    server.wait_for("everything stays as it was");
    let (code, text) = open(&paper, ["--section", "news"]);
    assert_eq!(code, 0, "{text}");
    assert!(is_open(&server, "one") && is_open(&server, "two"));
}

#[test]
fn what_can_not_be_opened_now_is_not_opened_later_either() {
    let paper = paper();
    let mut server = paper.serve();
    // In the place of the file that is written before it takes the old one's.
    std::fs::create_dir(paper.path("data/openings.new")).expect("a folder");
    let (code, text) = open(&paper, ["--story", "/stories/one"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("can't be written"), "{text}");
    assert!(!paper.path("data/openings.json").exists());
    assert!(!is_open(&server, "one"));
    server.signal("HUP");
    server.wait_for("hang-up");
    assert!(!is_open(&server, "one"));
}

#[test]
fn an_opening_gets_in_no_rules_way_and_none_in_its() {
    let paper = paper();
    let rule = |number: usize| {
        format!(
            "[[rules]]\nid = \"r{number}\"\nwhen = {{ tag = \"t{number}\" }}\nthen = \"open\"\n"
        )
    };
    // As many as there can be, with the four that are there.
    let rules: String = (4..1_000).map(rule).collect();
    paper.edit("ludgate.toml", |text| text + &rules);
    let (code, text) = open(&paper, ["--story", "/stories/one"]);
    assert_eq!(code, 0, "{text}");
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    let server = paper.serve();
    assert!(is_open(&server, "one"));
    assert_eq!(open(&paper, ["--story", "/stories/two"]).0, 0);
    assert!(is_open(&server, "two"));
}

#[test]
fn check_finds_what_a_start_would_about_openings() {
    let paper = paper();
    std::fs::write(paper.path("data/openings.json"), "{").expect("a file");
    for command in ["check", "serve"] {
        let (code, text) = said(&[command, "--config", &paper.config()]);
        assert_eq!(code, 1, "{text}");
        assert!(text.contains("openings.json is damaged"), "{text}");
    }
}

#[test]
fn what_covers_no_story_is_opened_with_a_warning() {
    let paper = paper();
    let _server = paper.serve();
    for what in [["--section", "nwes"], ["--story", "/stories/oen"]] {
        let (code, text) = open(&paper, what);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("But no story of the publication"), "{text}");
    }
}

#[test]
fn without_a_server_a_day_is_one_of_the_publications_zone_or_said_to_be_of_utc() {
    let paper = paper();
    let config = paper.config();
    paper.edit("ludgate.toml", |text| {
        text.replace("Europe/London", "Asia/Tokyo")
    });
    drop(paper.serve());
    let data = paper.data();
    let open = |target: &[&str]| {
        let what = ["open", "--story", "/stories/one", "--until", "2099-12-31"];
        said(&[&what, target].concat())
    };
    for target in [
        vec!["--config", &config],
        vec!["--config", &config, "--data", &data],
    ] {
        let (code, text) = open(&target);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("until 2100-01-01T00:00:00+09:00"), "{text}");
    }
    let (code, text) = open(&["--data", &data]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("until 2100-01-01T00:00:00+00:00"), "{text}");
    assert!(text.contains("were taken for UTC"), "{text}");
}
