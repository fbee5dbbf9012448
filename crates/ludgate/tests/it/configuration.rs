//! Mistakes in a configuration: each is named by file, line and column, and
//! none lets a server start.

use crate::program::{Paper, said};

/// Puts `line` in place of `old`, and expects `check` and `serve` to refuse
/// with all of `words`.
#[track_caller]
pub(crate) fn check(old: &str, line: &str, words: &[&str]) {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, line, 1)
    });
    for command in ["check", "serve"] {
        let (code, text) = said(&[command, "--config", &paper.config()]);
        assert_eq!(code, 2, "{command}: {text}");
        assert!(text.contains("ludgate.toml"), "{text}");
        for word in words {
            assert!(text.contains(word), "no \"{word}\" in:\n{text}");
        }
    }
}

#[test]
fn a_configuration_that_init_has_written_is_good() {
    let paper = Paper::new();
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("is good: 1 story, 4 rules"), "{text}");
}

#[test]
fn a_wall_that_leads_nowhere_is_warned_of() {
    let paper = Paper::new();
    let check = || said(&["check", "--config", &paper.config()]);
    assert!(!check().1.contains("warning"), "{}", check().1);
    paper.edit("ludgate.toml", |text| {
        text + "\n[links]\nsubscribe = \"/pages/abo\"\n"
    });
    let (code, text) = check();
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("warning: prompts lead to /pages/abo"),
        "{text}"
    );
}

#[test]
fn a_gate_that_would_ask_itself_is_refused_and_one_that_may_come_to_is_warned_of() {
    let paper = Paper::new();
    let written = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    let listen = written.split("listen = \"").nth(1).expect("an address");
    let listen = listen.split('"').next().expect("an address").to_owned();
    let port = listen.rsplit(':').next().expect("a port").to_owned();
    let home = format!("\"http://{listen}\"");
    let asks = |url: &str, more: &str| {
        paper.edit("ludgate.toml", |_| {
            let origin = format!("url = \"{url}\"\npreset = \"generic\"\n{more}");
            written
                .replace(&home, "\"https://review.example\"")
                .replace("content = \"content\"", &origin)
        });
        said(&["check", "--config", &paper.config()])
    };
    let route =
        format!("[[origin.routes]]\npaths = [\"/shop/**\"]\nurl = \"http://localhost:{port}\"");
    for (url, more) in [
        (format!("http://{listen}"), ""),
        ("http://10.0.0.7".to_owned(), &*route),
    ] {
        let (code, text) = asks(&url, more);
        assert_eq!(code, 2, "{text}");
        assert!(
            text.contains("is where this server itself listens"),
            "{text}"
        );
    }
    let (code, text) = asks("https://review.example", "");
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("warning: the site is asked at https://review.example"),
        "{text}"
    );
    let (code, text) = asks("http://review.example:8000", "");
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("the site is asked at"), "{text}");
}

#[test]
fn a_door_that_is_opened_against_the_preset_is_warned_of() {
    let paper = Paper::new();
    let written = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    for (open, is_doubtful) in [
        ("/wp-json/**", true),
        ("/**", true),
        ("/wp-json/events/**", false),
    ] {
        let origin =
            format!("url = \"http://10.0.0.7\"\npreset = \"wordpress\"\nopen = [\"{open}\"]");
        paper.edit("ludgate.toml", |_| {
            written.replace("content = \"content\"", &origin)
        });
        let (code, text) = said(&["check", "--config", &paper.config()]);
        assert_eq!(code, 0, "{text}");
        let warning = format!("warning: [origin] open has {open}");
        assert_eq!(text.contains(&warning), is_doubtful, "{text}");
    }
}

#[test]
fn a_secret_cannot_be_said_in_a_header_that_means_something() {
    check(
        "content = \"content\"",
        "url = \"http://10.0.0.7\"\npreset = \"generic\"\nsecret = { header = \"Host\", file = \"x\" }",
        &["host says something else in every request", "X-Gate"],
    );
}

#[test]
fn a_misspelt_key_is_refused_with_its_place_and_a_suggestion() {
    check(
        "allowance = ",
        "alowance = ",
        &[":21:1:", "alowance", "did you mean `allowance`?"],
    );
    check("[server]", "[sever]", &["did you mean `server`?"]);
    check(
        "anonymous = 3",
        "anonimous = 3",
        &["did you mean `anonymous`?"],
    );
    check(
        "tier = \"free\"",
        "teir = \"free\"",
        &["did you mean `tier`?"],
    );
}

#[test]
fn a_benefit_that_no_wall_can_speak_of_is_refused_with_a_suggestion() {
    let line = "locales  = [\"en\"]\nbenefits = [\"stories\", \"aps\"]";
    check(
        "locales  = [\"en\"]",
        line,
        &["unknown variant `aps`", "did you mean `apps`?"],
    );
}

