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
fn explain_names_the_rule_and_why_each_earlier_one_did_not_decide() {
    let paper = paper();
    let server = paper.serve();
    let config = paper.config();
    let (code, text) = said(&["explain", "--config", &config, "--story", "/stories/one"]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("full, because: counted (rule \"metered\")"),
        "{text}"
    );
    assert!(
        text.contains("free           passed over: tier = free doesn't hold"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colours but on a terminal");

    let (_, page) = server.get("/stories/one", "");
    let line = cookie(&page);
    let value = line.trim_end().split('=').nth(1).expect("a value");
    let known = said(&[
        "explain",
        "--config",
        &config,
        "--story",
        "/stories/one",
        "--reader",
        value,
    ]);
    assert!(
        known.1.contains("already-counted") && known.1.contains("1 of 3 used"),
        "{}",
        known.1
    );
    let whole = format!("http://{}/stories/one", server.readers);
    let (_, text) = said(&[
        "explain",
        "--config",
        &config,
        "--story",
        &whole,
        "--reader",
        "subscriber",
    ]);
    assert!(
        text.contains("full, because: entitled (rule \"subscribers\")"),
        "{text}"
    );

    for (story, reader, words) in [
        ("/stories/none", "anonymous", "nothing there"),
        ("/", "anonymous", "no story"),
        ("/stories/one", "nobody", "no such reader"),
        ("/a/../b", "anonymous", "no address"),
    ] {
        let (code, text) = said(&[
            "explain", "--config", &config, "--story", story, "--reader", reader,
        ]);
        assert_eq!(code, 1);
        assert!(text.contains(words), "{text}");
    }
    let early = ["--story", "/stories/one", "--at", "2026-01-01"];
    let (code, text) = said(&[["explain", "--config", &config].as_slice(), &early].concat());
    assert_eq!(code, 1);
    assert!(
        text.contains("isn't out until 2026-01-02T06:00:00+00:00"),
        "{text}"
    );
    let (_, text) = said(&[
        "explain",
        "--config",
        &config,
        "--story",
        "/stories/one",
        "--reader",
        "lapsed",
    ]);
    assert!(
        text.contains("the reader's subscription has ended"),
        "{text}"
    );
}

#[test]
fn explain_takes_a_country_an_address_and_a_device_for_given() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        let proxies = "[server]\ntrusted_proxies = [\"10.0.0.0/8\"]";
        let open = |id: &str, when: &str| {
            format!("[[rules]]\nid = \"{id}\"\nwhen = {{ {when} }}\nthen = \"open\"\n")
        };
        let rules = open("abroad", "country = \"JP\"")
            + &open("library", "network = \"192.0.2.0/24\"")
            + &open("phones", "device = \"phone\"");
        let text =
            text.replace("[server]", proxies)
                .replacen("[[rules]]", &(rules + "[[rules]]"), 1);
        text + "[gate]\ncountry_header = \"x-country\"\n"
    });
    let _server = paper.serve();
    let config = paper.config();
    let explain = |more: &[&str]| {
        let first = ["explain", "--config", &config, "--story", "/stories/one"];
        said(&[&first, more].concat())
    };
    let (_, text) = explain(&[]);
    assert!(text.contains("rule \"metered\""), "{text}");
    assert!(text.contains("can't be told: not known"), "{text}");
    for (more, rule) in [
        (["--country", "jp"], "abroad"),
        (["--address", "192.0.2.7"], "library"),
        (["--network", "192.0.2.7"], "library"),
        (["--address", "198.51.100.1"], "metered"),
        (["--device", "phone"], "phones"),
        (["--device", "tablet"], "metered"),
    ] {
        let (code, text) = explain(&more);
        assert_eq!(code, 0, "{text}");
        assert!(
            text.contains(&format!("(rule \"{rule}\")")),
            "{more:?}: {text}"
        );
    }
    for more in [
        ["--country", "Japan"],
        ["--address", "here"],
        ["--device", "toaster"],
    ] {
        let (code, text) = explain(&more);
        assert!(
            code == 1 && text.contains("say phone") || text.contains("write for example"),
            "{text}"
        );
    }
}

#[test]
fn asking_counts_nothing() {
    let paper = paper();
    let server = paper.serve();
    for _ in 0..5 {
        said(&[
            "explain",
            "--config",
            &paper.config(),
            "--story",
            "/stories/one",
        ]);
    }
    let (_, page) = server.get("/stories/one", "");
    assert!(decision(&page).contains("used=1"), "{}", decision(&page));
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
    server.wait_for("the meter has been copied");
    let (code, text) = said(&["backup", "--config", &paper.config(), to]);
    assert_eq!(code, 1);
    assert!(text.contains("not empty"), "{text}");
    server.signal("TERM");
    server.ended();
    std::fs::remove_dir_all(paper.path("data/meter")).expect("removed");
    std::fs::rename(to, paper.path("data/meter")).expect("restored");
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
        "demo", "init", "check", "serve", "explain", "open", "staff", "backup", "keys",
    ] {
        let (code, text) = said(&[command, "--help"]);
        assert_eq!(code, 0);
        assert!(text.contains("Usage: ludgate"), "{text}");
    }
    let (code, text) = said(&["sreve"]);
    assert_eq!(code, 2);
    assert!(text.contains("serve"), "{text}");
}
