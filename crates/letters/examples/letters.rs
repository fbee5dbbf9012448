//! Every letter in every locale as pages, to be looked at:
//! `cargo run -p ludgate-letters --example letters -- FOLDER`. Beside each page
//! is its text.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use ludgate_letters::{Letters, Places, Settings, samples};
use prompts::{Locale, Messages};

const PUBLICATION: &str = "The Ludgate Review";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("name a folder to write to")?;
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let settings = Settings {
        publication: PUBLICATION.to_owned(),
        places: Places::new("https://review.example", "/-/"),
        from: "post@review.example".parse()?,
        reply_to: Some("care@review.example".parse()?),
        imprint: vec![
            "The Ludgate Review Ltd".to_owned(),
            "1 Fleet Street, London EC4M 7RD".to_owned(),
        ],
    };
    let messages = Arc::new(Messages::builtin()?);
    let letters = Letters::load(None, messages, settings)?;
    let locales: Vec<Locale> = letters.locales().to_vec();
    let mut list = String::from("<!doctype html>\n<title>Letters</title>\n");
    for locale in &locales {
        for (index, letter) in samples::all().iter().enumerate() {
            let written = letters.write(letter, Some("Anna"), locale)?;
            let name = format!("{locale}-{index:02}-{}", letter.name());
            std::fs::write(folder.join(format!("{name}.html")), &written.html)?;
            let text = format!("{}\n\n{}", written.subject, written.text);
            std::fs::write(folder.join(format!("{name}.txt")), text)?;
            writeln!(
                list,
                "<p><a href=\"{name}.html\">{name}</a>: {} (<a href=\"{name}.txt\">text</a>)</p>",
                written.subject
            )?;
        }
    }
    std::fs::write(folder.join("index.html"), list)?;
    Ok(())
}
