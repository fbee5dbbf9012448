//! The colours that style sheets set, for what is tinted with them and isn't styled by
//! them: icons, what browsers put around a page, and what apps are told.

use std::collections::BTreeMap;

use pictures::{Tints, is_colour};

/// The most custom properties that are told: the built-in style has some thirty.
const MOST: usize = 200;

/// The condition under which a style sheet sets colours for the dark.
const DARK: &str = "@media (prefers-color-scheme: dark)";

/// The paper's colour where its style says none that browsers know outside of one: that
/// of the built-in style.
const PAPER: &str = "#fbf9f4";

/// The custom properties that a style sheet sets for the whole page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    /// For everybody, by their names without the hyphens. What is set under a condition
    /// isn't among them.
    pub everywhere: BTreeMap<String, String>,
    /// In the dark alone, likewise.
    pub dark: BTreeMap<String, String>,
}

impl Colours {
    /// Those of a style sheet. A later property stands for those before it.
    pub fn of(style: &[u8]) -> Self {
        let text = String::from_utf8_lossy(style);
        let mut colours = Self::default();
        let mut around: Vec<&str> = Vec::new();
        let mut rest: &str = &text;
        while let Some(at) = rest.find(['{', '}', ';']) {
            let (said, after) = rest.split_at(at);
            let (mark, after) = after.split_at(1);
            let said = said.rsplit("*/").next().unwrap_or_default().trim();
            if mark == "{" {
                around.push(said);
            } else {
                colours.set(&around, said);
                if mark == "}" {
                    around.pop();
                }
            }
            rest = after;
        }
        colours
    }

    /// Takes what is said within such blocks, the outermost first, where that is a
    /// property of the whole page, and under no other condition.
    fn set(&mut self, around: &[&str], said: &str) {
        let property = said.strip_prefix("--").and_then(|set| set.split_once(':'));
        let Some((name, value)) = property else {
            return;
        };
        let name = name.trim();
        let under = match around {
            [":root"] => {
                // It weighs as much, and comes later.
                self.dark.remove(name);
                &mut self.everywhere
            }
            [condition, ":root"] if *condition == DARK => &mut self.dark,
            _ => return,
        };
        if under.len() < MOST || under.contains_key(name) {
            let words: Vec<&str> = value.split_whitespace().collect();
            under.insert(name.to_owned(), words.join(" "));
        }
    }

    /// What the paper's emblem is tinted with.
    pub fn tints(&self) -> Tints {
        let colour = |name: &str| self.everywhere.get(name).map(String::as_str);
        Tints::default().with(colour("night"), colour("page"), colour("brass"))
    }

    /// What pages are printed on.
    pub fn paper(&self) -> &str {
        page(&self.everywhere).unwrap_or(PAPER)
    }

    /// What pages are printed on in the dark: the same where nothing else is said.
    pub fn dark_paper(&self) -> &str {
        page(&self.dark).unwrap_or_else(|| self.paper())
    }
}

fn page(colours: &BTreeMap<String, String>) -> Option<&str> {
    let page = colours.get("page").filter(|page| is_colour(page));
    page.map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(colours: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
        colours.iter().map(|(n, v)| (&**n, &**v)).collect()
    }

    #[test]
    fn what_is_set_for_the_whole_page_is_told_and_nothing_else() {
        let colours = Colours::of(
            b"/* a: b; */ :root { --ink: #111; /* c */ --paper:#fff }\n\
              @media (prefers-color-scheme: dark) { :root { --ink: #eee; } .y { --z: 1; } }\n\
              @media print { :root { --ink: black; } }\n\
              .x { --other: red; color: blue; } :root { --paper: ivory; } } ; {",
        );
        assert_eq!(
            told(&colours.everywhere),
            [("ink", "#111"), ("paper", "ivory")]
        );
        assert_eq!(told(&colours.dark), [("ink", "#eee")]);
    }

    #[test]
    fn there_are_only_so_many_and_those_that_are_there_can_still_change() {
        let each: Vec<String> = (0..=MOST)
            .map(|number| format!("--c{number}: 1;"))
            .collect();
        let style = format!(":root {{ {} --c0: 2; }}", each.concat());
        let colours = Colours::of(style.as_bytes());
        assert_eq!(colours.everywhere.len(), MOST);
        assert_eq!(colours.everywhere.get("c0").map(String::as_str), Some("2"));
    }

    #[test]
    fn the_paper_is_the_themes_where_browsers_know_the_colour() {
        let check = |style: &str, paper: &str, dark: &str| {
            let colours = Colours::of(style.as_bytes());
            assert_eq!(
                (colours.paper(), colours.dark_paper()),
                (paper, dark),
                "{style}"
            );
        };
        check("", PAPER, PAPER);
        check(":root { --page: #fff; }", "#fff", "#fff");
        check(":root { --page: var(--other); }", PAPER, PAPER);
        check(":root { --page: ivory; }", PAPER, PAPER);
        let night = "@media (prefers-color-scheme: dark) { :root { --page: #012345 } }";
        check(night, PAPER, "#012345");
        check(&format!(":root{{--page:#abc}} {night}"), "#abc", "#012345");
        check(&format!("{night} :root{{--page:#abc}}"), "#abc", "#abc");
    }
}
