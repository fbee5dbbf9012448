//! Whether prompts close what they open: one that leaves an element or a comment
//! open would swallow the rest of the page that it is put into.

use anyhow::{Context, Result, bail};
use page::balance::{Unbalanced, unbalanced};
use page::outline::{Outline, outline};
use prompts::{Locale, Prompts, samples};

/// The elements around a prompt and behind it.
const AROUND: &str = "ludgate-around";
const INSIDE: &str = "ludgate-inside";
const AFTER: &str = "ludgate-after";

/// Looks at every prompt in these locales, as readers would get it.
pub(crate) fn check(prompts: &Prompts, locales: &[Locale]) -> Result<()> {
    for view in samples::all() {
        for locale in locales {
            let slot = prompts.render(&view, locale)?;
            if let Some(wrong) = wrong(&slot)? {
                bail!(
                    "the template prompts/{}.html, or one that it extends, {wrong}: the rest of a \
                     page would be a part of it, or look like it. Close what it opens, and \
                     nothing else",
                    view.prompt.as_str()
                );
            }
        }
    }
    Ok(())
}

/// What `slot` does to the page around it, if it does anything.
fn wrong(slot: &str) -> Result<Option<String>> {
    Ok(match unbalanced(slot).context("a prompt can't be read")? {
        Some(Unbalanced::Open(name)) => Some(format!("leaves <{name}> open")),
        Some(Unbalanced::Stray(name)) => Some(format!("closes a <{name}> that it hasn't opened")),
        None if is_closed(slot)? => None,
        None => Some("leaves a comment or a tag open".to_owned()),
    })
}

/// Whether what stands around `slot` in a page is the same as without it.
fn is_closed(slot: &str) -> Result<bool> {
    let page = format!(
        "<!doctype html><body><div id={AROUND}>{slot}<section id={INSIDE}></section></div>\
         <section id={AFTER}></section>"
    );
    let outline = outline(page.as_bytes(), None).context("a prompt can't be read")?;
    let (around, inside) = (place(&outline, AROUND), place(&outline, INSIDE));
    let after = place(&outline, AFTER);
    Ok(match (around, inside, after) {
        (Some(around), Some(inside), Some(after)) => {
            parent(&outline, inside) == Some(around) && parent(&outline, after).is_none()
        }
        _ => false,
    })
}

fn place(outline: &Outline, id: &str) -> Option<usize> {
    let mut elements = outline.elements.iter();
    elements.position(|element| element.id.as_deref() == Some(id))
}

fn parent(outline: &Outline, number: usize) -> Option<usize> {
    outline.elements.get(number)?.parent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_or_closed_too_often_is_seen() {
        for (slot, expected) in [
            ("", None),
            ("<aside><p>Two left.</p></aside>", None),
            ("<aside><p>Two left.<br></aside><!-- so -->", None),
            ("<aside><div><p>Two left.</p></aside>", Some("<div> open")),
            ("<aside><p>Two left.</p>", Some("<aside> open")),
            ("<aside><p>Two</p> <b>left.</aside>", Some("<b> open")),
            ("Two left.</div>", Some("a <div> that it hasn't opened")),
            ("<p>Two left.</p><!-- so", Some("a comment or a tag open")),
            ("<p title=\"Two left.</p>", Some("a comment or a tag open")),
            ("<textarea>Two left.", Some("<textarea> open")),
        ] {
            let said = wrong(slot).expect("it is read");
            let is_so = match (&said, expected) {
                (Some(said), Some(expected)) => said.contains(expected),
                (said, expected) => said.is_none() && expected.is_none(),
            };
            assert!(is_so, "{slot}: {said:?}");
        }
    }
}
