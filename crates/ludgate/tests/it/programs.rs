//! The programs' interface of the whole program: an app is let in, reads, and is signed
//! out as any device; and a token opens no page.

use serde_json::Value;

use crate::accounts::{paper, sign_up, site};
use crate::browser::{Browser, Reply};
use crate::hidden::hidden;
use crate::program::{Paper, Server, ask, get};

const APP: &str = "\n[[apps]]\nid = \"reader\"\nname = \"Tide Reader\"\n\
                   redirects = [\"http://127.0.0.1/cb\"]\n";

// Those of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const HOME: &str = "http://127.0.0.1:49152/cb";

#[track_caller]
fn json(response: &str) -> Value {
    let (_, body) = response.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {response}"))
}

fn reads(server: &Server, path: &str, line: &str) -> Value {
    let (_, response) = get(server.readers, &format!("/-/api/v1/{path}"), line);
    json(&response)
}

fn form(server: &Server, path: &str, fields: &[(&str, &str)]) -> Reply {
    let mut program = Browser::of(server.readers, "");
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    let mut body = form_urlencoded::Serializer::new(String::new());
    let body = body.extend_pairs(fields).finish();
    program.send("POST", path, kind, &body)
}

/// Has the reader let the app in; its code.
fn code(browser: &mut Browser) -> String {
    let page = browser.get(&format!(
        "/-/oauth/authorize?response_type=code&client_id=reader&redirect_uri={HOME}\
         &code_challenge={CHALLENGE}&code_challenge_method=S256&scope=read+account"
    ));
    assert!(page.html.contains("Tide Reader"), "{page:?}");
    let mut fields = hidden(&page.html, "/-/oauth/authorize");
    fields.push(("answer".to_owned(), "yes".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    let reply = browser.post("/-/oauth/authorize", &fields);
    let query = reply
        .location()
        .strip_prefix(HOME)
        .expect("the app's address");
    let mut pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    let code = pairs.find(|(name, _)| name == "code");
    code.unwrap_or_else(|| panic!("{reply:?}")).1.into_owned()
}

fn app() -> Paper {
    let paper = paper();
    paper.edit("ludgate.toml", |text| format!("{text}{APP}"));
    paper
}

#[test]
fn an_app_is_let_in_reads_as_its_reader_and_is_signed_out_as_a_device() {
    let paper = app();
    let server = paper.serve();
    let mut anna = Browser::of(server.readers, &site(&paper));
    sign_up(&paper, &mut anna);
    let code = code(&mut anna);
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", "reader"),
        ("code", &*code),
        ("redirect_uri", HOME),
        ("code_verifier", VERIFIER),
    ];
    let given: Value =
        serde_json::from_str(&form(&server, "/-/oauth/token", &fields).html).expect("tokens");
    let token = given["access_token"].as_str().expect("a token");
    let line = format!("Authorization: Bearer {token}\r\n");

    assert_eq!(
        reads(&server, "stories/one", &line)["decision"]["reason"],
        "counted"
    );
    assert_eq!(
        anna.get("/stories/two").decision(),
        "full; reason=counted; rule=\"metered\"; used=2; limit=5"
    );
    assert_eq!(reads(&server, "meter", &line)["meters"][0]["used"], 2);
    // On a page it counts for nothing.
    let (_, page) = get(server.readers, "/stories/one", &line);
    assert!(page.contains("used=1; limit=3"), "{page}");
    let (status, _) = get(server.readers, "/-/account", &line);
    assert_eq!(status, 303, "nobody is signed in there");

    let account = anna.get("/-/account");
    assert!(account.html.contains("Tide Reader"), "{account:?}");
    anna.fill("/-/account", "/-/account/devices", &[("others", "yes")]);
    let (status, response) = get(server.readers, "/-/api/v1/me", &line);
    assert_eq!(status, 401, "{response}");
    let refresh = given["refresh_token"].as_str().expect("a token");
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "reader"),
        ("refresh_token", refresh),
    ];
    let reply = form(&server, "/-/oauth/token", &fields);
    assert!(reply.html.contains("invalid_grant"), "{reply:?}");
}

