//! What is committed of the contract is what the routes are.

use std::path::Path;

fn committed(file: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
    let path = docs.join(file);
    let told = std::fs::read_to_string(&path);
    told.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Says how to put it right; writes it where that is asked for.
#[track_caller]
fn check(file: &str, made: &str) {
    if std::env::var_os("LUDGATE_WRITE_REFERENCE").is_some() {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
        std::fs::create_dir_all(docs.join(file).parent().expect("a folder")).expect("made");
        std::fs::write(docs.join(file), made).expect("written");
    }
    assert!(
        committed(file) == made,
        "docs/reference/{file} isn't what the routes are; run \
         LUDGATE_WRITE_REFERENCE=1 cargo test -p ludgate-api contract"
    );
}

#[test]
fn the_description_is_what_the_routes_are() {
    let document = ludgate_api::document();
    let text = serde_json::to_string_pretty(&document).expect("JSON");
    check("api/openapi.json", &(text + "\n"));
}

#[test]
fn the_reference_is_what_the_routes_are() {
    check("api.md", &ludgate_api::reference());
}
