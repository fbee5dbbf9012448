//! A site that is asked over TLS: by whom its certificate has to be signed, and
//! what is said where it isn't.

use crate::program::{Paper, Server};
use crate::secure::{FILES, HOST, Signer, paper, write};

/// A site over TLS, whose certificate is for `localhost`.
fn site(signer: &Signer) -> (Paper, Server) {
    let site = paper("", FILES);
    site.edit("ludgate.toml", |text| text.replace(HOST, "localhost"));
    let (chain, key) = signer.sign_for("localhost", 4000);
    write(&site, &chain, &key);
    let server = site.serve();
    (site, server)
}

/// A gate that asks `servers`.
fn before(servers: &str, more: &str) -> Paper {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        let origin = format!("url = \"{servers}\"\npreset = \"generic\"\n{more}");
        text.replace("content = \"content\"", &origin)
    });
    paper
}

#[test]
fn a_site_over_tls_is_asked_where_its_certificate_is_trusted_and_has_its_name() {
    let signer = Signer::new();
    let (_site, behind) = site(&signer);
    let port = behind.readers.port();
    for (name, authorities, expected) in [
        ("localhost", "authorities = \"root.pem\"", None),
        ("localhost", "", Some("[origin] authorities")),
        (
            "127.0.0.1",
            "authorities = \"root.pem\"",
            Some("not valid for name"),
        ),
        (
            "127.0.0.1",
            "authorities = \"root.pem\"\ncertificate_name = \"localhost\"",
            None,
        ),
        (
            "localhost",
            "authorities = \"root.pem\"\ncertificate_name = \"other.example\"",
            Some("not valid for name"),
        ),
    ] {
        let paper = before(&format!("https://{name}:{port}"), authorities);
        std::fs::write(paper.path("root.pem"), signer.root()).expect("a file");
        let mut gate = paper.serve();
        let (status, page) = gate.get("/stories/one", "");
        match expected {
            None => assert!(status == 200 && page.contains("of one has"), "{page}"),
            Some(why) => {
                assert_eq!(status, 503, "{page}");
                gate.wait_for(why);
            }
        }
    }
}