#[test]
fn the_newspaper_is_there_without_accounts_and_changes_with_its_content() {
    let paper = Paper::new();
    let mut server = paper.serve();
    let publication = reads(&server, "publication", "");
    assert_eq!(publication["has_accounts"], false);
    assert_eq!(publication["has_lists"], true);
    assert!(
        publication["colours"]
            .as_object()
            .is_some_and(|all| !all.is_empty())
    );
    for path in [
        "/-/login",
        "/-/oauth/authorize",
        "/.well-known/oauth-authorization-server",
    ] {
        assert_eq!(get(server.readers, path, "").0, 404, "{path}");
    }
    let (status, _) = ask(server.readers, "POST", "/-/login", "Content-Length: 0\r\n");
    assert_eq!(status, 405);
    let ids = |server: &Server| -> Vec<String> {
        let said = reads(server, "stories?limit=100", "");
        let stories = said["stories"].as_array().expect("a list").clone();
        stories
            .iter()
            .map(|one| one["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    server.wait_for("the search index is up to date");
    let before = ids(&server);
    assert!(!before.contains(&"newest".to_owned()));
    paper.story("newest");
    server.signal("HUP");
    server.wait_for("reloaded");
    assert!(ids(&server).contains(&"newest".to_owned()));
    server.wait_for("the search index is up to date");
    let found = reads(&server, "search?q=newest", "");
    assert_eq!(found["results"][0]["story"]["id"], "newest");
    let (status, head) = ask(server.readers, "HEAD", "/-/api/v1/stories/newest", "");
    assert_eq!(status, 200);
    assert!(!head.to_lowercase().contains("set-cookie"), "{head}");
    let (_, read) = get(server.readers, "/-/api/v1/stories/newest", "");
    assert!(
        read.to_lowercase().contains("set-cookie: ludgate="),
        "{read}"
    );
}

#[test]
fn an_address_that_is_too_long_is_told_from_one_that_cant_be_read() {
    let paper = Paper::new();
    let server = paper.serve();
    let check = |path: &str, said: &str| {
        let (status, response) = get(server.readers, &format!("/-/api/v1/{path}"), "");
        assert_eq!(status, 400, "{response}");
        assert!(response.contains("urn:ludgate:problem:query"), "{response}");
        assert!(response.contains(said), "{said}: {response}");
    };
    let long = format!("search?q={}", "x".repeat(10_240));
    check(&long, "The address is longer than 8 KB.");
    check(
        "stories/x%zz",
        "its address holds what no address here does",
    );
}

#[test]
fn programs_are_told_what_a_sponsored_story_has_to_say_of_itself() {
    let paper = Paper::new();
    for slug in ["paid", "unpaid"] {
        paper.story(slug);
    }
    paper.edit("content/stories/paid.md", |text| {
        let sponsor = "[sponsor]\nname = \"Lido Trust\"\narticle = \"the\"\nnote = \"The newsroom had no part in it.\"";
        text.replacen("tier = \"metered\"\n", &format!("tier = \"metered\"\n\n{sponsor}\n"), 1)
    });
    let server = paper.serve();
    let paid = reads(&server, "stories/paid", "");
    assert_eq!(paid["story"]["sponsor"], "Lido Trust", "{paid}");
    let commission = &paid["story"]["commission"];
    assert_eq!(commission["by"], "the Lido Trust");
    assert_eq!(commission["note"], "The newsroom had no part in it.");
    let unpaid = reads(&server, "stories/unpaid", "");
    assert!(unpaid["story"]["commission"].is_null(), "{unpaid}");
}

#[test]
fn an_app_that_is_written_down_wrong_is_named_with_its_line() {
    let paper = Paper::new();
    for (wrong, said) in [
        (
            "redirects = [\"http://app.example/cb\"]",
            "the reader's own machine only",
        ),
        ("redirects = [\"myapp:/cb\"]", "its domain turned round"),
        ("redirects = []", "1 to 20 addresses"),
    ] {
        let config = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
        let app = format!("\n[[apps]]\nid = \"reader\"\nname = \"Reader\"\n{wrong}\n");
        paper.edit("ludgate.toml", |text| text + &app);
        let (code, told) = crate::program::said(&["check", "--config", &paper.config()]);
        assert_ne!(code, 0, "{wrong}");
        assert!(told.contains(said), "{told}");
        std::fs::write(paper.path("ludgate.toml"), config).expect("a file");
    }
}
