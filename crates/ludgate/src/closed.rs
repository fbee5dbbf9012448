//! Whether prompts close what they open: one that leaves an element or a comment
//! open would swallow the rest of the page that it is put into.

use anyhow::{Context, Result, bail};
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
            if !is_closed(&slot)? {
                bail!(
                    "the template prompts/{}.html, or one that it extends, leaves an element or a \
                     comment open, or closes one that it hasn't opened: the rest of a page would \
                     be a part of it. Close what it opens",
                    view.prompt.as_str()
                );
            }
        }
    }
    Ok(())
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
        for (slot, closed) in [
            ("", true),
            ("<aside><p>Two left.</p></aside>", true),
            ("<aside><p>Two left.<br></aside><!-- so -->", true),
            ("<aside><div><p>Two left.</p></aside>", true),
            ("<aside><p>Two left.</p>", false),
            ("<div>Two left.", false),
            ("Two left.</div>", false),
            ("<p>Two left.</p><!-- so", false),
            ("<p title=\"Two left.</p>", false),
            ("<textarea>Two left.", false),
        ] {
            assert_eq!(is_closed(slot).expect("it is read"), closed, "{slot}");
        }
    }
}
