//! Mistakes in a configuration about TLS: each is named where it is written,
//! with what to do.

use crate::program::{Paper, said};
use crate::secure::{FILES, Signer, paper, write};

/// Expects `check` and `serve` to refuse with all of `words`.
#[track_caller]
fn refused(paper: &Paper, words: &[&str]) {
    for command in ["check", "serve"] {
        let (code, text) = said(&[command, "--config", &paper.config()]);
        assert_eq!(code, 2, "{command}: {text}");
        for word in ["ludgate.toml:", "help: "].iter().chain(words) {
            assert!(text.contains(word), "no \"{word}\" in:\n{text}");
        }
    }
}

#[track_caller]
fn refuses(server: &str, tls: &str, words: &[&str]) {
    let paper = paper(server, tls);
    Signer::new().renew(&paper);
    refused(&paper, words);
}

/// What a good order says, less what `without` begins with.
fn acme(without: &str, more: &str) -> String {
    let lines = [
        "directory = \"https://acme.example/directory\"",
        "contact = \"desk@review.example\"",
        "agree = true",
    ];
    let kept = lines
        .iter()
        .filter(|line| without.is_empty() || !line.starts_with(without));
    let kept: Vec<&str> = kept.copied().collect();
    format!("[server.tls.acme]\n{}\n{more}\n", kept.join("\n"))
}

#[test]
fn what_is_wrong_with_a_file_is_told_where_it_is_named() {
    let signer = Signer::new();
    let (chain, key) = signer.sign();
    let (_, others) = signer.sign();
    let locked = key.replace("PRIVATE", "ENCRYPTED PRIVATE");
    let rows = [
        (
            chain.as_str(),
            others.as_str(),
            "key = ",
            "isn't the key of",
        ),
        (&chain, &locked, "key = ", "a passphrase"),
        (&key, &key, "certificate = ", "holds no certificate"),
        (&chain, "", "key = ", "holds no private key"),
    ];
    for (chain, key, line, words) in rows {
        let paper = paper("", FILES);
        write(&paper, chain, key);
        refused(&paper, &[line, words]);
    }
    let missing = paper("", "certificate = \"nowhere.pem\"\nkey = \"site.key\"\n");
    write(&missing, &chain, &key);
    refused(&missing, &["nowhere.pem can't be read", "must be allowed"]);
    let further =
        format!("{FILES}further = [{{ certificate = \"nowhere.pem\", key = \"site.key\" }}]");
    refuses("", &further, &["nowhere.pem can't be read"]);
}

#[test]
fn a_pair_is_whole_and_somebody_gives_a_certificate() {
    refuses(
        "",
        "certificate = \"site.pem\"",
        &["has no key", "privkey.pem"],
    );
    refuses(
        "",
        "key = \"site.key\"",
        &["has no certificate", "fullchain.pem"],
    );
    refuses("", "", &["there is no certificate", "[server.tls.acme]"]);
}

#[test]
fn tls_without_an_address_on_https_is_refused() {
    let paper = paper("", FILES);
    Signer::new().renew(&paper);
    paper.edit("ludgate.toml", |text| text.replace("https://", "http://"));
    refused(&paper, &["begins with http://", "url = \"https://…\""]);
}

#[test]
fn what_only_works_with_something_else_says_so() {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", "[server]\nplain = \"127.0.0.1:0\"")
    });
    refused(&paper, &["plain sends readers to https", "[server.tls]"]);
    refuses("proxy_protocol = true", FILES, &["no proxy is trusted"]);
    let preload = format!("{FILES}hsts_preload = true");
    refuses("", &preload, &["365 days", "hsts_subdomains = true"]);
    let listen = Paper::new();
    listen.edit("ludgate.toml", |text| {
        let line = text.lines().find(|line| line.starts_with("listen "));
        let line = line.expect("a listener").replace("listen", "plain");
        text.replace("[server]", &format!("[server]\n{line}"))
    });
    refused(&listen, &["listen and plain are the same"]);
}

#[test]
fn an_order_that_no_authority_would_take_is_refused() {
    let key = [
        ("agree", "", "terms of service"),
        ("contact", "contact = \"desk\"", "is no e-mail address"),
        (
            "directory",
            "directory = \"http://acme.example\"",
            "begins with https://",
        ),
        ("", "challenge = \"http-01\"", "plain = \"0.0.0.0:80\""),
        (
            "",
            "external = { id = \"a\", file = \"nowhere\" }",
            "nowhere: ",
        ),
        (
            "",
            "external = { id = \"a\", file = \"ludgate.toml\" }",
            "isn't base64",
        ),
        ("", "authorities = \"ludgate.toml\"", "holds no certificate"),
    ];
    for (without, more, words) in key {
        refuses("", &acme(without, more), &[words]);
    }
    for (more, words) in [
        ("names = [\"*.review.example\"]", "stands for many names"),
        ("names = []", "a certificate is for 1 to 100"),
        (
            "challenge = \"dns-01\"",
            "there are \"http-01\" and \"tls-alpn-01\"",
        ),
    ] {
        let paper = paper("", &acme("", more));
        let (code, text) = said(&["check", "--config", &paper.config()]);
        assert!(code == 2 && text.contains(words), "{text}");
    }
}

#[test]
fn what_can_be_started_with_and_should_be_looked_at_is_a_warning() {
    use std::os::unix::fs::PermissionsExt;
    let paper = paper("", FILES);
    Signer::new().renew(&paper);
    let anybody = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(paper.path("site.key"), anybody).expect("a mode");
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert!(code == 0 && text.contains("chmod o-rwx"), "{text}");

    let other = crate::secure::paper("", &acme("", "names = [\"www.review.example\"]"));
    let (code, text) = said(&["check", "--config", &other.config()]);
    let said = "warning: no certificate for review.example";
    assert!(code == 0 && text.contains(said), "{text}");
}
