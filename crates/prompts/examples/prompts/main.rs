//! Every prompt in every locale on the page of a sample story, and the page of
//! gift links, to be looked at: `cargo run -p ludgate-prompts --example prompts -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use access::Prompt;
use ludgate_prompts::{
    Benefit, Links, Locale, Messages, PromptView, Prompts, Words, samples, script, style,
};

/// A headline and the paragraphs of a story in each locale.
const STORIES: [(&str, &str); 6] = [
    ("en", include_str!("en.txt")),
    ("ja", include_str!("ja.txt")),
    ("de", include_str!("de.txt")),
    ("fr", include_str!("fr.txt")),
    ("pl", include_str!("pl.txt")),
    ("ar", include_str!("ar.txt")),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("name a folder to write to")?;
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("prompts.css"), style())?;
    std::fs::write(folder.join("prompts.js"), script())?;
    std::fs::write(folder.join("page.css"), include_str!("page.css"))?;

    let messages = Arc::new(Messages::builtin()?);
    let prompts = Prompts::load(None, messages, words())?;
    for (tag, story) in STORIES {
        let locale: Locale = tag.parse()?;
        for prompt in Prompt::ALL {
            for (index, view) in samples::of(prompt).iter().enumerate() {
                let slot = prompts.render(view, &locale)?;
                let page = page(&locale, story, view, &slot);
                let name = format!("{tag}-{}-{index}.html", prompt.as_str());
                std::fs::write(folder.join(name), page)?;
            }
        }
        for (index, mut gift) in samples::gift_pages().into_iter().enumerate() {
            "prompts.css".clone_into(&mut gift.style);
            let name = format!("{tag}-gift-page-{index:02}.html");
            std::fs::write(folder.join(name), prompts.gift_page(&gift, &locale)?)?;
        }
    }
    Ok(())
}

fn words() -> Words {
    Words {
        publication: "The Ludgate Review".to_owned(),
        links: Links {
            subscribe: "#subscribe".to_owned(),
            offers: Some("#offers".to_owned()),
            login: Some("#login".to_owned()),
            register: Some("#register".to_owned()),
            account: Some("#account".to_owned()),
        },
        benefits: Benefit::ALL.to_vec(),
    }
}

fn page(locale: &Locale, story: &str, view: &PromptView, slot: &str) -> String {
    let mut lines = story.lines();
    let headline = lines.next().unwrap_or_default();
    let paragraphs: Vec<String> = lines.map(|line| format!("<p>{line}</p>")).collect();
    let notice = matches!(
        view.prompt,
        Prompt::Countdown | Prompt::LastStory | Prompt::PaymentTrouble
    );
    let body = if notice {
        format!("{slot}\n{}", paragraphs.join("\n").repeat(3))
    } else {
        let beginning = &paragraphs[..2.min(paragraphs.len())];
        format!("{}\n{slot}", beginning.join("\n"))
    };
    let dir = locale.direction().as_str();
    format!(
        "<!doctype html>\n<html lang=\"{locale}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{headline}</title>\n<link rel=\"stylesheet\" href=\"page.css\">\n\
         <link rel=\"stylesheet\" href=\"prompts.css\">\n\
         <script src=\"prompts.js\" defer></script>\n</head>\n<body>\n\
         <header class=\"masthead\"><p>The Ludgate Review</p></header>\n<main>\n<article>\n\
         <h1>{headline}</h1>\n<div class=\"story-body\">\n{body}\n</div>\n</article>\n</main>\n\
         <footer class=\"foot\"><p>The Ludgate Review</p></footer>\n</body>\n</html>\n"
    )
}