#[test]
fn a_value_that_means_nothing_is_refused_with_what_to_write_instead() {
    check(
        "Europe/London",
        "Europe/Lundon",
        &["is no time zone", "did you mean \"Europe/London\"?"],
    );
    check(
        "\"calendar month\"",
        "\"fortnight\"",
        &["is no period", "30 days"],
    );
    check(
        "tier = \"free\"",
        "tier = \"fre\"",
        &["is no tier", "did you mean \"free\"?"],
    );
    check(
        "meter = \"monthly\"",
        "meter = \"montly\"",
        &["did you mean \"monthly\"?"],
    );
    check(
        "wall = \"subscribe\"",
        "wall = \"subscibe\"",
        &["did you mean \"subscribe\"?"],
    );
    check("\"open\"", "\"opne\"", &["a rule can't do \"opne\""]);
    check(
        "locales  = [\"en\"]",
        "locales  = [\"not a locale\"]",
        &["is not a language tag"],
    );
    check(
        "[[meters]]",
        "[gate]\nmode = \"obsreve\"\n[[meters]]",
        &["is no mode"],
    );
    for (length, words) in [
        ("5 min", "\"1 h\" to \"24 h\""),
        ("2 days", "\"1 h\" to \"24 h\""),
        ("1.5 h", "only whole hours"),
    ] {
        let section = format!("[privacy]\naddresses = \"{length}\"\n[[meters]]");
        check("[[meters]]", &section, &[":19:13:", words]);
    }
    check(
        "[[meters]]",
        "[meter]\ndurability = \"1 h\"\n[[meters]]",
        &["more than 10 s"],
    );
    check(
        "[[meters]]",
        "[articles]\nbody = \"p[\"\n[[meters]]",
        &["ludgate.toml:"],
    );
    for link in ["//evil", "/\\\\evil", "/\\t/evil", "https:/evil"] {
        check(
            "[[meters]]",
            &format!("[links]\nlogin = \"{link}\"\n[[meters]]"),
            &["a link is a path"],
        );
    }
    check(
        "listen = \"127.0.0.1:",
        "listen = \"localhost:",
        &[
            "ludgate.toml:",
            "an IP address and a port",
            "127.0.0.1:8080",
        ],
    );
    check(
        "[[meters]]",
        "[articles]\npreview = { words = -5 }\n[[meters]]",
        &["expected a whole number"],
    );
    check(
        "[server]",
        "[server]\nannounce = \"1 h\"",
        &["more than 10 min"],
    );
}

#[test]
fn a_prefix_that_would_hide_stories_is_refused() {
    let gate = |gate: &str| format!("[gate]\nprefix = \"{gate}\"\n[[meters]]");
    let words = [":19:10:", "is the gate's own", "\"/stories/**\""];
    check("[[meters]]", &gate("/stories/"), &words);
    check(
        "[[meters]]",
        "[gate]\nprefix = \"/a/\"\n[articles]\npaths = [\"/a/b/*\"]\n[[meters]]",
        &[":19:10:", "\"/a/b/*\""],
    );
    check(
        "[[meters]]",
        "[articles]\npaths = [\"/-/a\"]\n[[meters]]",
        &[":19:10:", "is the gate's own"],
    );
}

