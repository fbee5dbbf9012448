//! `ludgate explain`: what is asked, what is answered, and that it counts
//! nothing.

use std::process::Command;

use crate::program::{Paper, cookie, decision, said};

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
fn explain_takes_for_given_what_it_is_told_of_the_request() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        let proxies = "[server]\ntrusted_proxies = [\"10.0.0.0/8\"]";
        let open = |id: &str, when: &str| {
            format!("[[rules]]\nid = \"{id}\"\nwhen = {{ {when} }}\nthen = \"open\"\n")
        };
        let rules = open("abroad", "country = \"JP\"")
            + &open("library", "network = \"192.0.2.0/24\"")
            + &open("phones", "device = \"phone\"")
            + &open("searching", "referrer = \"search\"")
            + &open("japanese", "language = \"ja\"")
            + &open("in-french", "locale = \"fr\"");
        let text = text
            .replace("[\"en\"]", "[\"en\", \"fr\"]")
            .replace("[server]", proxies)
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
        (["--referrer", "search"], "searching"),
        (["--referrer", "internal"], "metered"),
        (["--language", "ja"], "japanese"),
        (["--language", "de"], "metered"),
        (["--locale", "fr"], "in-french"),
        (["--locale", "en"], "metered"),
    ] {
        let (code, text) = explain(&more);
        assert_eq!(code, 0, "{text}");
        assert!(
            text.contains(&format!("(rule \"{rule}\")")),
            "{more:?}: {text}"
        );
    }
    for (more, words) in [
        (["--country", "Japan"], "write for example JP"),
        (["--address", "here"], "write for example 192.0.2.7"),
        (["--device", "phnoe"], "did you mean phone?"),
        (["--device", "toaster"], "known are phone, tablet, desktop"),
        (["--referrer", "serach"], "did you mean search?"),
        (["--language", "pt-BR"], "its first part alone"),
        (["--language", "x"], "is no language"),
        (["--locale", "jp"], "known are en, fr"),
    ] {
        let (code, text) = explain(&more);
        assert!(code == 1 && text.contains(words), "{text}");
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
fn who_may_not_look_into_the_data_folder_is_told_so() {
    use std::os::unix::fs::PermissionsExt;
    let paper = paper();
    let _server = paper.serve();
    let data = paper.path("data");
    let mode = |mode| {
        std::fs::set_permissions(&data, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    mode(0o000);
    let config = paper.config();
    let args = ["explain", "--config", &config, "--story", "/stories/one"];
    // A superuser may look anywhere, so one that has given that up asks.
    let (code, text) = if std::fs::read_dir(&data).is_ok() {
        let may_not = ["--bounding-set", "-dac_override,-dac_read_search"];
        let output = Command::new("setpriv")
            .args(may_not)
            .arg(env!("CARGO_BIN_EXE_ludgate"))
            .args(args)
            .output()
            .expect("setpriv");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap_or(-1), text)
    } else {
        said(&args)
    };
    mode(0o700);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("can only be asked by its own user"), "{text}");
    assert!(!text.contains("no server is running"), "{text}");
}
