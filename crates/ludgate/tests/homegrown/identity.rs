//! Attacks on what is counted by this site's addresses, beside what is tried of
//! every site: row 9.

use crate::siege::{Attack, get, readers};

pub(crate) fn attacks() -> Vec<Attack> {
    let d = |name, target| get(9, name, target).page("d");
    let mut all = readers();
    all.extend([
        d("noise in the query", "{d}?utm_source=x&fbclid=y&ref=z"),
        d("by its number", "/s/{d#}"),
        d("with a slash behind it", "{d}/"),
        d("doubled slashes", "//stories//d"),
        d("escaped letters", "/%73tories/%64"),
        d("in capitals", "/Stories/D"),
        d("by the query", "/?story=d"),
        d("by its number in the query", "/?id={d#}&x=y"),
        d("with a parameter of a segment", "{d};jsessionid=1"),
        d("to be printed", "/print/d?x=y"),
        d("as a part of a name", "/s/d?x"),
    ]);
    all
}