#[test]
fn what_disagrees_is_refused_where_it_is_written() {
    let paper = Paper::new();
    let text = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    let address = |key: &str| {
        let rest = text.split(key).nth(1).expect("the key");
        rest.split('"').nth(1).expect("an address").to_owned()
    };
    paper.edit("ludgate.toml", |text| {
        text.replace(&address("admin  ="), &address("listen ="))
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 2);
    assert!(
        text.contains("ludgate.toml:12:") && text.contains("listen and admin are the same"),
        "{text}"
    );
    check(
        "[[meters]]",
        "[meter]\nmemory = \"1 KB\"\n[[meters]]",
        &[":19:10:", "at least \"1 MB\""],
    );
}

#[test]
fn a_theme_that_is_not_there_is_refused_where_it_is_named() {
    for key in ["templates", "messages"] {
        check(
            "[[meters]]",
            &format!("[theme]\n{key} = \"nowhere\"\n[[meters]]"),
            &[":19:", "there is no folder", "help: make it"],
        );
    }
}

#[test]
fn data_in_a_folder_that_is_watched_is_refused() {
    let words = ["is watched", "data = \"/var/lib/ludgate\""];
    let refused = |old: &str, line: &str, place: &str| {
        check(old, line, &[place, words[0], words[1]]);
    };
    refused("content = \"content\"", "content = \".\"", ":13:10:");
    refused(
        "data   = \"data\"",
        "data   = \"content/../content/data\"",
        ":13:10:",
    );
    refused(
        "data   = \"data\"\n\n[origin]\ncontent = \"content\"",
        "\n[origin]\ncontent = \".\"",
        ":15:11:",
    );
}

#[test]
fn mails_in_a_folder_that_is_watched_are_refused() {
    let mail = "[mail]\nfrom = \"post@paper.example\"\n";
    let words = ["is watched", "every mail", "folder = \"mail\""];
    for folder in ["content", "content/mail", "content/../content/mail"] {
        let section = format!("{mail}folder = \"{folder}\"\n[[meters]]");
        check(
            "[[meters]]",
            &section,
            &[":20:10:", words[0], words[1], words[2]],
        );
    }
}

#[test]
fn a_list_that_must_have_members_may_not_be_empty() {
    check(
        "[[meters]]",
        "[articles]\nbody = []\n[[meters]]",
        &["ludgate.toml:", "no story would be recognised", "help: "],
    );
    check(
        "locales  = [\"en\"]",
        "locales  = []",
        &["at least one language"],
    );
}

#[test]
fn a_proxy_that_asks_must_be_known_and_trusted() {
    check(
        "[[meters]]",
        "[gate]\nforward_auth = \"nginx\"\n[[meters]]",
        &["ludgate.toml:", "no proxy is trusted", "trusted_proxies ="],
    );
    check(
        "[[meters]]",
        "[gate]\nforward_auth = \"haproxy\"\n[[meters]]",
        &["ludgate.toml:", "is no proxy that asks", "\"envoy\""],
    );
}

#[test]
fn a_country_header_that_nobody_may_send_is_refused() {
    check(
        "[[meters]]",
        "[gate]\ncountry_header = \"x-country\"\n[[meters]]",
        &["ludgate.toml:", "no proxy is trusted", "trusted_proxies ="],
    );
}

#[test]
fn a_missing_file_or_broken_content_is_named() {
    let (code, text) = said(&["check", "--config", "/nowhere/ludgate.toml"]);
    assert_eq!(code, 2);
    assert!(
        text.contains("there is no such file") && text.contains("ludgate init"),
        "{text}"
    );
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("\"content\"", "\"contents\"")
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("ludgate.toml:") && text.contains("there is no folder"),
        "{text}"
    );
    assert!(!text.contains("no stories"), "{text}");
    let paper = Paper::new();
    paper.edit("content/stories/hello.md", |text| {
        text.replace("tier = \"metered\"", "tier = \"x\"")
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 1);
    assert!(text.contains("hello.md") && text.contains("tier"), "{text}");
}

#[test]
fn every_mistake_is_told_at_once() {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("Europe/London", "Europe/Lundon")
            .replace("\"open\"", "\"opne\"")
    });
    let (_, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(text.matches("help:").count(), 3, "{text}");
    paper.edit("ludgate.toml", |text| {
        text.replace("allowance", "alowance")
            .replace("tier = \"free\"", "teir = \"free\"")
    });
    let (_, text) = said(&["check", "--config", &paper.config()]);
    assert!(
        text.contains("`allowance`?") && text.contains("`tier`?"),
        "{text}"
    );
}

#[test]
fn a_theme_that_lost_the_storys_body_is_found_out_before_it_is_served() {
    let paper = Paper::new();
    std::fs::create_dir_all(paper.path("theme/publication")).expect("a folder");
    let story = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../templates/publication/story.html"
    );
    let story = std::fs::read_to_string(story).expect("the template");
    let renamed = story.replace("story-body", "text");
    assert_ne!(story, renamed);
    std::fs::write(paper.path("theme/publication/story.html"), renamed).expect("a file");
    paper.edit("ludgate.toml", |text| {
        text + "\n[theme]\ntemplates = \"theme\"\n"
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 1);
    assert!(text.contains("matches [articles] body"), "{text}");
}

#[test]
fn a_prompt_that_would_swallow_the_page_is_found_out_before_it_is_served() {
    let paper = Paper::new();
    std::fs::create_dir_all(paper.path("theme/prompts")).expect("a folder");
    paper.edit("ludgate.toml", |text| {
        text + "\n[theme]\ntemplates = \"theme\"\n"
    });
    for (prompt, code) in [
        ("<section><p>Subscribe.</p></section>", 0),
        ("<section><p>Subscribe.</p>", 1),
        ("<section><p>Subscribe.</p></section><!-- until January", 1),
    ] {
        paper.edit("theme/prompts/paywall.html", |_| prompt.to_owned());
        let (found, text) = said(&["check", "--config", &paper.config()]);
        assert_eq!(found, code, "{prompt}: {text}");
        assert_eq!(text.contains("prompts/paywall.html"), code == 1, "{text}");
    }
}
