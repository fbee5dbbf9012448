//! Attacks on what is counted by the addresses of WordPress, beside what is
//! tried of every site: rows 9 and 11.

use crate::siege::{Attack, get, readers};

pub(crate) fn attacks() -> Vec<Attack> {
    let mut all = readers();
    all.extend(addresses());
    all.push(get(11, "a day in the query", "{d}?year=2025&monthnum=03&day=04").page("d"));
    all
}

/// One story under many addresses.
fn addresses() -> Vec<Attack> {
    let d = |name, target| get(9, name, target).page("d");
    vec![
        d("noise in the query", "{d}?utm_source=x&fbclid=y&ref=z"),
        d("by its number", "/?p={d#}"),
        d("without the last slash", "/2025/03/story-d"),
        d("doubled slashes", "//2025//03/story-d/"),
        d("escaped letters", "/2025/03/%73tory-%64/"),
        d("in capitals", "/2025/03/STORY-D/"),
        d("through index.php", "/index.php/2025/03/story-d/"),
        d("by its name", "/?name=story-d"),
        d("by the beginning of its name", "/story-d"),
        d(
            "with a parameter that WordPress doesn't know",
            "{d}?print=1&amp=1&noredirect",
        ),
        get(9, "a page by its number", "/?page_id={about#}").page("about"),
    ]
}
